// What the admin has to know about a run right now, above everything else: that it goes on by itself, that it is
// their turn, why it stands still, or that the outcome of a call is not known and what can be done about it.
import Alert, { type AlertProps } from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import type { Problem, ReviewStep, Run, RunStep } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import { belongsTo } from "../shared/runAccount";
import { stepNoun, waitingStep, waitMayBeStopped } from "./actionWords";
import { SendAgainDialog } from "./dialogs";
import { KeptConnectivity } from "./KeptConnectivity";
import { groupChange, stepsOfYours, undoneAll, unknownStep, waitsForYou } from "./runWords";
import type { RunActions } from "./useRunActions";
import { turnNotice } from "./waits/turnWords";

/** Reasons to stand still that are no failure. */
const STANDS_STILL: Partial<Record<Problem["code"], AlertProps.Type>> = { cancelled: "info", interrupted: "warning" };

interface RunNoticeProps {
  run: Run;
  review: readonly ReviewStep[];
  actions: RunActions;
}

export function RunNotice({ run, review, actions }: RunNoticeProps) {
  const { state } = run;
  const { account } = useAccount();
  switch (state.state) {
    case "running":
      if (waitsForYou(run)) return <YourTurn run={run} review={review} />;
      // That wait has a notice of its own, which says the same and more.
      if (!run.cancelling && waitingStep(run)?.action.action === "updateMskConnectivity") return null;
      return (
        <Alert type="info">
          {run.cancelling && (waitMayBeStopped(run) ? "The run stops in a moment. " : "The run stops when the step under way is done. ")}
          You may close the window at any time:
          each step is in the journal, and the run can be continued or undone at the next start.
        </Alert>
      );
    case "undoing":
      return (
        <Alert type="info">
          {run.cancelling ? "It stops in a moment, and can be continued later. " : ""}
          {groupChange(run)
            ? "The previous security groups are being set again."
            : "What this run made is being removed, last thing first. You may close the window at any time and continue later."}
        </Alert>
      );
    case "stopped": {
      const unknown = unknownStep(run);
      return unknown ? (
        <UnknownNotice run={run} step={unknown} actions={actions} />
      ) : (
        <ProblemAlert problem={state.problem} type={STANDS_STILL[state.problem.code] ?? "error"}>
          <div>The run stands still. What it has made so far is listed below.</div>
        </ProblemAlert>
      );
    }
    case "undoStopped":
      return (
        <ProblemAlert problem={state.problem} type={STANDS_STILL[state.problem.code] ?? "error"}>
          {state.problem.code in STANDS_STILL
            ? "Removing stands still. What is not undone yet is listed below."
            : "Removing stands still. Continue it when this is put right."}
        </ProblemAlert>
      );
    case "left":
      return (
        <Alert type="info" header="Left as it is">
          {groupChange(run)
            ? "The gateway keeps the security groups that it has now."
            : "What this run made remains in AWS and ClickHouse until it is removed."}
        </Alert>
      );
    case "undone":
      return (
        <Alert type="info" header="Undone">
          {groupChange(run) ? (
            "The gateway has the security groups that it had before."
          ) : (
            <SpaceBetween size="xs">
              <div>{undoneAll(run)}</div>
              <KeptConnectivity run={run} here={belongsTo(run, account)} />
            </SpaceBetween>
          )}
        </Alert>
      );
    case "done":
      return null;
  }
}

/** What the step that waits for the admin asks of them. */
function YourTurn({ run, review }: { run: Run; review: readonly ReviewStep[] }) {
  const waiting = stepsOfYours(run)[0];
  if (!waiting || waiting.step.state.state !== "waiting") return null;
  const { step, action } = waiting;
  const title = review.find(({ id }) => id === step.id)?.title ?? stepNoun(run, step);
  const { header, text } = turnNotice(action, title, waiting.step.state.seen);
  return (
    <Alert type="warning" header={header}>
      {text}
    </Alert>
  );
}

function UnknownNotice({ run, step, actions }: { run: Run; step: RunStep; actions: RunActions }) {
  const [asking, setAsking] = useState(false);
  const { account } = useAccount();
  const noun = stepNoun(run, step);
  if (step.state.state !== "notKnown") return null;
  return (
    <>
      <ProblemAlert
        problem={step.state.problem}
        type="warning"
        action={
          belongsTo(run, account) && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="primary" onClick={() => void actions.carryOn()} loading={actions.busy.carryOn}>
                Look again
              </Button>
              <Button onClick={() => setAsking(true)} loading={actions.busy.sendAgain}>
                Send again
              </Button>
            </SpaceBetween>
          )
        }
      >
        <div>{`${noun}: looking again is safe. Sending again may create a second one.`}</div>
      </ProblemAlert>
      <SendAgainDialog
        noun={noun}
        visible={asking}
        onDismiss={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void actions.sendAgain(step.id);
        }}
      />
    </>
  );
}
