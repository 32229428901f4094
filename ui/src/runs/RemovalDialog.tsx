// Before anything that a run made is deleted: what would break, what is deleted in which order by which call, and what
// could not be read. What to list is Rust's reading of the run; nothing is deleted before it has been shown.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";

import { accountName } from "../accounts/accountWords";
import type { Breakage, Problem, Removal, RemovalItem, Run } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useServiceName } from "../shared/BoardContext";
import { ProblemAlert, ProblemLine } from "../shared/ProblemAlert";
import { useCommand } from "../shared/useCommand";
import { Dialog } from "./dialogs";
import { groupChange, runTitle, usedNoun } from "./runWords";
import "./runs.css";

/** What is typed where something breaks: the word for what is done. */
function wordFor(run: Run): string {
  return groupChange(run) ? "confirm" : "delete";
}

interface RemovalDialogProps {
  run: Run;
  onDismiss: () => void;
  onConfirm: () => void;
}

export function RemovalDialog({ run, onDismiss, onConfirm }: RemovalDialogProps) {
  const client = useClient();
  const removal = useCommand(() => client.removal(run.id), [client, run.id]);
  const [typed, setTyped] = useState("");
  const [ticked, setTicked] = useState(false);
  const { data, problem } = removal;
  const asks = data && asked(data);
  const word = wordFor(run);
  const notYet = !data
    ? "What would be deleted is not read yet."
    : asks === "word" && typed.trim().toLowerCase() !== word
      ? `Type ${word} first.`
      : asks === "tick" && !ticked
        ? "Tick that more may break first."
        : undefined;
  return (
    <Dialog
      visible
      size="large"
      header={`${groupChange(run) ? "Set the previous groups again" : "Delete what was made"}: ${runTitle(run)}?`}
      confirm={confirmWords(run, data)}
      notYet={notYet}
      onDismiss={onDismiss}
      onConfirm={onConfirm}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (notYet === undefined) onConfirm();
        }}
      >
        <SpaceBetween size="m">
          <div>
            In account <b>{run.identity.accountId}</b> ({accountName(run.account)}), {run.identity.region}.
          </div>
          {problem && <ProblemAlert problem={problem} onRetry={removal.reload} retrying={removal.loading} />}
          {!data && !problem && <StatusIndicator type="loading">Reading what would break</StatusIndicator>}
          {data && (
            <SpaceBetween size="m">
              {data.breaks.length > 0 && <Breaks breaks={data.breaks} />}
              <Items run={run} items={data.items} />
              {data.unread.length > 0 && <Unread unread={data.unread} />}
            </SpaceBetween>
          )}
          {asks === "tick" && (
            <Checkbox checked={ticked} onChange={({ detail }) => setTicked(detail.checked)}>
              I know that something may break which could not be read
            </Checkbox>
          )}
          {asks === "word" && (
            <FormField label={`To confirm, type "${word}"`}>
              <Input
                value={typed}
                placeholder={word}
                autoComplete={false}
                spellcheck={false}
                onChange={({ detail }) => setTyped(detail.value)}
              />
            </FormField>
          )}
        </SpaceBetween>
      </form>
    </Dialog>
  );
}

/** What has to be done before it can be confirmed: the word where something breaks, a tick where that is not known. */
function asked({ breaks, unread }: Removal): "word" | "tick" | null {
  if (breaks.length > 0) return "word";
  return unread.length > 0 ? "tick" : null;
}

function confirmWords(run: Run, removal: Removal | undefined): string {
  if (groupChange(run)) return "Set the previous groups";
  const count = removal?.items.length ?? 0;
  if (count === 0) return "Undo";
  return count === 1 ? "Delete 1 resource" : `Delete ${count} resources`;
}

function Breaks({ breaks }: { breaks: readonly Breakage[] }) {
  return (
    <Alert type="warning" header={breaks.length === 1 ? "This breaks" : `These ${breaks.length} break`}>
      <ul className="runs-list" aria-label="What breaks">
        {breaks.map(({ what, name, because, inferred }) => (
          <li key={`${what} ${name}`}>
            {what} <b>{name}</b>: {because} {inferred && <i>Inferred, not said by the API.</i>}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Items({ run, items }: { run: Run; items: readonly RemovalItem[] }) {
  if (items.length === 0) return <div>The run has made nothing that is there. It is marked as undone.</div>;
  return (
    <div>
      <div>{groupChange(run) ? "This call is made:" : "Deleted in this order, and nothing else:"}</div>
      <ol className="runs-list" aria-label="What is deleted">
        {items.map(({ step, what, id, call }) => (
          <li key={step}>
            {what}{" "}
            {id === null ? (
              "(not known to be there: Pipelink looks for it first, and deletes what it finds)"
            ) : (
              <Box variant="code" display="inline">
                {id}
              </Box>
            )}
            <Box variant="small" display="block" color="text-body-secondary">
              {call}
            </Box>
          </li>
        ))}
      </ol>
      {run.plan.uses.map((used) => (
        <Box key={used.id} variant="small" display="block" color="text-body-secondary">
          {groupChange(run) ? "The gateway itself stays" : "Not touched, since it was there before"}: {usedNoun(used)} {used.name} (
          {used.id})
        </Box>
      ))}
    </div>
  );
}

function Unread({ unread }: { unread: readonly Problem[] }) {
  const serviceName = useServiceName();
  const of = (problem: Problem) => (problem.code === "serviceIdle" ? serviceName(problem.serviceId) : undefined);
  return (
    <Alert type="warning" header="Not everything could be read: more may break">
      <ul className="runs-list" aria-label="What could not be read">
        {unread.map((problem) => {
          const service = of(problem);
          return (
            <li key={JSON.stringify(problem)}>
              {service && <b>{service}: </b>}
              <ProblemLine problem={problem} />
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}
