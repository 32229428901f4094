// Values for the checks, the review and the runs: the private cluster orders-postgres, made reachable through a VPC
// resource. What the pages before list is in networkFixtures.ts.
import type {
  Billed,
  Check,
  ConnectSheet,
  Plan,
  Policy,
  Price,
  ReviewPage,
  ReviewStep,
  Run,
  RunPage,
  Topology,
} from "../ipc/bindings";
import type { CommandClient } from "../ipc/client";
import { hex, hours, NOW, ordersAnalytics, sandboxAccount } from "./fixtures";
import { ARN, GROUP, network, sources, TLS_HOST, VPC } from "./networkFixtures";
import { balancingPage, mskPage } from "./networkFixturesPaths";
import { advise } from "./setupFixturesAdvice";

export const passedCheck: Check = {
  id: "freeBlocks",
  verdict: "passed",
  headline: "Each subnet has room",
  evidence: ["prod-data-1a: 12 free /28 blocks", "prod-data-1b: 12 free /28 blocks"],
  why: "The gateway and the endpoint take one /28 block each in every subnet.",
  remedy: null,
};

export const warningCheck: Check = {
  id: "subnetSize",
  verdict: "warning",
  headline: "A subnet is smaller than /26",
  evidence: ["prod-tiny-1c: 10.20.4.64/27"],
  why: "ClickHouse advises /26 or larger.",
  remedy: { text: "Choose a larger subnet where there is one.", command: null, button: null },
};

export const failedCheck: Check = {
  id: "notPublic",
  verdict: "failure",
  headline: "The database has a public address",
  evidence: ["orders-postgres-1: publicly accessible"],
  why: "A VPC resource does not work with a database that has a public address.",
  remedy: { text: "Make it private in RDS, then check again.", command: null, button: "retry" },
};

export const plan: Plan = {
  path: "vpcResource",
  accountId: "111122223333",
  region: "us-east-1",
  source: { target: { kind: "database", arn: ARN }, name: "orders-postgres", engine: "postgres", port: 5432, tlsHost: TLS_HOST, vpcId: VPC },
  uses: [],
  steps: [
    {
      id: "gateway",
      action: {
        action: "createResourceGateway",
        name: "orders-postgres-gateway",
        vpcId: VPC,
        subnetIds: network.defaultSubnetIds,
        securityGroupIds: [GROUP],
        dnsResolution: "public",
      },
    },
    {
      id: "configuration",
      action: {
        action: "createResourceConfiguration",
        name: "orders-postgres",
        gateway: { from: "output", step: "gateway", name: "gatewayId" },
        definition: { type: "database", arn: ARN },
      },
    },
    {
      id: "share",
      action: {
        action: "createResourceShare",
        name: "orders-postgres-clickpipes",
        resource: { from: "output", step: "configuration", name: "configurationArn" },
        principal: "072088201116",
      },
    },
    {
      id: "endpoint",
      action: {
        action: "createReversePrivateEndpoint",
        organizationId: ordersAnalytics.organizationId,
        serviceId: ordersAnalytics.id,
        description: "orders-postgres",
        to: {
          type: "vpcResource",
          configuration: { from: "output", step: "configuration", name: "configurationId" },
          share: { from: "output", step: "share", name: "shareArn" },
        },
        privateDns: [],
      },
    },
  ],
};

function reviewed(id: string, title: string, call: string, seconds: [number, number], billed: Billed | null): ReviewStep {
  return {
    id,
    title,
    result: `${title.replace(/^Create the/, "A")} named orders-postgres.`,
    call,
    request: JSON.stringify({ name: "orders-postgres" }, null, 2),
    cli: `aws ${call.replace(":", " ")} --name orders-postgres`,
    rights: [call],
    waitsFor: "ACTIVE",
    usualSeconds: seconds,
    undo: "It is deleted.",
    billed,
  };
}

export const review: ReviewStep[] = [
  reviewed("gateway", "Create the resource gateway", "vpc-lattice:CreateResourceGateway", [60, 300], "byData"),
  reviewed("configuration", "Create the resource configuration", "vpc-lattice:CreateResourceConfiguration", [20, 90], null),
  reviewed("share", "Create the resource share", "ram:CreateResourceShare", [10, 60], null),
  reviewed("endpoint", "Create the reverse private endpoint", "clickPipeReversePrivateEndpointCreate", [60, 600], null),
];

export const policy: Policy = {
  document: JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        { Sid: "DiscoverDatabases", Effect: "Allow", Action: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"], Resource: "*" },
        { Sid: "DiscoverPrices", Effect: "Allow", Action: ["pricing:GetProducts"], Resource: "*" },
        { Sid: "ApplyGateway", Effect: "Allow", Action: ["vpc-lattice:CreateResourceGateway"], Resource: "*" },
        { Sid: "UndoGateway", Effect: "Allow", Action: ["vpc-lattice:DeleteResourceGateway"], Resource: "*" },
      ],
    },
    null,
    2,
  ),
  parts: [
    {
      sid: "DiscoverDatabases",
      purpose: "discover",
      why: "To list the databases of the region and look at the one chosen.",
      actions: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
      optional: false,
    },
    {
      sid: "DiscoverPrices",
      purpose: "discover",
      why: "To show AWS's price of what it bills.",
      actions: ["pricing:GetProducts"],
      optional: true,
    },
    {
      sid: "ApplyGateway",
      purpose: "apply",
      why: "To create the resource gateway.",
      actions: ["vpc-lattice:CreateResourceGateway"],
      optional: false,
    },
    {
      sid: "UndoGateway",
      purpose: "undo",
      why: "To delete the resource gateway that the run made.",
      actions: ["vpc-lattice:DeleteResourceGateway"],
      optional: false,
    },
  ],
};

/** Made up: no price is written into the product. */
export const prices: Price[] = [
  {
    of: "gatewayId",
    usd: "0.0700000000",
    unit: "GB",
    description: "$0.07 per GB for the first 1,024 TB (made up)",
    effectiveFrom: "2026-11-01T00:00:00Z",
  },
  {
    of: "gatewayId",
    usd: "0.0500000000",
    unit: "GB",
    description: "$0.05 per GB over 1,024 TB (made up)",
    effectiveFrom: "2026-11-01T00:00:00Z",
  },
];

export const topology: Topology = {
  nodes: [
    { id: "source", lane: "account", title: "Aurora PostgreSQL cluster", name: "orders-postgres", resourceId: ARN, step: null, host: null },
    { id: "gateway", lane: "added", title: "Resource gateway", name: "orders-postgres-gateway", resourceId: null, step: "gateway", host: null },
    {
      id: "configuration",
      lane: "added",
      title: "Resource configuration",
      name: "orders-postgres",
      resourceId: null,
      step: "configuration",
      host: null,
    },
    { id: "share", lane: "added", title: "Resource share", name: "orders-postgres-clickpipes", resourceId: null, step: "share", host: null },
    { id: "endpoint", lane: "clickHouse", title: "Reverse private endpoint", name: "orders-postgres", resourceId: null, step: "endpoint", host: null },
    { id: "service", lane: "clickHouse", title: "ClickHouse service", name: "orders-analytics", resourceId: null, step: null, host: null },
  ],
  edges: [
    { from: "gateway", to: "source", label: "TCP 5432" },
    { from: "configuration", to: "gateway", label: null },
    { from: "share", to: "configuration", label: null },
    { from: "endpoint", to: "share", label: null },
    { from: "service", to: "endpoint", label: null },
  ],
};

export const reviewPage: ReviewPage = { plan, steps: review, topology, policy };

const DNS = `vpce-0a1b2c3d4e5f60718-4tqz81xw.rcfg-${hex("orders", 17)}.4232ccc.vpc-lattice-rsc.us-east-1.on.aws`;

export const sheet: ConnectSheet = {
  dnsNames: [DNS],
  privateNames: [],
  brokers: null,
  schemaRegistry: null,
  txtRecord: null,
  port: 5432,
  connectionString: `postgresql://USER:PASSWORD@${DNS}:5432/DATABASE`,
  tlsHost: TLS_HOST,
  paste: null,
  next: ["Create a Postgres CDC ClickPipe in orders-analytics.", "Enter the DNS name as host and the TLS host beside it."],
  stays: [
    { what: "Resource gateway", id: "rgw-0f1e2d3c4b5a69788", billed: "byData" },
    { what: "Resource configuration", id: "rcfg-0a9b8c7d6e5f41302", billed: null },
  ],
};

export const RUN = "0199c1aa-5d10-7c3e-9a44-2b7f1e6d8c05";

export function run(over: Partial<Run> = {}): Run {
  return {
    id: RUN,
    account: sandboxAccount.account,
    identity: sandboxAccount.identity,
    plan,
    accepted: [],
    state: { state: "running" },
    beganAt: hours(-0.1),
    endedAt: null,
    cancelling: false,
    undoAlso: [],
    steps: [
      {
        id: "gateway",
        state: { state: "done" },
        beganAt: hours(-0.1),
        endedAt: hours(-0.05),
        adopted: false,
        mayBeLeft: false,
        outputs: { gatewayId: ["rgw-0f1e2d3c4b5a69788"] },
      },
      {
        id: "configuration",
        state: { state: "waiting", seen: "CREATE_IN_PROGRESS", turn: "aws" },
        beganAt: hours(-0.05),
        endedAt: null,
        adopted: false,
        mayBeLeft: false,
        outputs: { configurationId: ["rcfg-0a9b8c7d6e5f41302"] },
      },
      { id: "share", state: { state: "pending" }, beganAt: null, endedAt: null, adopted: false, mayBeLeft: false, outputs: {} },
      { id: "endpoint", state: { state: "pending" }, beganAt: null, endedAt: null, adopted: false, mayBeLeft: false, outputs: {} },
    ],
    log: [
      { at: hours(-0.1), step: "gateway", text: "CreateResourceGateway answered: rgw-0f1e2d3c4b5a69788" },
      { at: hours(-0.05), step: "gateway", text: "The gateway is ACTIVE" },
    ],
    ...over,
  };
}

export function runPage(over: Partial<RunPage> = {}): RunPage {
  return { run: run(), review, topology, sheet, now: NOW, clockSpeed: 60, ...over };
}

/** The answers of the wizard's and the runs' commands. */
export function setupAnswers() {
  return {
    sources: async () => sources,
    existingEndpoint: async () => null,
    advise,
    network: async () => network,
    mskCluster: async () => mskPage,
    loadBalancing: async () => balancingPage,
    validate: async () => [],
    checks: async () => ({ checks: [passedCheck], existing: null }),
    review: async () => reviewPage,
    prices: async () => prices,
    startRun: async () => RUN,
    runs: async () => [run()],
    runPage: async () => runPage(),
    continueRun: async () => null,
    cancelRun: async () => null,
    undoRun: async () => null,
    leaveRun: async () => null,
    sendAgain: async () => null,
  } satisfies Partial<CommandClient>;
}
