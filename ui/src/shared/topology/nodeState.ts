// Where each node of the picture stands, read off the run's steps; and the words and icons for it. The one
// place that decides them, so that the review, the run and the connect part show the same thing alike.
import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import type { Node, RunStep, StepId, Turn } from "../../ipc/bindings";

/** A node's state, as far as the picture tells states apart. */
export type NodeState =
  | "exists"
  | "used"
  | "planned"
  | "sent"
  | "waitingForYou"
  | "waitingForAws"
  | "waitingForClickHouse"
  | "waiting"
  | "made"
  | "accepted"
  | "failed"
  | "notKnown"
  | "undoing"
  | "undone"
  | "toChange"
  | "changing"
  | "changingBack"
  | "changedBack";

const WAITING: Record<Turn, NodeState> = {
  you: "waitingForYou",
  aws: "waitingForAws",
  clickHouse: "waitingForClickHouse",
  nobody: "waiting",
  notKnown: "waiting",
};

/** The step of a run by hand that waits for the share's acceptance: the endpoint itself it never sees. */
const ACCEPTANCE = "acceptance";

/** What a step that changes what is there does, where one that makes something would say that it makes it. */
const CHANGES: Partial<Record<NodeState, NodeState>> = {
  planned: "toChange",
  sent: "changing",
  undoing: "changingBack",
  undone: "changedBack",
};

/**
 * The state of one node: a node that no step makes is there already; without a run, all others are to come. Of what the
 * path needs in the account, what is there already is used. `changes` names the steps that change what is there.
 */
export function nodeState(node: Node, steps?: readonly RunStep[], changes: readonly StepId[] = []): NodeState {
  if (node.step === null) return node.lane === "added" ? "used" : "exists";
  const state = stepState(node.step, steps);
  return changes.includes(node.step) ? (CHANGES[state] ?? state) : state;
}

function stepState(id: StepId, steps: readonly RunStep[] | undefined): NodeState {
  const step = steps?.find((one) => one.id === id);
  if (!step) return "planned";
  const { state } = step;
  switch (state.state) {
    case "pending":
      return "planned";
    case "sent":
      return "sent";
    case "waiting":
      return WAITING[state.turn];
    case "done":
      return step.id === ACCEPTANCE ? "accepted" : "made";
    case "failed":
      return "failed";
    case "notKnown":
      return "notKnown";
    case "undoing":
      return "undoing";
    case "undone":
      return "undone";
  }
}

/** The word beside the icon. */
export const STATE_WORDS: Record<NodeState, string> = {
  exists: "Exists",
  used: "Exists, and is used as it is",
  planned: "To be created",
  sent: "Being created",
  waitingForYou: "Waiting for you",
  waitingForAws: "Waiting for AWS",
  waitingForClickHouse: "Waiting for ClickHouse",
  waiting: "Waiting",
  made: "Ready to use",
  accepted: "Share accepted; this run does not watch the endpoint",
  failed: "Failed",
  notKnown: "Not known",
  undoing: "Being removed",
  undone: "Removed",
  toChange: "To be changed",
  changing: "Being changed",
  changingBack: "Being changed back",
  changedBack: "Changed back",
};

/** The icon. Green only for what works; waiting for a person is a warning. */
export const STATE_ICONS: Record<NodeState, StatusIndicatorProps.Type> = {
  exists: "info",
  used: "info",
  planned: "not-started",
  sent: "in-progress",
  waitingForYou: "warning",
  waitingForAws: "in-progress",
  waitingForClickHouse: "in-progress",
  waiting: "in-progress",
  made: "success",
  accepted: "info",
  failed: "error",
  notKnown: "warning",
  undoing: "in-progress",
  undone: "stopped",
  toChange: "not-started",
  changing: "in-progress",
  changingBack: "in-progress",
  changedBack: "info",
};

/** Which of the few colours of the frame and its lines a state has. */
export type Tone = "plain" | "planned" | "busy" | "attention" | "good" | "bad" | "gone";

export const STATE_TONES: Record<NodeState, Tone> = {
  exists: "plain",
  used: "plain",
  planned: "planned",
  sent: "busy",
  waitingForYou: "attention",
  waitingForAws: "busy",
  waitingForClickHouse: "busy",
  waiting: "busy",
  made: "good",
  accepted: "plain",
  failed: "bad",
  notKnown: "attention",
  undoing: "busy",
  undone: "gone",
  toChange: "planned",
  changing: "busy",
  changingBack: "busy",
  changedBack: "plain",
};

/** States that are neither good nor bad: their icon has no colour. */
export function isNeutral(state: NodeState): boolean {
  return state === "exists" || state === "used" || state === "changedBack";
}

/** Whether something stands there: a line between two such nodes is drawn through. */
export function stands(state: NodeState): boolean {
  return isNeutral(state) || state === "made";
}
