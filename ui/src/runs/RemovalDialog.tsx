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
import type { Breakage, Problem, Removal, RemovalItem, Run, StepId } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useServiceName } from "../shared/BoardContext";
import { Dialog } from "../shared/Dialog";
import { ProblemAlert, ProblemLine } from "../shared/ProblemAlert";
import { useCommand } from "../shared/useCommand";
import { makesResource, staysUnlessAsked, usedId, usedName, usedNoun } from "./actionWords";
import { groupChange, runTitle } from "./runWords";
import "./runs.css";

const LEFT_ON =
  "Others may use it. Left on, AWS goes on billing it for each hour, and it can be turned off later, on this page or in the MSK console.";

/** What is typed where something breaks: the word for what is done. */
function wordFor(run: Run): string {
  if (isUndone(run)) return "turn off";
  return groupChange(run) ? "confirm" : "delete";
}

interface RemovalDialogProps {
  run: Run;
  onDismiss: () => void;
  /** The steps to take back besides: what others may have come to use. */
  onConfirm: (also: readonly StepId[]) => void;
}

export function RemovalDialog({ run, onDismiss, onConfirm }: RemovalDialogProps) {
  const client = useClient();
  const removal = useCommand(() => client.removal(run.id), [client, run.id]);
  const [typed, setTyped] = useState("");
  const [ticked, setTicked] = useState(false);
  // What was asked for before is asked for again. Of a run that is undone, nothing else is left to ask for.
  const settled = staysUnlessAsked(run).flatMap(({ step, asked }) => (asked || isUndone(run) ? [step.id] : []));
  const [also, setAlso] = useState<readonly StepId[]>(settled);
  const { data, problem } = removal;
  const items = data?.items.filter(({ step, onlyIfAsked }) => !onlyIfAsked || also.includes(step)) ?? [];
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
      header={`${headerWords(run)}: ${runTitle(run)}?`}
      confirm={confirmWords(run, items)}
      notYet={notYet}
      onDismiss={onDismiss}
      onConfirm={() => onConfirm(also)}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (notYet === undefined) onConfirm(also);
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
              <Items run={run} items={items} />
              {data.unread.length > 0 && <Unread unread={data.unread} />}
            </SpaceBetween>
          )}
          {data?.items.map(({ step, onlyIfAsked }) => {
            if (!onlyIfAsked) return null;
            return isUndone(run) ? (
              <CutOff key={step} />
            ) : (
              <TurnOffToo
                key={step}
                ticked={also.includes(step)}
                settled={settled.includes(step)}
                onTick={(on) => setAlso(on ? [...also, step] : also.filter((id) => id !== step))}
              />
            );
          })}
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

/** Then all that is left to do is what its undo left in place. */
const isUndone = (run: Run) => run.state.state === "undone";

function headerWords(run: Run): string {
  if (isUndone(run)) return "Turn off multi-VPC connectivity";
  return groupChange(run) ? "Set the previous groups again" : "Delete what was made";
}

interface TurnOffTooProps {
  ticked: boolean;
  /** It is asked for, and that is not taken back. */
  settled: boolean;
  onTick: (on: boolean) => void;
}

/** Multi-VPC connectivity stays on unless it is ticked: others may have come to use it. */
function TurnOffToo({ ticked, settled, onTick }: TurnOffTooProps) {
  return (
    <SpaceBetween size="xs">
      <Checkbox
        checked={ticked}
        disabled={settled}
        onChange={({ detail }) => onTick(detail.checked)}
        description={settled ? "Asked for, and kept with the run." : LEFT_ON}
      >
        Also turn off multi-VPC connectivity
      </Checkbox>
      {ticked && <CutOff />}
    </SpaceBetween>
  );
}

function CutOff() {
  return (
    <Alert type="warning" header="Everybody who connects to the cluster from another VPC is cut off">
      As far as they use the authentication that this run switched on, and also if they have nothing to do with ClickPipes.
      AWS changes the whole cluster for it, which can take hours.
    </Alert>
  );
}

/** What has to be done before it can be confirmed: the word where something breaks, a tick where that is not known. */
function asked({ breaks, unread }: Removal): "word" | "tick" | null {
  if (breaks.length > 0) return "word";
  return unread.length > 0 ? "tick" : null;
}

function confirmWords(run: Run, items: readonly RemovalItem[]): string {
  if (isUndone(run)) return "Turn it off";
  if (groupChange(run)) return "Set the previous groups";
  const count = items.length;
  if (count === 0) return "Undo";
  if (!onlyResources(run, items)) return count === 1 ? "Undo 1 step" : `Undo ${count} steps`;
  return count === 1 ? "Delete 1 resource" : `Delete ${count} resources`;
}

/** Whether nothing but resources is deleted: no entry or setting of what was there is taken back. */
function onlyResources(run: Run, items: readonly RemovalItem[]): boolean {
  return items.every(({ step }) => makesResource(run, step));
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
      <div>
        {groupChange(run)
          ? "This call is made:"
          : onlyResources(run, items)
            ? "Deleted in this order, and nothing else:"
            : "Undone in this order, and nothing else:"}
      </div>
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
        <Box key={usedId(used)} variant="small" display="block" color="text-body-secondary">
          {groupChange(run) ? "The gateway itself stays" : "Not touched, since it was there before"}: {usedNoun(used)} {usedName(used)} (
          {usedId(used)})
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
