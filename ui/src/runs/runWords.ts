// Runs and their steps in words and icons: the one place that says how a state is shown.
import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import type { Action, Run, RunState, RunStep, StepState } from "../ipc/bindings";
import { actionOf, isSetting, leavesNothing, named, stepNoun, waitMayBeStopped } from "./actionWords";

export interface Shown {
  type: StatusIndicatorProps.Type;
  words: string;
}

/** Where a run stands. */
export function runShown(run: Run): Shown {
  const state: RunState = run.state;
  switch (state.state) {
    case "running":
      if (run.cancelling) {
        return { type: "in-progress", words: waitMayBeStopped(run) ? "Stopping" : "Stopping after this step" };
      }
      return waitsForYou(run)
        ? { type: "warning", words: "Running, your turn" }
        : { type: "in-progress", words: "Running" };
    case "stopped":
      return hasUnknown(run)
        ? { type: "warning", words: "Stopped, not known" }
        : { type: "warning", words: "Stopped" };
    case "done":
      return { type: "success", words: "Done" };
    case "undoing":
      return { type: "in-progress", words: run.cancelling ? "Stopping" : "Being undone" };
    case "undoStopped":
      return { type: "warning", words: "Undo stopped" };
    case "undone":
      return { type: "stopped", words: "Undone" };
    case "left":
      return { type: "stopped", words: "Left as it is" };
  }
}

/** Where a step stands. */
export function stepShown(run: Run, step: RunStep): Shown {
  const state: StepState = step.state;
  switch (state.state) {
    case "pending":
      return { type: "not-started", words: "Not begun" };
    case "sent":
      return { type: "in-progress", words: "Call sent, waiting for the answer" };
    case "waiting":
      return waitingShown(state);
    case "done":
      return { type: "success", words: step.adopted ? "Done, found by the run's ID" : "Done" };
    case "failed":
      return { type: "error", words: "Failed" };
    case "notKnown":
      return { type: "warning", words: "Not known whether it took effect" };
    case "undoing":
      return { type: "in-progress", words: undoingWords(run, step) };
    case "undone":
      return { type: "stopped", words: undoneWords(run, step) };
    case "kept":
      return { type: "info", words: "Left in place" };
  }
}

function undoingWords(run: Run, step: RunStep): string {
  if (groupChange(run)) return "The previous groups are being set again";
  const action = actionOf(run, step);
  return action && isSetting(action) ? "Being set back" : "Being removed";
}

function undoneWords(run: Run, step: RunStep): string {
  if (groupChange(run)) return "The previous groups are set";
  const action = actionOf(run, step);
  const change = action !== undefined && isSetting(action);
  if (named(run, step).length === 0) return change ? "Nothing was changed" : "Nothing was made";
  if (leavesNothing(run, step)) return "Nothing to take back";
  return change ? "Set back as it was" : "Removed";
}

function waitingShown({ seen, turn }: Extract<StepState, { state: "waiting" }>): Shown {
  // Nothing is seen before the first look.
  const last = seen === "" ? "" : ` (${seen})`;
  switch (turn) {
    case "you":
      return { type: "warning", words: `Waiting for you${last}` };
    case "aws":
      return { type: "in-progress", words: `Waiting for AWS${last}` };
    case "clickHouse":
      return { type: "in-progress", words: `Waiting for ClickHouse${last}` };
    case "nobody":
    case "notKnown":
      return { type: "in-progress", words: `Waiting${last}` };
  }
}

/** Whether the run goes on by itself now. */
export function isMoving({ state }: Run): boolean {
  return state.state === "running" || state.state === "undoing";
}

/** Whether the run still wants something from somebody. */
export function isUnfinished({ state }: Run): boolean {
  return state.state !== "done" && state.state !== "undone" && state.state !== "left";
}

/** The steps that wait for the admin, with their actions. */
export function stepsOfYours(run: Run): { step: RunStep; action: Action }[] {
  return run.steps.flatMap((step) => {
    const action = actionOf(run, step);
    return step.state.state === "waiting" && step.state.turn === "you" && action ? [{ step, action }] : [];
  });
}

/** Whether a step waits for the admin. */
export function waitsForYou(run: Run): boolean {
  return stepsOfYours(run).length > 0;
}

/** The step whose outcome is not known, if there is one. */
export function unknownStep(run: Run): RunStep | undefined {
  return run.steps.find(({ state }) => state.state === "notKnown");
}

function hasUnknown(run: Run): boolean {
  return unknownStep(run) !== undefined;
}

/** The change of a gateway's security groups, where that is all that a run does: it makes nothing. */
export function groupChange(run: Run): Extract<Action, { action: "updateGatewaySecurityGroups" }> | undefined {
  const [only, ...more] = run.plan.steps;
  return more.length === 0 && only?.action.action === "updateGatewaySecurityGroups" ? only.action : undefined;
}

/** A run's name on its own page. */
export function runTitle(run: Run): string {
  const { name } = run.plan.source;
  return groupChange(run) ? `Security groups of the gateway for ${name}` : `Connection to ${name}`;
}

/** A run's name in a list of runs. */
export function runName(run: Run): string {
  const { name } = run.plan.source;
  return groupChange(run) ? `${name}, security groups` : name;
}

/** Whether there is a gateway that the run made, changed or builds upon. */
export function hasGateway(run: Run): boolean {
  return (
    groupChange(run) !== undefined ||
    run.plan.uses.some(({ what }) => what === "resourceGateway") ||
    run.steps.some(({ state, outputs }) => state.state !== "undone" && outputs.gatewayId !== undefined)
  );
}

/** What is said of a run that is undone, with what the undo left in place since it was not asked to take it back. */
export function undoneAll(run: Run): string {
  const { removed, setBack, left } = takenBack(run);
  const gone = removed.length + setBack.length > 0;
  if (left.length === 0) return gone ? "Everything this run made is removed." : "This run had made nothing.";
  const stays = `Left in place, since others may use it: ${counted(left).join(", ")}.`;
  return gone ? `Everything else that this run made is removed. ${stays}` : stays;
}

/** One thing that a run made and that is there, as far as is known. */
export interface Made {
  noun: string;
  id: string;
  /** It may or may not be there. */
  notKnown: boolean;
}

/** What a run made and did not remove, in order. */
export function remains(run: Run): Made[] {
  return run.steps.flatMap((step) => {
    if (step.state.state === "undone" || leavesNothing(run, step)) return [];
    const noun = stepNoun(run, step);
    const things = named(run, step).map((id) => ({ noun, id, notKnown: false }));
    const open = step.state.state === "notKnown" || step.state.state === "sent";
    return things.length === 0 && open ? [{ noun, id: "", notKnown: true }] : things;
  });
}

/** What an undo did with each thing that a run had made or changed, by what it is. */
export interface TakenBack {
  removed: string[];
  /** Settings that are again as they were. */
  setBack: string[];
  /** What stays, since others may use it. */
  left: string[];
}

export function takenBack(run: Run): TakenBack {
  const all: TakenBack = { removed: [], setBack: [], left: [] };
  for (const step of run.steps) {
    const action = actionOf(run, step);
    if (step.state.state === "kept") all.left.push(stepNoun(run, step));
    if (step.state.state !== "undone" || leavesNothing(run, step) || named(run, step).length === 0) continue;
    (action && isSetting(action) ? all.setBack : all.removed).push(stepNoun(run, step));
  }
  return all;
}

/** Each thing once, with how many of it there are where there are several: "Target group (3)". */
export function counted(nouns: readonly string[]): string[] {
  return [...new Set(nouns)].map((noun) => {
    const count = nouns.filter((other) => other === noun).length;
    return count === 1 ? noun : `${noun} (${count})`;
  });
}

function takenBackWords({ removed, setBack, left }: TakenBack): string {
  const parts = [
    removed.length > 0 ? `${removed.length} removed` : "",
    setBack.length > 0 ? `${setBack.length} set back` : "",
    left.length > 0 ? `${left.length} left in place` : "",
  ];
  const words = parts.filter((part) => part !== "").join(", ");
  return words === "" ? "Nothing had been made" : words;
}

/** How many steps are done, of how many; of a run that is undone, what became of what it had made. */
export function progressWords(run: Run): string {
  if (run.state.state === "undone") return takenBackWords(takenBack(run));
  const done = run.steps.filter(({ state }) => state.state === "done").length;
  return `${done} of ${run.steps.length} ${run.steps.length === 1 ? "step" : "steps"} done`;
}
