// Where each node of the picture stands, read off the run's steps; and the words and icons for it. The one
// place that decides them, so that the review, the run and the connect part show the same thing alike.
import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import type { Node, RunStep, Turn } from "../../ipc/bindings";

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
  | "connected"
  | "failed"
  | "notKnown"
  | "undoing"
  | "undone"
  | "kept";

const WAITING: Record<Turn, NodeState> = {
  you: "waitingForYou",
  aws: "waitingForAws",
  clickHouse: "waitingForClickHouse",
  nobody: "waiting",
  notKnown: "waiting",
};

/**
 * The steps of a run by hand that wait for the endpoint that the admin makes: they see the share accepted or the
 * connection there, never the endpoint itself. Of several they have a number.
 */
const BY_HAND: readonly [RegExp, NodeState][] = [
  [/^acceptance(-\d+)?$/, "accepted"],
  [/^connection(-\d+)?$/, "connected"],
];

/**
 * The state of one node: a node that no step makes is there already; without a run, all others are to come. What the path
 * needs and is there already is used.
 */
export function nodeState(node: Node, steps?: readonly RunStep[]): NodeState {
  if (node.step === null) return node.lane === "added" ? "used" : "exists";
  const step = steps?.find(({ id }) => id === node.step);
  if (!step) return "planned";
  const { state } = step;
  switch (state.state) {
    case "pending":
      return isMade(node, steps) ? "waiting" : "planned";
    case "sent":
      return "sent";
    case "waiting":
      return WAITING[state.turn];
    case "done":
      return BY_HAND.find(([id]) => id.test(step.id))?.[1] ?? "made";
    case "failed":
      return "failed";
    case "notKnown":
      return "notKnown";
    case "undoing":
      return "undoing";
    case "undone":
      return "undone";
    case "kept":
      return "kept";
  }
}

/** Whether an earlier step has made it, and a later one is what makes it usable. */
function isMade({ resourceId }: Node, steps: readonly RunStep[] = []): boolean {
  return resourceId !== null && steps.some(({ outputs }) => Object.values(outputs).some((made) => made?.includes(resourceId)));
}

/** The word beside the icon. */
export const STATE_WORDS: Record<NodeState, string> = {
  exists: "Exists",
  used: "Exists already",
  planned: "To be created",
  sent: "Being created",
  waitingForYou: "Waiting for you",
  waitingForAws: "Waiting for AWS",
  waitingForClickHouse: "Waiting for ClickHouse",
  waiting: "Waiting",
  made: "Ready to use",
  accepted: "Share accepted; this run does not watch the endpoint",
  connected: "Connected; this run does not watch the endpoint",
  failed: "Failed",
  notKnown: "Not known",
  undoing: "Being removed",
  undone: "Removed",
  kept: "Left in place",
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
  connected: "info",
  failed: "error",
  notKnown: "warning",
  undoing: "in-progress",
  undone: "stopped",
  kept: "info",
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
  connected: "plain",
  failed: "bad",
  notKnown: "attention",
  undoing: "busy",
  undone: "gone",
  kept: "plain",
};

/** What is there and no run made, or what an undo left: neither good nor bad, so that its icon has no colour. */
export function wasThere(state: NodeState): boolean {
  return state === "exists" || state === "used" || state === "kept";
}

/** Whether something stands there: a line between two such nodes is drawn through. */
export function stands(state: NodeState): boolean {
  return wasThere(state) || state === "made";
}
