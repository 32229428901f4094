// What can be done with a run, and which of it is possible where the run stands. Each is one command; the page
// shows the outcome when Rust says that the run changed.
import type { Problem, Run, StepId } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useAction } from "../shared/useCommand";
import { staysUnlessAsked } from "./actionWords";

export interface RunActions {
  carryOn: () => Promise<void>;
  cancel: () => Promise<void>;
  /** Takes back what the run made; what others may have come to use only in the steps named. */
  undo: (also: readonly StepId[]) => Promise<void>;
  leave: () => Promise<void>;
  sendAgain: (step: StepId) => Promise<void>;
  /** Which of them is under way. */
  busy: { carryOn: boolean; cancel: boolean; undo: boolean; leave: boolean; sendAgain: boolean };
  /** Why the last of them was refused. */
  problem: Problem | undefined;
}

export function useRunActions(run: Run, onDone: () => void): RunActions {
  const client = useClient();
  const carryOn = useAction(() => client.continueRun(run.id).then(() => true));
  const cancel = useAction(() => client.cancelRun(run.id).then(() => true));
  const undo = useAction((also: readonly StepId[]) => client.undoRun(run.id, [...also]).then(() => true));
  const leave = useAction(() => client.leaveRun(run.id).then(() => true));
  const sendAgain = useAction((step: StepId) => client.sendAgain(run.id, step).then(() => true));
  const all = [carryOn, cancel, undo, leave, sendAgain];

  const doing =
    <A extends unknown[]>(action: { run: (...args: A) => Promise<unknown> }) =>
    async (...args: A) => {
      for (const one of all) one.clear();
      await action.run(...args);
      onDone();
    };

  return {
    carryOn: doing(carryOn),
    cancel: doing(cancel),
    undo: doing(undo),
    leave: doing(leave),
    sendAgain: doing(sendAgain),
    busy: {
      carryOn: carryOn.busy,
      cancel: cancel.busy,
      undo: undo.busy,
      leave: leave.busy,
      sendAgain: sendAgain.busy,
    },
    problem: all.find(({ problem }) => problem)?.problem,
  };
}

/** What can be done where a run stands. */
export function possible(run: Run) {
  const { state, cancelling } = run;
  return {
    carryOn: state.state === "stopped",
    carryOnUndoing: state.state === "undoStopped",
    cancel: (state.state === "running" || state.state === "undoing") && !cancelling,
    undo: state.state === "stopped" || state.state === "done" || state.state === "left",
    /** What the undo left in place, since it was not asked for. */
    undoFurther: state.state === "undone" && staysUnlessAsked(run).length > 0,
    leave: state.state === "stopped" || state.state === "undoStopped",
  };
}
