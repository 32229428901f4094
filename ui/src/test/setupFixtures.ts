// Values for the wizard and the runs: the private cluster orders-postgres, made reachable through a VPC resource.
import type {
  Check,
  ConnectSheet,
  NetworkPage,
  Plan,
  ReviewStep,
  Run,
  RunPage,
  Source,
  SourcesPage,
  SubnetRow,
  Topology,
} from "../ipc/bindings";
import type { CommandClient } from "../ipc/client";
import { coldArchive, hex, hours, NOW, ordersAnalytics, sandboxAccount, service, webEvents } from "./fixtures";

const ARN = "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres";
const VPC = "vpc-0e79ac9aca8d7f7d3";
const TLS_HOST = "orders-postgres.cluster-cx7k2m9qp4ab.us-east-1.rds.amazonaws.com";

function source(name: string, over: Partial<Source> = {}): Source {
  return {
    arn: `arn:aws:rds:us-east-1:111122223333:db:${name}`,
    name,
    what: "RDS for MySQL instance",
    engine: "mysql",
    status: "available",
    vpcId: VPC,
    port: 3306,
    path: "vpcResource",
    eligible: true,
    reason: "Private, in one VPC: a VPC resource reaches it by its ARN.",
    ...over,
  };
}

export const sources: SourcesPage = {
  sources: [
    source("orders-postgres", { arn: ARN, what: "Aurora PostgreSQL cluster", engine: "postgres", port: 5432 }),
    source("inventory-mysql"),
    source("storefront-postgres", {
      arn: "arn:aws:rds:us-east-1:111122223333:cluster:storefront-postgres",
      what: "Aurora PostgreSQL cluster",
      engine: "postgres",
      port: 5432,
      eligible: false,
      reason: "It has a public address: make it private, or use the IP allow list.",
    }),
    source("events-msk", {
      arn: "arn:aws:kafka:us-east-1:111122223333:cluster/events-msk/5f0c-1",
      what: "MSK cluster",
      engine: null,
      port: null,
      path: null,
      eligible: false,
      reason: "MSK multi-VPC connectivity is not part of this version.",
    }),
  ],
  unread: [],
  services: {
    state: "known",
    value: [
      {
        service: ordersAnalytics,
        clickpipesRegion: { state: "region", region: "us-east-1", why: "Services in us-east-1 use it." },
      },
      {
        service: webEvents,
        clickpipesRegion: {
          state: "region",
          region: "eu-central-1",
          why: "Services in eu-west-1 made before 20 January 2026 use it.",
        },
      },
      {
        service: coldArchive,
        clickpipesRegion: { state: "region", region: "us-east-1", why: "Services in us-east-1 use it." },
      },
      {
        service: service("ads-gcp", { provider: "gcp", region: "us-central1" }),
        clickpipesRegion: { state: "notOnAws", provider: "gcp" },
      },
    ],
  },
};

function subnet(name: string, zone: string, cidr: string, over: Partial<SubnetRow> = {}): SubnetRow {
  return {
    subnet: {
      id: `subnet-${hex(name, 17)}`,
      name,
      vpcId: VPC,
      cidr,
      availabilityZone: "us-east-1a",
      availabilityZoneId: zone,
      availableAddresses: 243,
      ownerId: "111122223333",
      state: "available",
    },
    freeBlocks: { state: "counted", count: 12 },
    sourceZone: true,
    verdict: "passed",
    reason: "12 free /28 blocks.",
    ...over,
  };
}

const first = subnet("prod-data-1a", "use1-az4", "10.20.1.0/24");
const second = subnet("prod-data-1b", "use1-az6", "10.20.2.0/24");
const GROUP = "sg-0c3e5a1b7d9f2468a";

export const network: NetworkPage = {
  vpcId: VPC,
  vpcName: "prod",
  subnets: [
    first,
    second,
    subnet("prod-tiny-1c", "use1-az1", "10.20.4.64/27", {
      freeBlocks: { state: "counted", count: 0 },
      verdict: "failure",
      sourceZone: false,
      reason: "No free /28 block: the gateway and the endpoint need one each.",
    }),
  ],
  securityGroups: [
    {
      group: {
        id: GROUP,
        name: "clickpipes-gateway",
        description: "Resource gateways for ClickPipes",
        vpcId: VPC,
        rules: [
          {
            id: "sgr-0a1b2c3d4e5f60718",
            egress: true,
            protocol: "-1",
            fromPort: null,
            toPort: null,
            peer: { kind: "ipv4", value: "0.0.0.0/0" },
          },
        ],
      },
      verdict: "passed",
      reason: "orders-db lets it in on port 5432.",
      decidingRules: ["sgr-0a1b2c3d4e5f60718"],
    },
    {
      group: { id: "sg-0d4f6b2c8e0a1357b", name: "locked-down", description: "No way out", vpcId: VPC, rules: [] },
      verdict: "failure",
      reason: "It lets nothing out, so the gateway would not reach port 5432.",
      decidingRules: [],
    },
  ],
  defaultSubnetIds: [first.subnet.id, second.subnet.id],
  defaultSecurityGroupIds: [GROUP],
  names: {
    gateway: "orders-postgres-gateway",
    configuration: "orders-postgres",
    share: "orders-postgres-clickpipes",
    description: "orders-postgres",
  },
  unread: [],
};

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
  source: { arn: ARN, name: "orders-postgres", engine: "postgres", port: 5432, tlsHost: TLS_HOST, vpcId: VPC },
  steps: [
    {
      id: "gateway",
      action: {
        action: "createResourceGateway",
        name: "orders-postgres-gateway",
        vpcId: VPC,
        subnetIds: network.defaultSubnetIds,
        securityGroupIds: [GROUP],
      },
    },
    {
      id: "configuration",
      action: {
        action: "createResourceConfiguration",
        name: "orders-postgres",
        gateway: { from: "output", step: "gateway", name: "gatewayId" },
        databaseArn: ARN,
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
        configuration: { from: "output", step: "configuration", name: "configurationId" },
        share: { from: "output", step: "share", name: "shareArn" },
      },
    },
  ],
};

function reviewed(id: string, title: string, call: string, seconds: [number, number], billedHourly: boolean): ReviewStep {
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
    billedHourly,
  };
}

export const review: ReviewStep[] = [
  reviewed("gateway", "Create the resource gateway", "vpc-lattice:CreateResourceGateway", [60, 300], false),
  reviewed("configuration", "Create the resource configuration", "vpc-lattice:CreateResourceConfiguration", [20, 90], true),
  reviewed("share", "Create the resource share", "ram:CreateResourceShare", [10, 60], false),
  reviewed("endpoint", "Create the reverse private endpoint", "clickPipeReversePrivateEndpointCreate", [60, 600], false),
];

export const topology: Topology = {
  nodes: [
    { id: "source", lane: "account", title: "Aurora PostgreSQL cluster", name: "orders-postgres", resourceId: ARN, step: null },
    { id: "gateway", lane: "added", title: "Resource gateway", name: "orders-postgres-gateway", resourceId: null, step: "gateway" },
    {
      id: "configuration",
      lane: "added",
      title: "Resource configuration",
      name: "orders-postgres",
      resourceId: null,
      step: "configuration",
    },
    { id: "share", lane: "added", title: "Resource share", name: "orders-postgres-clickpipes", resourceId: null, step: "share" },
    { id: "endpoint", lane: "clickHouse", title: "Reverse private endpoint", name: "orders-postgres", resourceId: null, step: "endpoint" },
    { id: "service", lane: "clickHouse", title: "ClickHouse service", name: "orders-analytics", resourceId: null, step: null },
  ],
  edges: [
    { from: "gateway", to: "source", label: "TCP 5432" },
    { from: "configuration", to: "gateway", label: null },
    { from: "share", to: "configuration", label: null },
    { from: "endpoint", to: "share", label: null },
    { from: "service", to: "endpoint", label: null },
  ],
};

const DNS = `vpce-0a1b2c3d4e5f60718-4tqz81xw.rcfg-${hex("orders", 17)}.4232ccc.vpc-lattice-rsc.us-east-1.on.aws`;

export const sheet: ConnectSheet = {
  dnsNames: [DNS],
  port: 5432,
  connectionString: `postgresql://USER:PASSWORD@${DNS}:5432/DATABASE`,
  tlsHost: TLS_HOST,
  paste: null,
  next: ["Create a Postgres CDC ClickPipe in orders-analytics.", "Enter the DNS name as host and the TLS host beside it."],
  stays: [
    { what: "Resource gateway", id: "rgw-0f1e2d3c4b5a69788", billedHourly: false },
    { what: "Resource configuration", id: "rcfg-0a9b8c7d6e5f41302", billedHourly: true },
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
    steps: [
      {
        id: "gateway",
        state: { state: "done" },
        beganAt: hours(-0.1),
        endedAt: hours(-0.05),
        adopted: false,
        outputs: { gatewayId: ["rgw-0f1e2d3c4b5a69788"] },
      },
      {
        id: "configuration",
        state: { state: "waiting", seen: "CREATE_IN_PROGRESS", turn: "aws" },
        beganAt: hours(-0.05),
        endedAt: null,
        adopted: false,
        outputs: { configurationId: ["rcfg-0a9b8c7d6e5f41302"] },
      },
      { id: "share", state: { state: "pending" }, beganAt: null, endedAt: null, adopted: false, outputs: {} },
      { id: "endpoint", state: { state: "pending" }, beganAt: null, endedAt: null, adopted: false, outputs: {} },
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
    network: async () => network,
    validate: async () => [],
    checks: async () => ({ checks: [passedCheck], existing: null }),
    review: async () => ({ plan, steps: review, topology }),
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
