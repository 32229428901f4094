// The commands and types of the Rust side, in the shape that tauri-specta writes them.
import { invoke as __TAURI_INVOKE } from "@tauri-apps/api/core";

type Outcome<T> = Promise<{ status: "ok"; data: T } | { status: "error"; error: Problem }>;

async function typedError<T>(result: Promise<T>): Outcome<T> {
  try {
    return { status: "ok", data: await result };
  } catch (e) {
    if (e instanceof Error) throw e;
    return { status: "error", error: e as Problem };
  }
}

/** Commands */
export const commands = {
  accountPicker: () => typedError<AccountPicker>(__TAURI_INVOKE("account_picker")),
  accountRegions: (account: AccountRef) => typedError<string[]>(__TAURI_INVOKE("account_regions", { account })),
  selectAccount: (account: AccountRef) => typedError<AccountView>(__TAURI_INVOKE("select_account", { account })),
  explain: (problem: Problem) => typedError<Explanation>(__TAURI_INVOKE("explain", { problem })),
  board: () => typedError<Board>(__TAURI_INVOKE("board")),
  refreshBoard: () => typedError<Board>(__TAURI_INVOKE("refresh_board")),
  wakeService: (organizationId: string, serviceId: string) =>
    typedError<null>(__TAURI_INVOKE("wake_service", { organizationId, serviceId })),
  runs: () => typedError<Run[]>(__TAURI_INVOKE("runs")),
  runPage: (run: RunId) => typedError<RunPage>(__TAURI_INVOKE("run_page", { run })),
  continueRun: (run: RunId) => typedError<null>(__TAURI_INVOKE("continue_run", { run })),
  cancelRun: (run: RunId) => typedError<null>(__TAURI_INVOKE("cancel_run", { run })),
  undoRun: (run: RunId) => typedError<null>(__TAURI_INVOKE("undo_run", { run })),
  leaveRun: (run: RunId) => typedError<null>(__TAURI_INVOKE("leave_run", { run })),
  sendAgain: (run: RunId, step: StepId) => typedError<null>(__TAURI_INVOKE("send_again", { run, step })),
  settings: () => typedError<SettingsPage>(__TAURI_INVOKE("settings")),
  testKey: (key: TypedKey | null) => typedError<Organization>(__TAURI_INVOKE("test_key", { key })),
  saveKey: (key: TypedKey, keep: KeepKey) => typedError<AccountView>(__TAURI_INVOKE("save_key", { key, keep })),
  forgetKey: () => typedError<AccountView>(__TAURI_INVOKE("forget_key")),
  setTheme: (theme: Theme) => typedError<null>(__TAURI_INVOKE("set_theme", { theme })),
  sources: () => typedError<SourcesPage>(__TAURI_INVOKE("sources")),
  network: (sourceArn: string) => typedError<NetworkPage>(__TAURI_INVOKE("network", { sourceArn })),
  validate: (choices: Choices) => typedError<FieldError[]>(__TAURI_INVOKE("validate", { choices })),
  checks: (choices: Choices) => typedError<ChecksPage>(__TAURI_INVOKE("checks", { choices })),
  review: (choices: Choices) => typedError<ReviewPage>(__TAURI_INVOKE("review", { choices })),
  startRun: (choices: Choices, accepted: CheckId[]) =>
    typedError<RunId>(__TAURI_INVOKE("start_run", { choices, accepted })),
};

/* Types */
export type AccountPicker = {
  profiles: Profile[];
  problem: Problem | null;
  current: AccountView | null;
  last: AccountRef | null;
};
export type AccountRef = { kind: "sandbox" } | { kind: "profile"; name: string; region: string };
export type AccountView = { account: AccountRef; identity: Identity; key: KeyState; organization: Organization | null };
export type Action =
  | {
      action: "createResourceGateway";
      name: string;
      vpcId: string;
      subnetIds: string[];
      securityGroupIds: string[];
    }
  | { action: "createResourceConfiguration"; name: string; gateway: Input; databaseArn: string }
  | { action: "createResourceShare"; name: string; resource: Input; principal: string }
  | {
      action: "createReversePrivateEndpoint";
      organizationId: string;
      serviceId: string;
      description: string;
      configuration: Input;
      share: Input;
    }
  | { action: "awaitShareAcceptance"; configuration: Input; share: Input; principal: string };
export type Board = {
  now: string;
  clockSpeed: number | null;
  rows: BoardRow[];
  unread: UnreadService[];
  shares: WatchedShare[];
  problem: Problem | null;
  sweptAt: string | null;
};
export type BoardRow = {
  endpoint: ReversePrivateEndpoint;
  service: Service;
  turn: Turn;
  deletion: DeletionWindow | null;
  pipes: ClickPipe[] | null;
  since: string;
  seenAt: string;
  run: RunId | null;
  port: number | null;
};
export type Changed = { what: ChangedPart };
export type ChangedPart = "journal" | "account";
export type Check = {
  id: CheckId;
  verdict: Verdict;
  headline: string;
  evidence: string[];
  why: string;
  remedy: Remedy | null;
};
export type CheckId =
  | "clickPipesRegion"
  | "partition"
  | "notPublic"
  | "databaseAvailable"
  | "sameVpc"
  | "freeBlocks"
  | "subnetSize"
  | "zoneSpread"
  | "securityGroupPath"
  | "names"
  | "existingEndpoint"
  | "serviceAwake";
export type ChecksPage = { checks: Check[]; existing: ReversePrivateEndpoint | null };
export type Choices = {
  sourceArn: string;
  service: ServiceChoice;
  subnetIds: string[];
  securityGroupIds: string[];
  gatewayName: string;
  configurationName: string;
  shareName: string;
  description: string;
};
export type ClickPipe = { id: string; name: string; state: string; endpointIds: string[]; hosts: string[] };
export type ClickPipesRegion =
  | { state: "region"; region: string; why: string }
  | { state: "notOnAws"; provider: string }
  | { state: "dependsOnDate"; since: string; fromThenOn: string; before: string };
export type ConnectSheet = {
  dnsNames: string[];
  port: number;
  connectionString: string | null;
  tlsHost: string | null;
  paste: PasteValues | null;
  next: string[];
  stays: Stays[];
};
export type DeletionWindow = { earliest: string | null; latest: string; graceHours: number };
export type Edge = { from: string; to: string; label: string | null };
export type EndpointKind =
  | { kind: "vpcResource" }
  | { kind: "mskMultiVpc" }
  | { kind: "vpcEndpointService" }
  | { kind: "other"; name: string };
export type EndpointStatus =
  | { status: "provisioning" }
  | { status: "ready" }
  | { status: "pendingAcceptance" }
  | { status: "rejected" }
  | { status: "failed" }
  | { status: "expired" }
  | { status: "deleting" }
  | { status: "unknown" }
  | { status: "other"; name: string };
export type Engine = "postgres" | "mysql";
export type Explanation = { headline: string; why: string; remedy: Remedy; raw: string | null };
export type Field =
  | "source"
  | "serviceRegion"
  | "createdOn"
  | "service"
  | "subnets"
  | "securityGroups"
  | "gatewayName"
  | "configurationName"
  | "shareName"
  | "description";
export type FieldError = { field: Field; rule: string };
export type FreeBlocks =
  | { state: "counted"; count: number }
  | { state: "unaligned" }
  | { state: "notKnown"; reason: string };
export type Identity = {
  accountId: string;
  arn: string;
  partition: string;
  region: string;
  endpointOverride: string | null;
};
export type Input = { from: "literal"; value: string } | { from: "output"; step: StepId; name: OutputName };
export type KeepKey = "keyring" | "memory";
export type KeyState =
  | { state: "missing" }
  | { state: "sandbox" }
  | { state: "keyring"; keyId: string }
  | { state: "memory"; keyId: string }
  | { state: "keyringUnavailable"; message: string };
export type Lane = "account" | "added" | "clickHouse";
export type LogLine = { at: string; step: StepId | null; text: string };
export type Names = { gateway: string; configuration: string; share: string; description: string };
export type NetworkPage = {
  vpcId: string;
  vpcName: string | null;
  subnets: SubnetRow[];
  securityGroups: SecurityGroupRow[];
  defaultSubnetIds: string[];
  defaultSecurityGroupIds: string[];
  names: Names;
  unread: Problem[];
};
export type Node = {
  id: string;
  lane: Lane;
  title: string;
  name: string | null;
  resourceId: string | null;
  step: StepId | null;
};
export type Observed<T> = { state: "known"; value: T } | { state: "unknown"; problem: Problem };
export type Organization = { id: string; name: string };
export type OutputName =
  | "gatewayId"
  | "configurationId"
  | "configurationArn"
  | "shareArn"
  | "endpointId"
  | "vpcEndpointId"
  | "dnsNames";
export type Outputs = { [key in OutputName]?: string[] };
export type Party = "aws" | "clickHouse" | "computer";
export type PasteValues = { configurationId: string | null; shareArn: string | null };
export type PathKind = "vpcResource" | "mskMultiVpc" | "endpointService";
export type Plan = { path: PathKind; accountId: string; region: string; source: SourceRef; steps: Step[] };
export type Problem =
  | { code: "notAsked"; reason: string }
  | { code: "profileMissing"; profile: string }
  | { code: "profileUnsupported"; profile: string; kind: string }
  | { code: "credentialsUnavailable"; profile: string; message: string }
  | { code: "credentialsExpired"; profile: string }
  | { code: "accessDenied"; action: string; message: string }
  | { code: "throttled"; party: Party; operation: string }
  | { code: "quotaExceeded"; operation: string; message: string }
  | { code: "unreachable"; party: Party; operation: string; message: string }
  | { code: "serverError"; party: Party; operation: string; message: string }
  | { code: "malformed"; party: Party; operation: string; message: string }
  | { code: "refused"; party: Party; operation: string; message: string }
  | { code: "conflict"; operation: string; message: string }
  | { code: "notFound"; party: Party; operation: string; message: string }
  | { code: "keyRejected" }
  | { code: "keyForbidden"; operation: string; message: string }
  | { code: "keyMissing" }
  | { code: "serviceIdle"; serviceId: string; message: string }
  | { code: "outcomeUnknown"; operation: string }
  | { code: "endedIn"; resource: string; state: string; reason: string | null }
  | { code: "stillWaiting"; resource: string; state: string }
  | { code: "cancelled" }
  | { code: "interrupted" }
  | { code: "wrongAccount"; expected: string; found: string }
  | { code: "journalUnwritable"; path: string; message: string }
  | { code: "journalDamaged"; path: string; message: string }
  | { code: "journalNewer"; path: string; found: number; known: number }
  | { code: "heldElsewhere" }
  | { code: "keyringUnavailable"; message: string }
  | { code: "internal"; message: string };
export type Profile = {
  name: string;
  kind: ProfileKind;
  region: string | null;
  accountId: string | null;
  role: string | null;
  problem: Problem | null;
};
export type ProfileKind =
  | "keys"
  | "sso"
  | "ssoLegacy"
  | "role"
  | "roleMfa"
  | "process"
  | "webIdentity"
  | "login"
  | "nothing";
export type Remedy = { text: string; command: string | null; button: RemedyButton | null };
export type RemedyButton = "retry" | "chooseAccount" | "openSettings" | "wakeService" | "openRuns";
export type ReversePrivateEndpoint = {
  id: string;
  serviceId: string;
  description: string;
  kind: EndpointKind;
  status: EndpointStatus;
  endpointId: string | null;
  dnsNames: string[];
  privateDnsNames: string[];
  resourceConfigurationId: string | null;
  resourceShareArn: string | null;
  endpointServiceName: string | null;
  mskClusterArn: string | null;
};
export type ReviewPage = { plan: Plan; steps: ReviewStep[]; topology: Topology };
export type ReviewStep = {
  id: StepId;
  title: string;
  result: string;
  call: string;
  request: string;
  cli: string;
  rights: string[];
  waitsFor: string;
  usualSeconds: [number, number];
  undo: string | null;
  billedHourly: boolean;
};
export type RulePeer =
  | { kind: "ipv4"; value: string }
  | { kind: "ipv6"; value: string }
  | { kind: "group"; value: string }
  | { kind: "prefixList"; value: string };
export type Run = {
  id: RunId;
  account: AccountRef;
  identity: Identity;
  plan: Plan;
  accepted: CheckId[];
  state: RunState;
  beganAt: string;
  endedAt: string | null;
  cancelling: boolean;
  steps: RunStep[];
  log: LogLine[];
};
export type RunId = string;
export type RunPage = {
  run: Run;
  review: ReviewStep[];
  topology: Topology;
  sheet: ConnectSheet;
  now: string;
  clockSpeed: number | null;
};
export type RunState =
  | { state: "running" }
  | { state: "stopped"; problem: Problem }
  | { state: "done" }
  | { state: "undoing" }
  | { state: "undoStopped"; problem: Problem }
  | { state: "undone" }
  | { state: "left" };
export type RunStep = {
  id: StepId;
  state: StepState;
  beganAt: string | null;
  endedAt: string | null;
  adopted: boolean;
  outputs: Outputs;
};
export type SecurityGroup = {
  id: string;
  name: string;
  description: string;
  vpcId: string;
  rules: SecurityGroupRule[];
};
export type SecurityGroupRow = {
  group: SecurityGroup;
  verdict: Verdict;
  reason: string;
  decidingRules: string[];
};
export type SecurityGroupRule = {
  id: string;
  egress: boolean;
  protocol: string;
  fromPort: number | null;
  toPort: number | null;
  peer: RulePeer;
};
export type Service = {
  id: string;
  organizationId: string;
  name: string;
  provider: string;
  region: string;
  state: string;
  createdAt: string | null;
};
export type ServiceChoice =
  | { by: "key"; organizationId: string; serviceId: string }
  | { by: "hand"; region: string; createdOn: string };
export type ServiceRow = { service: Service; clickpipesRegion: ClickPipesRegion };
export type SettingsPage = {
  key: KeyState | null;
  theme: Theme;
  version: string;
  dataFolder: string;
  logFolder: string;
};
export type Source = {
  arn: string;
  name: string;
  what: string;
  engine: Engine | null;
  status: string;
  vpcId: string | null;
  port: number | null;
  path: PathKind | null;
  eligible: boolean;
  reason: string;
};
export type SourceRef = {
  arn: string;
  name: string;
  engine: Engine;
  port: number;
  tlsHost: string | null;
  vpcId: string;
};
export type SourcesPage = { sources: Source[]; unread: Problem[]; services: Observed<ServiceRow[]> };
export type Stays = { what: string; id: string; billedHourly: boolean };
export type Step = { id: StepId; action: Action };
export type StepId = string;
export type StepState =
  | { state: "pending" }
  | { state: "sent" }
  | { state: "waiting"; seen: string; turn: Turn }
  | { state: "done" }
  | { state: "failed"; problem: Problem }
  | { state: "notKnown"; problem: Problem }
  | { state: "undoing" }
  | { state: "undone" };
export type Subnet = {
  id: string;
  name: string | null;
  vpcId: string;
  cidr: string | null;
  availabilityZone: string;
  availabilityZoneId: string;
  availableAddresses: number;
  ownerId: string;
  state: string;
};
export type SubnetRow = {
  subnet: Subnet;
  freeBlocks: FreeBlocks;
  sourceZone: boolean;
  verdict: Verdict;
  reason: string;
};
export type Theme = "system" | "light" | "dark";
export type Topology = { nodes: Node[]; edges: Edge[] };
export type Turn = "nobody" | "you" | "aws" | "clickHouse" | "notKnown";
export type TypedKey = { id: string; secret: string };
export type UnreadService = { service: Service; problem: Problem };
export type Verdict = "failure" | "warning" | "notKnown" | "passed";
export type WatchedShare = {
  run: RunId;
  source: string;
  shareArn: string;
  configurationId: string;
  principalStatus: string | null;
  madeAt: string;
};
