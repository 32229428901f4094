// The side navigation: only pages that exist, with what waits on them.
import Badge from "@cloudscape-design/components/badge";
import SideNavigation from "@cloudscape-design/components/side-navigation";

import type { Run } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useCommand } from "../shared/useCommand";
import { hrefOf, type Route } from "./routes";

export function SideNav({ route }: { route: Route }) {
  const client = useClient();
  const runs = useCommand(() => client.runs(), [client], { refetchOn: ["runs"] });
  const board = useCommand(() => client.board(), [client], { refetchOn: ["board"] });
  const unfinished = runs.data?.filter(isUnfinished).length ?? 0;
  const yourTurn = board.data?.rows.filter((row) => row.turn === "you").length ?? 0;
  return (
    <SideNavigation
      activeHref={hrefOf(activeRoute(route))}
      items={[
        {
          type: "link",
          text: "Endpoints",
          href: hrefOf({ page: "endpoints" }),
          info: yourTurn > 0 ? <Badge color="severity-medium">{yourTurn} to act on</Badge> : undefined,
        },
        { type: "link", text: "Set up a connection", href: hrefOf({ page: "setup" }) },
        {
          type: "link",
          text: "Runs",
          href: hrefOf({ page: "runs" }),
          info: unfinished > 0 ? <Badge color="blue">{unfinished} unfinished</Badge> : undefined,
        },
        { type: "divider" },
        { type: "link", text: "Settings", href: hrefOf({ page: "settings" }) },
      ]}
    />
  );
}

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
