// Runs of the other two paths: MSK multi-VPC connectivity for the cluster clickstream, and an endpoint service in front of
// orders-postgres; each as it waits, and with what it ends with.
import type { Action, ConnectSheet, Input, OutputName, Plan, ReviewStep, Run, RunPage, RunStep, StepState, Topology } from "../ipc/bindings";
import { brokersTopology } from "./brokerFixtures";
import { CLUSTER, OURS, SERVICE_ID, SERVICE_NAME } from "./connectionFixtures";
import { hours, NOW, ordersAnalytics } from "./fixtures";
import { longStep, step } from "./runFixtures";
import { plan, run, runPage, sheet } from "./setupFixtures";

const CLICKPIPES = "072088201116";
const VPC = "vpc-0e79ac9aca8d7f7d3";
export const BROKERS = ["b-1", "b-2", "b-3"]
  .map((name, at) => `${name}.clickstream.4tqz81.c7.kafka.us-east-1.amazonaws.com:1400${at + 1}`)
  .join(",");

const output = (from: string, name: OutputName): Input => ({ from: "output", step: from, name });

/** A sheet on which nothing is known yet. */
const emptySheet: ConnectSheet = {
  ...sheet,
  dnsNames: [],
  privateNames: [],
  brokers: null,
  connectionString: null,
  schemaRegistry: null,
  tlsHost: null,
  paste: null,
  txtRecord: null,
  next: [],
  stays: [],
};

function reviewed(id: string, title: string, call: string, usualSeconds: [number, number]): ReviewStep {
  return {
    id,
    title,
    result: `${title}.`,
    call,
    request: "{}",
    cli: `aws ${call}`,
    rights: [call],
    waitsFor: "It is done.",
    usualSeconds,
    undo: null,
    billed: null,
  };
}

function planned(path: Plan["path"], source: Plan["source"], steps: [string, Action][]): Plan {
  return { ...plan, path, source, uses: [], steps: steps.map(([id, action]) => ({ id, action })) };
}

function pending(id: string): RunStep {
  return { ...step(id, { state: "pending" }), beganAt: null };
}

// MSK multi-VPC.

const mskSource: Plan["source"] = {
  target: { kind: "mskCluster", arn: CLUSTER },
  name: "clickstream",
  engine: "kafka",
  port: 14001,
  tlsHost: null,
  vpcId: VPC,
};

export const mskPlan = planned("mskMultiVpc", mskSource, [
  [
    "connectivity",
    {
      action: "updateMskConnectivity",
      clusterArn: CLUSTER,
      schemes: { iam: true, scram: false, tls: false },
      previous: { iam: false, scram: false, tls: false },
    },
  ],
  ["policy", { action: "allowInClusterPolicy", clusterArn: CLUSTER, principal: CLICKPIPES }],
  [
    "endpoint",
    {
      action: "createReversePrivateEndpoint",
      organizationId: ordersAnalytics.organizationId,
      serviceId: ordersAnalytics.id,
      description: "clickstream",
      to: { type: "mskMultiVpc", clusterArn: CLUSTER, authentication: "saslIam" },
      privateDns: [],
    },
  ],
  ["bootstrap", { action: "readBootstrapBrokers", clusterArn: CLUSTER, authentication: "saslIam" }],
]);

export const mskReview: ReviewStep[] = [
  reviewed("connectivity", "Turn on multi-VPC connectivity", "kafka:UpdateConnectivity", [900, 14_400]),
  reviewed("policy", "Let ClickPipes' account in", "kafka:PutClusterPolicy", [1, 10]),
  reviewed("endpoint", "Create the reverse private endpoint in ClickHouse", "clickPipeReversePrivateEndpointCreate", [120, 900]),
  reviewed("connection", "Create the endpoint in ClickHouse yourself", "kafka:ListClientVpcConnections", [60, 3600]),
  reviewed("bootstrap", "Read the bootstrap string", "kafka:GetBootstrapBrokers", [1, 60]),
];

const switchedOn = step("connectivity", { state: "done" }, { clusterArn: [CLUSTER] });
const allowed = step("policy", { state: "done" }, { policySid: ["Pipelink0199c1aa5d107c3e9a442b7f1e6d8c05"] });

const mskTopology: Topology = {
  nodes: [
    { id: "source", lane: "account", title: "MSK cluster", name: "clickstream", resourceId: CLUSTER, step: null, host: null },
    { id: "connectivity", lane: "added", title: "Multi-VPC connectivity", name: "IAM access control", resourceId: null, step: "connectivity", host: null },
    { id: "policy", lane: "added", title: "Cluster policy", name: null, resourceId: null, step: "policy", host: null },
    { id: "endpoint", lane: "clickHouse", title: "Reverse private endpoint", name: "clickstream", resourceId: null, step: "endpoint", host: null },
    { id: "clickpipes", lane: "clickHouse", title: "ClickPipes account", name: null, resourceId: CLICKPIPES, step: null, host: null },
  ],
  edges: [
    { from: "connectivity", to: "source", label: null },
    { from: "policy", to: "clickpipes", label: "lets in" },
    { from: "endpoint", to: "connectivity", label: "TCP 14001 and up" },
  ],
};

function mskPage(shown: Run, over: Partial<RunPage> = {}): RunPage {
  return runPage({ run: shown, review: mskReview, topology: mskTopology, sheet: emptySheet, ...over });
}

/** AWS changes the cluster, for 50 minutes now. */
export const mskSlow = mskPage(
  run({
    plan: mskPlan,
    steps: [
      { ...longStep("connectivity", { state: "waiting", seen: "UPDATING", turn: "aws" }, { clusterArn: [CLUSTER] }), beganAt: hours(-50 / 60) },
      pending("policy"),
      pending("endpoint"),
      pending("bootstrap"),
    ],
  }),
);

export const mskDone = mskPage(
  run({
    plan: mskPlan,
    state: { state: "done" },
    endedAt: NOW,
    steps: [
      switchedOn,
      allowed,
      step("endpoint", { state: "done" }, { endpointId: ["5a1d7c3e"], dnsNames: [] }),
      step("bootstrap", { state: "done" }, { bootstrapBrokers: [BROKERS] }),
    ],
  }),
  {
    sheet: {
      ...emptySheet,
      port: 14001,
      brokers: BROKERS,
      connectionString: `bootstrap.servers=${BROKERS}`,
      next: [`Enter ${BROKERS} as the brokers of a Kafka ClickPipe in orders-analytics.`],
      stays: [
        { what: "Multi-VPC connectivity", id: CLUSTER, billed: "byTheHourAndData" },
        { what: "Statement in the cluster policy", id: "Pipelink0199c1aa5d107c3e9a442b7f1e6d8c05", billed: null },
      ],
    },
  },
);

/** Undone without the tick: the connectivity stays. */
export const mskUndone = mskPage({
  ...mskDone.run,
  state: { state: "undone" },
  steps: mskDone.run.steps.map((each) => ({ ...each, state: { state: each.id === "connectivity" ? "kept" : "undone" } })),
});

/** Without a key: the admin creates the endpoint. */
export const mskByHand = mskPage(
  run({
    plan: {
      ...mskPlan,
      steps: [
        ...mskPlan.steps.slice(0, 2),
        { id: "connection", action: { action: "awaitMskConnection", clusterArn: CLUSTER, authentication: "saslIam", owner: CLICKPIPES } },
        ...mskPlan.steps.slice(3),
      ],
    },
    steps: [
      switchedOn,
      allowed,
      longStep("connection", { state: "waiting", seen: "no connection yet", turn: "you" }),
      pending("bootstrap"),
    ],
  }),
  {
    sheet: {
      ...emptySheet,
      port: 14001,
      paste: { path: "mskMultiVpc", clusterArn: CLUSTER, authentication: "saslIam" },
      next: ["Create an endpoint of type MSK multi-VPC with the cluster ARN and the authentication above."],
    },
  },
);

// VPC endpoint service.

export const PRIVATE_NAME = "kafka.example.com";
export const TXT = { label: "_6e86v84tqgqubxbwii1m", value: "vpce:l6p0ERxlTt45jevFwOCp" };

const TXT_RECORD = {
  names: [`${TXT.label}.${PRIVATE_NAME}`, `${TXT.label}.example.com`, PRIVATE_NAME, "example.com"],
  value: TXT.value,
};

const made: RunStep[] = [
  step("target-group", { state: "done" }, { targetGroupArn: [elb("targetgroup/orders-postgres/0a1b2c3d4e5f6071")] }),
  step("load-balancer", { state: "done" }, { loadBalancerArn: [elb("loadbalancer/net/orders-postgres/1122334455667788")] }),
  step("cross-zone", { state: "done" }, { loadBalancerArn: [elb("loadbalancer/net/orders-postgres/1122334455667788")] }),
  step("listener", { state: "done" }, { listenerArn: [elb("listener/net/orders-postgres/1122334455667788/99aabbccddeeff00")] }),
  step("targets", { state: "done" }, { targetGroupArn: [elb("targetgroup/orders-postgres/0a1b2c3d4e5f6071")] }),
  step(
    "service",
    { state: "done" },
    { endpointServiceId: [SERVICE_ID], endpointServiceName: [SERVICE_NAME], txtName: [TXT.label], txtValue: [TXT.value] },
  ),
  step("principal", { state: "done" }, { endpointServiceId: [SERVICE_ID] }),
];

function elb(path: string): string {
  return `arn:aws:elasticloadbalancing:us-east-1:111122223333:${path}`;
}

const serviceSteps: [string, Action][] = [
  ["target-group", { action: "createTargetGroup", name: "orders-postgres", port: 5432, vpcId: VPC }],
  ["load-balancer", { action: "createLoadBalancer", name: "orders-postgres", subnetIds: ["subnet-0a", "subnet-0b"], securityGroupIds: [] }],
  ["cross-zone", { action: "enableCrossZone", loadBalancer: output("load-balancer", "loadBalancerArn") }],
  [
    "listener",
    {
      action: "createListener",
      loadBalancer: output("load-balancer", "loadBalancerArn"),
      port: 5432,
      targetGroup: output("target-group", "targetGroupArn"),
    },
  ],
  [
    "targets",
    {
      action: "registerTargets",
      targetGroup: output("target-group", "targetGroupArn"),
      targets: [{ address: "10.20.1.15", port: 5432, outsideVpc: false }],
    },
  ],
  [
    "service",
    {
      action: "createEndpointService",
      name: "orders-postgres",
      loadBalancers: [output("load-balancer", "loadBalancerArn")],
      supportedRegions: [],
      privateDnsName: PRIVATE_NAME,
    },
  ],
  ["principal", { action: "allowPrincipal", service: output("service", "endpointServiceId"), principal: CLICKPIPES }],
];

const recordSteps: [string, Action][] = [
  [
    "dns-record",
    {
      action: "awaitDnsRecord",
      privateDnsName: PRIVATE_NAME,
      record: output("service", "txtName"),
      value: output("service", "txtValue"),
    },
  ],
  ["private-dns", { action: "verifyPrivateDns", service: output("service", "endpointServiceId"), privateDnsName: PRIVATE_NAME }],
];

const endpointSteps: [string, Action][] = [
  [
    "endpoint",
    {
      action: "createReversePrivateEndpoint",
      organizationId: ordersAnalytics.organizationId,
      serviceId: ordersAnalytics.id,
      description: "orders-postgres",
      to: { type: "endpointService", serviceName: output("service", "endpointServiceName") },
      privateDns: [],
    },
  ],
  [
    "acceptance",
    {
      action: "awaitConnectionAcceptance",
      service: output("service", "endpointServiceId"),
      endpoint: output("endpoint", "vpcEndpointId"),
      owner: CLICKPIPES,
    },
  ],
  [
    "ready",
    {
      action: "awaitEndpointReady",
      organizationId: ordersAnalytics.organizationId,
      serviceId: ordersAnalytics.id,
      endpoint: output("endpoint", "endpointId"),
    },
  ],
];

function servicePage(steps: [string, Action][], states: RunStep[], over: Partial<RunPage> = {}, of: Partial<Run> = {}): RunPage {
  return runPage({
    run: run({ plan: planned("endpointService", plan.source, steps), steps: states, ...of }),
    review: steps.map(([id, { action }]) => reviewed(id, `Step ${id}`, `ec2:${action}`, [5, 60])),
    topology: brokersTopology([]),
    sheet: emptySheet,
    ...over,
  });
}

const all = [...serviceSteps, ...recordSteps, ...endpointSteps];

/** Waits for the TXT record. */
export function dnsWaiting(state: StepState = { state: "waiting", seen: "no TXT record yet", turn: "you" }): RunPage {
  const steps = [...made, longStep("dns-record", state), ...["private-dns", "endpoint", "acceptance", "ready"].map(pending)];
  return servicePage(all, steps, { sheet: { ...emptySheet, txtRecord: TXT_RECORD } });
}

/** AWS did not find the record that Pipelink saw. */
export const dnsFailed = servicePage(
  all,
  [
    ...made,
    step("dns-record", { state: "done" }),
    step("private-dns", { state: "failed", problem: { code: "endedIn", resource: SERVICE_ID, state: "failed", reason: null } }),
    ...["endpoint", "acceptance", "ready"].map(pending),
  ],
  { sheet: { ...emptySheet, txtRecord: TXT_RECORD } },
  { state: { state: "stopped", problem: { code: "endedIn", resource: SERVICE_ID, state: "failed", reason: null } } },
);

/** Waits for the admin to accept the connection. */
export const acceptanceWaiting = servicePage(
  [...serviceSteps, ...endpointSteps],
  [
    ...made,
    step("endpoint", { state: "done" }, { endpointId: ["5a1d7c3e"], vpcEndpointId: [OURS] }),
    longStep("acceptance", { state: "waiting", seen: "pendingAcceptance", turn: "you" }),
    pending("ready"),
  ],
);

/** A target does not answer. */
export const targetUnhealthy = servicePage(serviceSteps, [
  ...made.slice(0, 4),
  step("targets", { state: "waiting", seen: "unhealthy: Health checks failed", turn: "you" }, { targetGroupArn: ["arn:aws:x"] }),
  ...["service", "principal"].map(pending),
]);

/** Without a key: create the endpoint in ClickHouse, and accept its connection. */
export const serviceByHand = servicePage(
  [
    ...serviceSteps,
    [
      "connection",
      {
        action: "awaitEndpointConnection",
        service: output("service", "endpointServiceId"),
        serviceName: output("service", "endpointServiceName"),
        owner: CLICKPIPES,
      },
    ],
  ],
  [...made, longStep("connection", { state: "waiting", seen: `no connection of account ${CLICKPIPES}`, turn: "you" })],
  { sheet: { ...emptySheet, paste: { path: "endpointService", serviceNames: [SERVICE_NAME], privateDns: [[]] } } },
);

export const serviceDone = servicePage(
  [...serviceSteps, ...endpointSteps],
  [
    ...made,
    step("endpoint", { state: "done" }, { endpointId: ["5a1d7c3e"], vpcEndpointId: [OURS], dnsNames: [`${OURS}.${SERVICE_ID}.us-east-1.vpce.amazonaws.com`] }),
    step("acceptance", { state: "done" }, { vpcEndpointId: [OURS] }),
    step("ready", { state: "done" }),
  ],
  {
    sheet: {
      ...sheet,
      dnsNames: [`${OURS}.${SERVICE_ID}.us-east-1.vpce.amazonaws.com`],
      privateNames: [PRIVATE_NAME],
      brokers: null,
      schemaRegistry: null,
      txtRecord: TXT_RECORD,
      stays: [
        { what: "Network Load Balancer", id: elb("loadbalancer/net/orders-postgres/1122334455667788"), billed: "byTheHourAndCapacity" },
        { what: "VPC endpoint service", id: SERVICE_ID, billed: null },
      ],
    },
  },
  { state: { state: "done" }, endedAt: NOW },
);
