// Values for the sandbox's panel: a world in which a run has just been disturbed.
import type { Exercise, NewFault, SandboxOperation, SandboxPanel } from "../ipc/bindings";
import type { CommandClient } from "../ipc/client";
import { NOW } from "./fixtures";

const ANY = ["throttle", "deny", "expired_credentials", "server_error", "lost_answer", "reset", "delay", "malformed"];
const LIST = [...ANY, "stale_list", "empty_page"];
const CREATION = [...ANY, "quota", "not_found_once", "stuck", "failed_state"];
const CLICKHOUSE = ["rate_limited", "unauthorized", "forbidden", "server_error", "gateway_timeout_but_done", "service_idle"];

export const operations: SandboxOperation[] = [
  { service: "vpc-lattice", operation: "CreateResourceGateway", kinds: CREATION },
  { service: "vpc-lattice", operation: "CreateResourceConfiguration", kinds: CREATION },
  { service: "vpc-lattice", operation: "ListResourceGateways", kinds: LIST },
  { service: "ram", operation: "CreateResourceShare", kinds: [...CREATION, "refused_sharing"] },
  { service: "ec2", operation: "DescribeSubnets", kinds: LIST },
  { service: "ec2", operation: "AcceptVpcEndpointConnections", kinds: [...ANY, "stuck", "failed_state"] },
  { service: "rds", operation: "DescribeDBClusters", kinds: LIST },
  { service: "kafka", operation: "UpdateConnectivity", kinds: [...ANY, "stuck", "failed_state"] },
  { service: "elasticloadbalancing", operation: "CreateLoadBalancer", kinds: CREATION },
  { service: "clickhouse", operation: "clickPipeReversePrivateEndpointCreate", kinds: [...CLICKHOUSE, "no_capacity", "stuck"] },
  { service: "clickhouse", operation: "clickPipeReversePrivateEndpointGetList", kinds: [...CLICKHOUSE, "stale_list"] },
];

export const exercises: Exercise[] = [
  {
    id: "share-used-twice",
    title: "The share was used twice",
    situation: "Somebody made an endpoint for web-events by hand with the share of an endpoint that is Ready already. It is Failed.",
    goal: "web-events has a Ready endpoint to the same source.",
    hints: [
      "Look at the failed endpoint on the page Endpoints: which share was it made from?",
      "Set up a connection to the same source, and use the resource configuration that is there.",
    ],
    state: "ready",
  },
  {
    id: "no-free-28",
    title: "No free /28",
    situation: "The subnets in the zones of orders-postgres are full.",
    goal: "A Ready endpoint whose gateway is in subnets with room.",
    hints: ["Begin a set-up and look at the free /28 blocks of each subnet.", "One subnet elsewhere has room."],
    state: "begun",
  },
  {
    id: "answer-lost",
    title: "The answer got lost",
    situation: "The answers of the next share and of the next endpoint get lost after they are made.",
    goal: "One Ready endpoint, and exactly one share and one gateway of its run.",
    hints: ["Run a set-up as usual.", "When the run says that the outcome is not known, look again."],
    state: "reached",
  },
];

export function panel(over: Partial<SandboxPanel> = {}): SandboxPanel {
  return {
    now: NOW,
    speed: 60,
    graceStarts: "entry",
    operations,
    faults: [
      {
        id: 3,
        fault: { service: "ram", operation: "CreateResourceShare", kind: "lost_answer", times: 1, delayMs: 0, reason: null },
        hits: 0,
      },
      {
        id: 4,
        fault: { service: "ec2", operation: "DescribeSubnets", kind: "throttle", times: 0, delayMs: 0, reason: null },
        hits: 7,
      },
    ],
    operator: [
      { id: "delete-share:orders-share", title: "Delete resource share orders-share" },
      { id: "stop-database:orders-postgres", title: "Stop database orders-postgres" },
      { id: "idle-service:orders-analytics", title: "Let service orders-analytics fall idle" },
    ],
    exercises,
    ...over,
  };
}

/** The panel's commands with the little state that they need: what is switched on is there the next time. */
export function sandboxAnswers() {
  let now = panel();
  let last = Math.max(0, ...now.faults.map(({ id }) => id));
  const set = async (over: Partial<SandboxPanel>) => (now = { ...now, ...over });
  return {
    sandboxPanel: async () => now,
    sandboxClock: async (advance: number | null, speed: number | null) =>
      set({
        now: new Date(Date.parse(now.now) + (advance ?? 0) * 1000).toISOString(),
        speed: speed ?? now.speed,
      }),
    sandboxGrace: async (graceStarts) => set({ graceStarts }),
    sandboxFault: async (fault: NewFault) => {
      last += 1;
      return set({ faults: [...now.faults, { id: last, fault, hits: 0 }] });
    },
    sandboxClearFault: async (id: number | null) =>
      set({ faults: id === null ? [] : now.faults.filter((fault) => fault.id !== id) }),
    sandboxOperator: async (act: string) => set({ operator: now.operator.filter(({ id }) => id !== act) }),
    sandboxExercise: async (exercise: string) =>
      set({
        exercises: now.exercises.map((each) => (each.id === exercise ? { ...each, state: "begun" as const } : each)),
      }),
  } satisfies Partial<CommandClient>;
}
