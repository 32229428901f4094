// Actions in words: what each makes, changes or waits for, and what undoing does with it. One place, so that steps,
// lists, dialogs and notices call a thing alike.
import type { Action, Input, OutputName, Run, RunStep, StepId, Used } from "../ipc/bindings";

type ActionName = Action["action"];

/**
 * What a step leaves behind: a new resource, an entry in one that was there, a changed setting of one, or nothing, since it
 * only waits or reads.
 */
type Leaves = "resource" | "entry" | "setting" | "nothing";

interface ActionWords {
  noun: string;
  leaves: Leaves;
  /** The output that names what was made, changed or found. */
  named: OutputName | null;
}

const WORDS: Record<ActionName, ActionWords> = {
  createResourceGateway: { noun: "Resource gateway", leaves: "resource", named: "gatewayId" },
  createResourceConfiguration: { noun: "Resource configuration", leaves: "resource", named: "configurationId" },
  createConfigurationGroup: { noun: "Resource configuration group", leaves: "resource", named: "configurationId" },
  createChildConfiguration: { noun: "Resource configuration of one host", leaves: "resource", named: "configurationId" },
  createResourceShare: { noun: "Resource share", leaves: "resource", named: "shareArn" },
  updateGatewaySecurityGroups: { noun: "Security groups of the gateway", leaves: "setting", named: "gatewayId" },
  awaitShareAcceptance: { noun: "Acceptance in ClickHouse", leaves: "nothing", named: null },
  updateMskConnectivity: { noun: "Multi-VPC connectivity of the cluster", leaves: "setting", named: "clusterArn" },
  allowInClusterPolicy: { noun: "Statement in the cluster policy", leaves: "entry", named: "policySid" },
  awaitMskConnection: { noun: "Connection to the cluster", leaves: "nothing", named: "connectionArn" },
  readBootstrapBrokers: { noun: "Bootstrap string", leaves: "nothing", named: "bootstrapBrokers" },
  createTargetGroup: { noun: "Target group", leaves: "resource", named: "targetGroupArn" },
  createLoadBalancer: { noun: "Network Load Balancer", leaves: "resource", named: "loadBalancerArn" },
  enableCrossZone: { noun: "Cross-zone load balancing", leaves: "setting", named: "loadBalancerArn" },
  stopEnforcingInboundRules: { noun: "Inbound rules on PrivateLink traffic", leaves: "setting", named: "loadBalancerArn" },
  createListener: { noun: "Listener", leaves: "resource", named: "listenerArn" },
  registerTargets: { noun: "Registered targets", leaves: "entry", named: "targetGroupArn" },
  createEndpointService: { noun: "VPC endpoint service", leaves: "resource", named: "endpointServiceId" },
  allowPrincipal: { noun: "Allowed principal of the endpoint service", leaves: "entry", named: "endpointServiceId" },
  addSupportedRegion: { noun: "Supported region of the endpoint service", leaves: "entry", named: "endpointServiceId" },
  awaitDnsRecord: { noun: "TXT record", leaves: "nothing", named: null },
  verifyPrivateDns: { noun: "Verified private DNS name", leaves: "nothing", named: null },
  acceptEndpointConnection: { noun: "Accepted connection", leaves: "nothing", named: "vpcEndpointId" },
  awaitConnectionAcceptance: { noun: "Accepted connection", leaves: "nothing", named: "vpcEndpointId" },
  awaitEndpointConnection: { noun: "Connection to the endpoint service", leaves: "nothing", named: "vpcEndpointId" },
  createReversePrivateEndpoint: { noun: "Reverse private endpoint", leaves: "resource", named: "endpointId" },
  awaitEndpointReady: { noun: "Ready endpoint", leaves: "nothing", named: null },
};

/** What an action makes, changes, or waits for. */
export function actionNoun({ action }: Action): string {
  return WORDS[action].noun;
}

/** The planned action of a run's step. */
export function actionOf(run: Run, step: RunStep): Action | undefined {
  return run.plan.steps.find(({ id }) => id === step.id)?.action;
}

/** What a step of a run makes, by the plan. */
export function stepNoun(run: Run, step: RunStep): string {
  const action = actionOf(run, step);
  return action ? actionNoun(action) : step.id;
}

/** Whether a step changes a setting of what was there instead of making something. */
export function isSetting(action: Action): boolean {
  return WORDS[action.action].leaves === "setting";
}

/** Whether a step of the run makes a resource, so that undoing it deletes one. */
export function makesResource(run: Run, step: StepId): boolean {
  const action = run.plan.steps.find(({ id }) => id === step)?.action;
  return action !== undefined && WORDS[action.action].leaves === "resource";
}

/** The IDs of what a step made, changed or found. */
export function named(run: Run, step: RunStep): string[] {
  const action = actionOf(run, step);
  const output = action && WORDS[action.action].named;
  return output ? (step.outputs[output] ?? []) : [];
}

/** Whether the step only waits or reads, so that nothing of it can remain. */
export function leavesNothing(run: Run, step: RunStep): boolean {
  const action = actionOf(run, step);
  return action !== undefined && WORDS[action.action].leaves === "nothing";
}

/** Waits for an endpoint that the admin makes in ClickHouse, with values to paste there. */
const BY_HAND: ReadonlySet<ActionName> = new Set<ActionName>([
  "awaitShareAcceptance",
  "awaitMskConnection",
  "awaitEndpointConnection",
]);

/** Whether the run waits, or stands still, where the admin pastes values into ClickHouse. */
export function pastes(run: Run): boolean {
  const waiting = waitingStep(run);
  const open = run.state.state === "running" || run.state.state === "stopped";
  return open && waiting !== undefined && BY_HAND.has(waiting.action.action);
}

/** The step that waits now, with its action. */
export function waitingStep(run: Run): { step: RunStep; action: Action } | undefined {
  const step = run.steps.find(({ state }) => state.state === "waiting");
  const action = step && actionOf(run, step);
  return step && action && { step, action };
}

/** Whether the run waits for something that may take so long that the wait can be stopped in the middle. */
export function waitMayBeStopped(run: Run): boolean {
  return waitingStep(run)?.step.mayBeLeft ?? false;
}

/** A step whose change an undo leaves in place unless it is named. */
export interface LeftUnlessAsked {
  step: RunStep;
  /** It was asked for, or taking it back has begun: whoever continues the undo takes it back. */
  asked: boolean;
}

/** The steps whose change is there, or may be, and which an undo leaves in place unless it is asked to take it back. */
export function staysUnlessAsked(run: Run): LeftUnlessAsked[] {
  return run.steps.flatMap((step) => {
    const { state } = step.state;
    const gone = state === "pending" || state === "undone";
    if (gone || actionOf(run, step)?.action !== "updateMskConnectivity") return [];
    return [{ step, asked: state === "undoing" || run.undoAlso.includes(step.id) }];
  });
}

/** The value of an action's input, as far as the steps before have made it. */
export function valueOf(run: Run, input: Input): string | null {
  if (input.from === "literal") return input.value;
  return run.steps.find(({ id }) => id === input.step)?.outputs[input.name]?.[0] ?? null;
}

/**
 * The AWS side of the endpoints that the run itself made in ClickHouse: `vpce-...`, or the ARN of an MSK connection. Of an
 * endpoint made by hand it is not known which one it is.
 */
export function endpointsOf(run: Run): string[] {
  return run.steps.flatMap((step) =>
    actionOf(run, step)?.action === "createReversePrivateEndpoint" ? (step.outputs.vpcEndpointId ?? []) : [],
  );
}

/** What was there before and is built upon. */
export function usedNoun(used: Used): string {
  switch (used.what) {
    case "resourceGateway":
      return "Resource gateway";
    case "resourceConfiguration":
      return "Resource configuration";
    case "loadBalancer":
      return "Network Load Balancer";
    case "endpointService":
      return "VPC endpoint service";
  }
}

/** Its ID or ARN. */
export function usedId(used: Used): string {
  return used.what === "loadBalancer" ? used.arn : used.id;
}

/** Its name; the service's own where it has none. */
export function usedName(used: Used): string {
  return used.what === "endpointService" ? (used.name ?? used.serviceName) : used.name;
}
