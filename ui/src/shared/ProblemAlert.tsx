// A problem as the page shows it: what happened, why, what to do, a button that does it, and the raw answer
// folded. All words come from Rust; nothing here looks at the text of an answer. It can stand inside a form: none of
// its buttons submits that.
import Alert, { type AlertProps } from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { Explanation, Problem, RemedyButton } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useAccount } from "../accounts/AccountContext";
import { navigate } from "../frame/routes";
import { CopyValue } from "./CopyValue";
import { useAction, useCommand } from "./useCommand";

export interface ProblemAlertProps {
  problem: Problem;
  /** Reads or tries again; without it no such button is shown. */
  onRetry?: () => void;
  retrying?: boolean;
  type?: AlertProps.Type;
  /** Further words of the page, above why and what to do. */
  children?: ReactNode;
  /** Further buttons of the page. */
  action?: ReactNode;
}

export function ProblemAlert({ problem, onRetry, retrying, type = "error", children, action }: ProblemAlertProps) {
  const words = useExplanation(problem);
  return (
    <Alert
      type={type}
      header={heading(words?.headline ?? "Something did not work.")}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {words?.remedy.button && words.remedy.button !== "retry" && (
            <RemedyAction button={words.remedy.button} problem={problem} onRetry={onRetry} />
          )}
          {onRetry && (
            <Button formAction="none" onClick={onRetry} loading={retrying}>
              Try again
            </Button>
          )}
          {action}
        </SpaceBetween>
      }
    >
      <SpaceBetween size="xs">
        {children && <div>{children}</div>}
        {words && (
          <div>
            <div>{words.why}</div>
            <div>{words.remedy.text}</div>
            {words.remedy.command && (
              <Box variant="code">
                <CopyValue value={words.remedy.command} what="command" />
              </Box>
            )}
          </div>
        )}
        {words?.raw && (
          <ExpandableSection headerText="Raw answer">
            <Box variant="code">
              <span className="pipelink-copy-value">{words.raw}</span>
            </Box>
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Alert>
  );
}

/** A sentence as a heading: without its full stop. */
function heading(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** The words of a problem, once Rust has given them. */
export function useExplanation(problem: Problem): Explanation | undefined {
  const client = useClient();
  const read = useCommand(() => client.explain(problem), [client, JSON.stringify(problem)]);
  return read.data;
}

export interface RemedyActionProps {
  button: RemedyButton;
  /** The problem it belongs to, where there is one. */
  problem?: Problem;
  /** The service to wake, where the problem does not name it. */
  serviceId?: string;
  /** Its organization, where it is not the one of the account in use. */
  organizationId?: string;
  onRetry?: () => void;
  retrying?: boolean;
}

/** The button that does what a remedy says. Also for the remedy of a check. */
export function RemedyAction({ button, problem, serviceId, organizationId, onRetry, retrying }: RemedyActionProps) {
  switch (button) {
    case "retry":
      return onRetry ? (
        <Button formAction="none" onClick={onRetry} loading={retrying}>
          Try again
        </Button>
      ) : null;
    case "chooseAccount":
      return <Button formAction="none" onClick={() => navigate({ page: "accounts" })}>Choose an account</Button>;
    case "openSettings":
      return <Button formAction="none" onClick={() => navigate({ page: "settings" })}>Open settings</Button>;
    case "openRuns":
      return <Button formAction="none" onClick={() => navigate({ page: "runs" })}>Open runs</Button>;
    case "wakeService": {
      const id = serviceId ?? (problem?.code === "serviceIdle" ? problem.serviceId : undefined);
      return id ? <WakeButton serviceId={id} organizationId={organizationId} onWoken={onRetry} /> : null;
    }
  }
}

/** Wakes an idle service; its label says that this costs money, since it is never done unasked. */
function WakeButton(props: { serviceId: string; organizationId?: string; onWoken?: () => void }) {
  const { serviceId, onWoken } = props;
  const client = useClient();
  const { account } = useAccount();
  const organizationId = props.organizationId ?? account?.organization?.id;
  const wake = useAction(async () => {
    if (organizationId) await client.wakeService(organizationId, serviceId);
    return true;
  });
  if (!organizationId) return null;
  return (
    <SpaceBetween size="xs">
      <Button
        formAction="none"
        loading={wake.busy}
        onClick={() => void wake.run().then((woken) => (woken ? onWoken?.() : undefined))}
      >
        Wake the service (billed by ClickHouse)
      </Button>
      {wake.problem && <ProblemLine problem={wake.problem} />}
    </SpaceBetween>
  );
}

/** A problem in one line, for a place inside a table or card: headline, what to do, and the command for it. */
export function ProblemLine({ problem }: { problem: Problem }) {
  const words = useExplanation(problem);
  return (
    <span>
      {words?.headline ?? "Something did not work."} {words?.remedy.text}{" "}
      {words?.remedy.command && <CopyValue value={words.remedy.command} what="command" />}
    </span>
  );
}
