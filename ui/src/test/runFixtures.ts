// Runs in every state: under way, done, failed in a step, not known, undone, built upon what was there, and the change
// of a gateway's groups.
import type { ConnectSheet, Plan, Problem, ReviewStep, Run, RunPage, RunStep, StepState, Topology, Used } from "../ipc/bindings";
import { GATEWAY, GROUPS, GROUP_RUN, SHARE } from "./aftercareFixtures";
import { hours, NOW } from "./fixtures";
import { plan, review, run, runPage, sheet, topology } from "./setupFixtures";

export function step(id: string, state: StepState, outputs: RunStep["outputs"] = {}): RunStep {
  const ended = state.state === "done";
  return { id, state, beganAt: hours(-0.1), endedAt: ended ? hours(-0.05) : null, adopted: false, mayBeLeft: false, outputs };
}

/** A step whose wait may be stopped in the middle. */
export function longStep(id: string, state: StepState, outputs: RunStep["outputs"] = {}): RunStep {
  return { ...step(id, state, outputs), mayBeLeft: true };
}

/** The steps up to the share, done. */
export const made: RunStep[] = [
  step("gateway", { state: "done" }, { gatewayId: [GATEWAY] }),
  step("configuration", { state: "done" }, { configurationId: ["rcfg-0a9b8c7d6e5f41302"], configurationArn: ["arn:aws:x"] }),
  step("share", { state: "done" }, { shareArn: [SHARE] }),
];

export const UNKNOWN: Problem = { code: "outcomeUnknown", operation: "CreateReversePrivateEndpoint" };
export const DENIED: Problem = { code: "accessDenied", action: "ram:CreateResourceShare", message: "User is not authorized" };

export const done = run({
  state: { state: "done" },
  endedAt: NOW,
  steps: [...made, step("endpoint", { state: "done" }, { endpointId: ["5a1d7c3e"], dnsNames: sheet.dnsNames })],
});

export const unknown = run({
  state: { state: "stopped", problem: UNKNOWN },
  steps: [...made, step("endpoint", { state: "notKnown", problem: UNKNOWN })],
});

export const failed = run({
  state: { state: "stopped", problem: DENIED },
  steps: [
    ...made.slice(0, 2),
    step("share", { state: "failed", problem: DENIED }),
    { ...step("endpoint", { state: "pending" }), beganAt: null },
  ],
});

export const undone = run({
  state: { state: "undone" },
  endedAt: NOW,
  steps: [...made, step("endpoint", { state: "undone" })].map((each) => ({ ...each, state: { state: "undone" } })),
});

export const undoing = run({
  state: { state: "undoing" },
  steps: [
    made[0] as RunStep,
    step("configuration", { state: "undoing" }, { configurationId: ["rcfg-0a9b8c7d6e5f41302"] }),
    step("share", { state: "undone" }, { shareArn: [SHARE] }),
    step("endpoint", { state: "undone" }),
  ],
});

const handPlan: Plan = {
  ...plan,
  steps: [
    ...plan.steps.slice(0, 3),
    {
      id: "acceptance",
      action: {
        action: "awaitShareAcceptance",
        configuration: { from: "output", step: "configuration", name: "configurationId" },
        share: { from: "output", step: "share", name: "shareArn" },
        principal: "072088201116",
      },
    },
  ],
};

/** By hand: waits until the admin has pasted the two values. */
export const byHand = run({
  plan: handPlan,
  steps: [...made, longStep("acceptance", { state: "waiting", seen: "ASSOCIATING", turn: "you" })],
});

export const byHandSheet: ConnectSheet = {
  ...sheet,
  dnsNames: [],
  connectionString: null,
  paste: { path: "vpcResource", configurationId: "rcfg-0a9b8c7d6e5f41302", shareArn: SHARE, privateDns: [] },
};

const usedGateway: Used = {
  what: "resourceGateway",
  id: "rgw-0aaaaaaaaaaaaaaaa",
  name: "shared-gateway",
  subnetIds: [],
  securityGroupIds: [GROUPS.now],
};

/** Built upon a gateway that was there. */
export const reusing: Run = {
  ...done,
  plan: { ...plan, uses: [usedGateway], steps: plan.steps.slice(1) },
  steps: done.steps.slice(1),
};

const changePlan: Plan = {
  ...plan,
  uses: [{ ...usedGateway, id: GATEWAY, name: "orders-postgres-gateway" }],
  steps: [
    {
      id: "groups",
      action: {
        action: "updateGatewaySecurityGroups",
        gatewayId: GATEWAY,
        securityGroupIds: [GROUPS.other],
        previousSecurityGroupIds: [GROUPS.now],
      },
    },
  ],
};

/** Gave the gateway another group. */
export const groupRun = run({
  id: GROUP_RUN,
  plan: changePlan,
  state: { state: "done" },
  endedAt: NOW,
  steps: [step("groups", { state: "done" })],
});

const groupReview: ReviewStep = {
  ...(review[0] as ReviewStep),
  billed: null,
  id: "groups",
  title: "Change the gateway's security groups",
  call: "vpc-lattice:UpdateResourceGateway",
  usualSeconds: [5, 30],
};

const groupTopology: Topology = {
  nodes: [
    ...topology.nodes
      .filter(({ id }) => id === "source" || id === "gateway")
      .map((node) => (node.id === "gateway" ? { ...node, resourceId: GATEWAY, step: "groups" } : node)),
    { id: GROUPS.other, lane: "account", title: "Security group", name: null, resourceId: GROUPS.other, step: null, host: null },
  ],
  edges: [
    ...topology.edges.filter(({ from }) => from === "gateway"),
    { from: "gateway", to: GROUPS.other, label: "guarded by" },
  ],
};

export function groupRunPage(over: Partial<RunPage> = {}): RunPage {
  return runPage({
    run: groupRun,
    review: [groupReview],
    topology: groupTopology,
    sheet: { ...sheet, dnsNames: [], connectionString: null, next: [], stays: [] },
    ...over,
  });
}
