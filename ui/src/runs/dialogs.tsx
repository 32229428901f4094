// What is asked before something that cannot be taken back: leave as it is, send again.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import type { Billed, Run } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { BilledBadge } from "../shared/BilledBadge";
import { Dialog, type DialogProps } from "../shared/Dialog";
import { useCommand } from "../shared/useCommand";
import { groupChange, remains, runTitle } from "./runWords";
import "./runs.css";

export function LeaveDialog({ run, ...dialog }: DialogProps & { run: Run }) {
  const things = remains(run);
  return (
    <Dialog {...dialog} header={`Leave as it is: ${runTitle(run)}?`} confirm="Leave as it is">
      <SpaceBetween size="s">
        {groupChange(run) ? (
          <div>The run ends here. The gateway keeps the security groups that it has now.</div>
        ) : things.length === 0 ? (
          <div>Nothing that this run made is known to be in AWS.</div>
        ) : (
          <>
            <div>The run ends here. This remains until somebody removes it:</div>
            <BilledList run={run} />
          </>
        )}
      </SpaceBetween>
    </Dialog>
  );
}

/** The things with what AWS bills, which the run's own page knows. */
function BilledList({ run }: { run: Run }) {
  const client = useClient();
  const page = useCommand(() => client.runPage(run.id), [client, run.id]);
  const billed = new Map((page.data?.sheet.stays ?? []).map((each) => [each.id, each.billed]));
  return (
    <>
      <ThingList run={run} billed={billed} />
      {page.problem && (
        <StatusIndicator type="warning" wrapText>
          What AWS bills of these is not known: the run could not be read.
        </StatusIndicator>
      )}
      {!page.data && !page.problem && <StatusIndicator type="loading">Reading what AWS bills</StatusIndicator>}
    </>
  );
}

function ThingList({ run, billed }: { run: Run; billed: ReadonlyMap<string, Billed | null> }) {
  return (
    <ul className="runs-list">
      {remains(run).map(({ noun, id, notKnown }) => {
        const by = billed.get(id);
        return (
          <li key={`${noun} ${id}`}>
            {noun} {notKnown ? "(not known whether it is there)" : <Box variant="code" display="inline">{id}</Box>}{" "}
            {by && <BilledBadge billed={by} />}
          </li>
        );
      })}
    </ul>
  );
}

export function SendAgainDialog({ noun, ...dialog }: DialogProps & { noun: string }) {
  return (
    <Dialog {...dialog} header="Send the call again?" confirm="Send again">
      <SpaceBetween size="s">
        <Alert type="warning" header={`This may create a second ${noun.toLowerCase()}`}>
          The first call may have taken effect although nothing was found. Look in the ClickHouse console first. If you
          send again and both exist, one of them has to be removed by hand.
        </Alert>
      </SpaceBetween>
    </Dialog>
  );
}
