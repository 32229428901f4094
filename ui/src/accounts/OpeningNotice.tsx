// Says that an account is being opened, or why it could not be.
import Alert from "@cloudscape-design/components/alert";
import LiveRegion from "@cloudscape-design/components/live-region";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { navigate } from "../frame/routes";
import type { AccountRef } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useAccount } from "./AccountContext";

export function OpeningNotice() {
  const { opening, refused, open } = useAccount();
  if (!opening && !refused) return null;
  return (
    <LiveRegion>
      {opening && (
        <StatusIndicator type="loading">Opening {spoken(opening)}</StatusIndicator>
      )}
      {!opening && refused && (
        <ProblemAlert
          problem={refused.problem}
          onRetry={() =>
            void open(refused.account).then((opened) => (opened ? navigate({ page: "endpoints" }) : undefined))
          }
        >
          {capital(spoken(refused.account))} could not be opened.
        </ProblemAlert>
      )}
    </LiveRegion>
  );
}

function spoken(account: AccountRef): string {
  return account.kind === "sandbox" ? "the sandbox" : `profile ${account.name} in ${account.region}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Says why the AWS files could not be read, where that is so. */
export function FilesNotice() {
  const { picker } = useAccount();
  if (picker.problem) return <ProblemAlert problem={picker.problem} onRetry={picker.reload} />;
  const unreadable = picker.data?.problem;
  if (unreadable) return <ProblemAlert problem={unreadable} type="warning" onRetry={picker.reload} />;
  if (picker.data?.profiles.length === 0) {
    return (
      <Alert type="info" header="No AWS profiles on this computer">
        Pipelink uses the profiles of the AWS command line. Make one with <code>aws configure sso</code>, then list the
        profiles again.
      </Alert>
    );
  }
  return null;
}
