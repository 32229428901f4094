// The side navigation: only pages that exist, with what waits on them.
import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";
import SideNavigation from "@cloudscape-design/components/side-navigation";

import { useAccount } from "../accounts/AccountContext";
import type { Run } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useLastBoard } from "../shared/BoardContext";
import { needsYou } from "../shared/needsYou";
import { belongsTo } from "../shared/runAccount";
import { useCommand } from "../shared/useCommand";
import { hrefOf, type Route } from "./routes";

export function SideNav({ route }: { route: Route }) {
  const client = useClient();
  const runs = useCommand(() => client.runs(), [client], { refetchOn: ["runs"] });
  const board = useLastBoard();
  const { account } = useAccount();
  const unfinished = runs.data?.filter((run) => isUnfinished(run) && belongsTo(run, account)).length;
  const toActOn = board.data && needsYou(board.data);
  const sandbox = account?.account.kind === "sandbox";
  return (
    <SideNavigation
      activeHref={hrefOf(activeRoute(route))}
      items={[
        {
          type: "link",
          text: "Endpoints",
          href: hrefOf({ page: "endpoints" }),
          info: <Waiting count={toActOn} words="to act on" color="severity-medium" failed={board.problem !== undefined} />,
        },
        { type: "link", text: "Set up a connection", href: hrefOf({ page: "setup" }) },
        {
          type: "link",
          text: "Runs",
          href: hrefOf({ page: "runs" }),
          info: <Waiting count={unfinished} words="unfinished" color="blue" failed={runs.problem !== undefined} />,
        },
        { type: "divider" },
        ...(sandbox ? [{ type: "link" as const, text: "Sandbox", href: hrefOf({ page: "sandbox" }) }] : []),
        { type: "link", text: "Settings", href: hrefOf({ page: "settings" }) },
      ]}
    />
  );
}

interface WaitingProps {
  /** How many; nothing while that was never read. */
  count: number | undefined;
  words: string;
  color: BadgeProps["color"];
  /** The last reading failed. */
  failed: boolean;
}

/** What waits on a page. Where it cannot be read that is said: no badge means that nothing waits. */
function Waiting({ count, words, color, failed }: WaitingProps) {
  if (failed) return <Badge color="grey">could not be read</Badge>;
  if (count === undefined || count === 0) return null;
  // Of many the number alone: its words would lie under the button that folds the navigation.
  if (count > MANY) {
    return (
      <Badge color={color}>
        {count} <span className="pipelink-only-read">{words}</span>
      </Badge>
    );
  }
  return (
    <Badge color={color}>
      {count} {words}
    </Badge>
  );
}

const MANY = 99;

/** A detail page lights up the list it belongs to. */
function activeRoute(route: Route): Route {
  if (route.page === "endpoint") return { page: "endpoints" };
  return route.page === "run" ? { page: "runs" } : route;
}

/** Whether a run still wants something: it is under way, or stands still until the admin decides. */
export function isUnfinished(run: Run): boolean {
  switch (run.state.state) {
    case "running":
    case "stopped":
    case "undoing":
    case "undoStopped":
      return true;
    case "done":
    case "undone":
    case "left":
      return false;
  }
}
