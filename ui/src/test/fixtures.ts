// Realistic values for the tests and the preview: one account, one organization, a board with every status.
import type {
  AccountPicker,
  AccountView,
  Board,
  BoardRow,
  ClickPipe,
  DeletionWindow,
  EndpointKind,
  EndpointStatus,
  Profile,
  ReversePrivateEndpoint,
  Service,
  SettingsPage,
  Turn,
} from "../ipc/bindings";

export const NOW = "2026-11-23T09:00:00Z";

/** A moment so many hours from {@link NOW}. */
export function hours(away: number): string {
  return new Date(Date.parse(NOW) + away * 3_600_000).toISOString();
}

export const organization = { id: "8c1f5d2e-6b3a-4d70-9f84-a1b2c3d4e5f6", name: "Example Retail" };

export const sandboxAccount: AccountView = {
  account: { kind: "sandbox" },
  identity: {
    accountId: "111122223333",
    arn: "arn:aws:sts::111122223333:assumed-role/CloudAdmin/admin",
    partition: "aws",
    region: "us-east-1",
    endpointOverride: "http://127.0.0.1:40213",
  },
  key: { state: "sandbox" },
  organization,
};

export const profileAccount: AccountView = {
  account: { kind: "profile", name: "production", region: "eu-central-1" },
  identity: {
    accountId: "444455556666",
    arn: "arn:aws:sts::444455556666:assumed-role/NetworkAdmin/admin",
    partition: "aws",
    region: "eu-central-1",
    endpointOverride: null,
  },
  key: { state: "missing" },
  organization: null,
};

export const profiles: Profile[] = [
  {
    name: "production",
    kind: "sso",
    region: "eu-central-1",
    accountId: "444455556666",
    role: "NetworkAdmin",
    problem: null,
  },
  { name: "staging", kind: "keys", region: null, accountId: null, role: null, problem: null },
  {
    name: "audit",
    kind: "roleMfa",
    region: "us-east-1",
    accountId: "777788889999",
    role: "arn:aws:iam::777788889999:role/Auditor",
    problem: { code: "profileUnsupported", profile: "audit", kind: "mfa_serial" },
  },
];

export const noAccount: AccountPicker = { profiles, problem: null, current: null, last: null };

export const settingsPage: SettingsPage = {
  key: { state: "sandbox" },
  theme: "system",
  version: "0.1.0",
  dataFolder: "/home/admin/.local/share/app.pipelink.desktop",
  logFolder: "/home/admin/.local/share/app.pipelink.desktop/logs",
};

export function service(name: string, over: Partial<Service> = {}): Service {
  return {
    id: `d3b1f0a4-5c2e-4a7b-9e61-${hex(name, 12)}`,
    organizationId: organization.id,
    name,
    provider: "aws",
    region: "us-east-1",
    state: "running",
    createdAt: "2025-02-11T10:04:31Z",
    ...over,
  };
}

export const ordersAnalytics = service("orders-analytics");
export const webEvents = service("web-events", { region: "eu-west-1" });
export const coldArchive = service("cold-archive", { state: "idle" });

export function endpoint(name: string, over: Partial<ReversePrivateEndpoint> = {}): ReversePrivateEndpoint {
  const vpce = `vpce-${hex(name, 17)}`;
  const configuration = `rcfg-${hex(`${name} configuration`, 17)}`;
  return {
    id: `5a1d7c3e-0b2f-4c68-8d94-${hex(name, 12)}`,
    serviceId: ordersAnalytics.id,
    description: name,
    kind: { kind: "vpcResource" },
    status: { status: "ready" },
    endpointId: vpce,
    dnsNames: [`${vpce}-4tqz81xw.${configuration}.4232ccc.vpc-lattice-rsc.us-east-1.on.aws`],
    privateDnsNames: [],
    resourceConfigurationId: configuration,
    resourceShareArn: `arn:aws:ram:us-east-1:111122223333:resource-share/9e2f6a10-77c4-4f0b-9d35-${hex(name, 12)}`,
    endpointServiceName: null,
    mskClusterArn: null,
    mskAuthentication: null,
    customPrivateDnsNames: [],
    ...over,
  };
}

/** The turn that goes with a status, as Rust decides it. */
const TURNS: Record<EndpointStatus["status"], Turn> = {
  provisioning: "clickHouse",
  ready: "nobody",
  pendingAcceptance: "you",
  rejected: "you",
  failed: "you",
  expired: "clickHouse",
  deleting: "clickHouse",
  unknown: "notKnown",
  other: "notKnown",
};

/** What an endpoint of another kind than VPC resource was made from. */
function inputs(kind: EndpointKind | undefined, name: string): Partial<ReversePrivateEndpoint> {
  const none = { resourceConfigurationId: null, resourceShareArn: null };
  switch (kind?.kind) {
    case "vpcEndpointService":
      return { ...none, endpointServiceName: `com.amazonaws.vpce.us-east-1.vpce-svc-${hex(name, 17)}` };
    case "mskMultiVpc":
      return { ...none, mskClusterArn: `arn:aws:kafka:eu-west-1:111122223333:cluster/${name}/${hex(name, 8)}-7`, mskAuthentication: "SASL_IAM" };
    default:
      return {};
  }
}

export interface RowSeed {
  status?: EndpointStatus;
  kind?: EndpointKind;
  service?: Service;
  deletion?: DeletionWindow | null;
  pipes?: ClickPipe[] | null;
  since?: string;
  seenAt?: string;
  run?: string | null;
  port?: number | null;
  dnsNames?: string[];
}

export function row(name: string, seed: RowSeed = {}): BoardRow {
  const status = seed.status ?? { status: "ready" };
  const at = seed.service ?? ordersAnalytics;
  const waiting = status.status !== "ready";
  return {
    endpoint: endpoint(name, {
      status,
      kind: seed.kind ?? { kind: "vpcResource" },
      serviceId: at.id,
      ...(waiting ? { dnsNames: [] } : {}),
      ...inputs(seed.kind, name),
      ...(seed.dnsNames ? { dnsNames: seed.dnsNames } : {}),
    }),
    service: at,
    turn: TURNS[status.status],
    deletion: seed.deletion ?? null,
    pipes: seed.pipes === undefined ? [] : seed.pipes,
    since: seed.since ?? hours(-72),
    seenAt: seed.seenAt ?? hours(-0.01),
    run: seed.run ?? null,
    port: seed.port ?? null,
  };
}

export function pipe(name: string, state = "Running"): ClickPipe {
  return { id: `4f0a1b2c-3d4e-4f5a-8b6c-${hex(name, 12)}`, name, state, endpointIds: [], hosts: [] };
}

export const pendingRow = row("orders-postgres", {
  status: { status: "pendingAcceptance" },
  kind: { kind: "vpcEndpointService" },
  since: hours(-15),
  deletion: { earliest: hours(5.1), latest: hours(9.3), graceHours: 24 },
});

export const failedRow = row("clickstream-kafka", {
  status: { status: "failed" },
  kind: { kind: "mskMultiVpc" },
  service: webEvents,
  since: hours(-30),
  deletion: { earliest: null, latest: hours(138), graceHours: 168 },
  pipes: null,
});

export const readyRow = row("inventory-postgres", {
  pipes: [pipe("inventory CDC"), pipe("inventory history", "Paused")],
  port: 5432,
  run: "0199c1aa-5d10-7c3e-9a44-2b7f1e6d8c05",
});

export function board(over: Partial<Board> = {}): Board {
  return {
    now: NOW,
    clockSpeed: 60,
    rows: [
      pendingRow,
      failedRow,
      readyRow,
      row("billing-mysql", { status: { status: "provisioning" }, since: hours(-0.05), port: 3306 }),
      row("legacy-crm", {
        status: { status: "expired" },
        since: hours(-1),
        deletion: { earliest: null, latest: hours(-1), graceHours: 0 },
      }),
    ],
    unread: [],
    shares: [],
    problem: null,
    sweptAt: hours(-0.01),
    ...over,
  };
}

/** The same letters for the same name: IDs that look like AWS's and stay the same from run to run. */
export function hex(seed: string, length: number): string {
  let state = 2_166_136_261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  let out = "";
  while (out.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out += state.toString(16).padStart(8, "0");
  }
  return out.slice(0, length);
}
