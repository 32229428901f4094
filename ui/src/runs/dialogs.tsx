// What is asked before something that cannot be taken back: undo, leave as it is, send again.
import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import type { Run } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useCommand } from "../shared/useCommand";
import { remains } from "./runWords";
import "./runs.css";

interface DialogProps {
  visible: boolean;
  onDismiss: () => void;
  onConfirm: () => void;
}

function Dialog(props: DialogProps & { header: string; confirm: string; children: ReactNode }) {
  if (!props.visible) return null;
  return (
    <Modal
      visible
      onDismiss={props.onDismiss}
      header={props.header}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={props.onDismiss}>
              Not now
            </Button>
            <Button variant="primary" onClick={props.onConfirm}>
              {props.confirm}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {props.children}
    </Modal>
  );
}

export function UndoDialog({ run, ...dialog }: DialogProps & { run: Run }) {
  const things = remains(run).toReversed();
  return (
    <Dialog {...dialog} header={`Undo the run for ${run.plan.source.name}?`} confirm={undoWords(things.length)}>
      <SpaceBetween size="s">
        {things.length === 0 ? (
          <div>The run has made nothing that is there. It is marked as undone.</div>
        ) : (
          <>
            <div>Removed in this order, and nothing else. ClickPipes that use the endpoint lose their connection.</div>
            <ThingList run={run} reversed />
          </>
        )}
      </SpaceBetween>
    </Dialog>
  );
}

function undoWords(count: number): string {
  if (count === 0) return "Undo";
  return count === 1 ? "Remove 1 resource" : `Remove ${count} resources`;
}

export function LeaveDialog({ run, ...dialog }: DialogProps & { run: Run }) {
  const things = remains(run);
  return (
    <Dialog {...dialog} header={`Leave the run for ${run.plan.source.name} as it is?`} confirm="Leave as it is">
      <SpaceBetween size="s">
        {things.length === 0 ? (
          <div>The run has made nothing, so that nothing remains in AWS.</div>
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
  const billed = new Set((page.data?.sheet.stays ?? []).filter(({ billedHourly }) => billedHourly).map(({ id }) => id));
  return (
    <>
      <ThingList run={run} billed={billed} />
      {page.problem && (
        <StatusIndicator type="warning" wrapText>
          What AWS bills of these by the hour is not known: the run could not be read.
        </StatusIndicator>
      )}
      {!page.data && !page.problem && <StatusIndicator type="loading">Reading what AWS bills by the hour</StatusIndicator>}
    </>
  );
}

function ThingList({ run, reversed, billed }: { run: Run; reversed?: boolean; billed?: ReadonlySet<string> }) {
  const things = reversed ? remains(run).toReversed() : remains(run);
  return (
    <ul className="runs-list">
      {things.map(({ noun, id, notKnown }) => (
        <li key={`${noun} ${id}`}>
          {noun} {notKnown ? "(not known whether it is there)" : <Box variant="code" display="inline">{id}</Box>}{" "}
          {billed?.has(id) && <Badge color="severity-medium">Billed by the hour</Badge>}
        </li>
      ))}
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
