// What can be looked at in the preview besides the wizard: for each name the answers that differ from the fixtures, and
// the account in use. The first group of names fits every page; the others are states of one page.
import type { Profile, Removal, Run } from "../ipc/bindings";
import { breaking, gatewayGroups, GROUPS, partlyRead } from "./aftercareFixtures";
import { refuses, silent } from "./fakeClient";
import {
  board,
  coldArchive,
  failedRow,
  hours,
  noAccount,
  organization,
  pipe,
  profileAccount,
  profiles,
  readyRow,
  row,
  sandboxAccount,
  service,
  settingsPage,
  webEvents,
} from "./fixtures";
import { PATH_STATES } from "./previewPaths";
import type { PreviewState } from "./previewSetup";
import { byHand, byHandSheet, done, failed, groupRunPage, reusing, undoing, undone, unknown } from "./runFixtures";
import { exercises, operations, panel } from "./sandboxFixtures";
import { passedCheck, run, runPage, sheet, topology, warningCheck } from "./setupFixtures";

const LONG = "a-very-long-name-that-nobody-would-choose-but-that-the-api-allows-".repeat(4).slice(0, 200);
const MANY = 5000;

function many<T>(make: (index: number) => T): T[] {
  return Array.from({ length: MANY }, (_, index) => make(index));
}

const real = { ...profileAccount, key: { state: "keyring" as const, keyId: "Kq3vT9ZrYw1xLm5c" }, organization };

/** Of that account. */
const mine = { account: real.account, identity: real.identity };

const noNetwork = { code: "unreachable" as const, party: "aws" as const, operation: "GetCallerIdentity", message: "timed out" };
const noCloud = { ...noNetwork, party: "clickHouse" as const, operation: "clickPipeReversePrivateEndpointGetList" };
const noRight = (action: string) => ({ code: "accessDenied" as const, action, message: `not authorized to perform ${action}` });
const noPermission = {
  code: "keyForbidden" as const,
  operation: "clickPipeReversePrivateEndpointGetList",
  message: "403",
};

const unread = [
  { service: coldArchive, problem: { code: "serviceIdle" as const, serviceId: coldArchive.id, message: "424" } },
  { service: webEvents, problem: noPermission },
];

/** A run as a page, alone in the list. */
function showing(shown: Run, over: Partial<ReturnType<typeof runPage>> = {}): PreviewState {
  return { answers: { runs: async () => [shown], runPage: async () => runPage({ run: shown, ...over }) } };
}

function removing(removal: () => Promise<Removal>): PreviewState {
  const page = showing(done);
  return { ...page, answers: { ...page.answers, removal } };
}

const profile = (index: number): Profile => ({ ...(profiles[0] as Profile), name: `team-${index}` });

const longRun: Run = {
  ...done,
  ...mine,
  plan: {
    ...reusing.plan,
    source: { ...done.plan.source, name: LONG },
    uses: reusing.plan.uses.map((used) => ({ ...used, name: LONG })),
  },
  log: many((index) => ({ at: hours(index / 3600), step: "gateway", text: `${LONG} ${index}` })).slice(0, 200),
};

/** Made once, so that only what the page does with it takes time. */
const MANY_ROWS = board({
  rows: many((index) =>
    row(`endpoint-${index}`, {
      port: 5432,
      ...(index % 3 === 0
        ? {
            status: { status: "failed" },
            deletion: { earliest: hours(1 + index / 40), latest: hours(9 + index / 40), graceHours: 168 },
          }
        : {}),
    }),
  ),
  unread: many((index) => ({ service: service(`service-${index}`), problem: noPermission })),
});

/** Names that fit every page. */
const EVERYWHERE: Record<string, PreviewState> = {
  usual: {},
  real: { options: { current: real } },
  loading: {
    answers: {
      board: silent(),
      runs: silent(),
      runPage: silent(),
      settings: silent(),
      sandboxPanel: silent(),
      accountRegions: silent(),
      removal: silent(),
      gatewayGroups: silent(),
      endpointConnections: silent(),
      mskConnections: silent(),
    },
  },
  // What is remembered is shown while it is read again.
  reading: { answers: { refreshBoard: silent(), testKey: silent() } },
  empty: {
    answers: {
      accountPicker: async () => ({ ...noAccount, profiles: [], current: sandboxAccount }),
      board: async () => board({ rows: [] }),
      runs: async () => [],
      runPage: async () =>
        runPage({
          run: run({ steps: run().steps.map((step) => ({ ...step, state: { state: "pending" }, beganAt: null, outputs: {} })), log: [] }),
        }),
      sandboxPanel: async () => panel({ faults: [], operator: [], exercises: [] }),
    },
  },
  one: {
    answers: {
      accountPicker: async () => ({ ...noAccount, profiles: profiles.slice(0, 1), current: sandboxAccount }),
      board: async () => board({ rows: [failedRow] }),
      runs: async () => [done],
      runPage: async () => runPage({ run: done }),
      sandboxPanel: async () =>
        panel({ faults: panel().faults.slice(0, 1), operator: panel().operator.slice(0, 1), exercises: exercises.slice(0, 1) }),
    },
  },
  many: {
    answers: {
      accountPicker: async () => ({ ...noAccount, profiles: many(profile), current: sandboxAccount }),
      board: async () => MANY_ROWS,
      runs: async () => [
        ...many((index) => ({ ...failed, id: `failed-${index}` })),
        ...many((index) => ({ ...done, id: `done-${index}` })),
      ],
      runPage: async () => runPage({ run: { ...done, log: many((index) => ({ at: hours(0), step: null, text: `Call ${index}` })) } }),
      sandboxPanel: async () =>
        panel({
          faults: many((index) => ({ ...panel().faults[0]!, id: index })),
          operator: many((index) => ({ id: `act-${index}`, title: `Delete resource share orders-${index}` })),
          operations: many((index) => ({ ...operations[0]!, operation: `CreateThing${index}` })),
        }),
      gatewayGroups: async () => ({
        ...gatewayGroups,
        groups: [
          ...gatewayGroups.groups,
          ...many((index) => {
            const model = gatewayGroups.groups[2]!;
            return { ...model, group: { ...model.group, id: `sg-${index}`, name: `group-${index}` } };
          }),
        ],
      }),
    },
  },
  long: {
    answers: {
      accountPicker: async () => ({
        ...noAccount,
        profiles: [{ ...(profiles[0] as Profile), name: LONG, role: LONG }],
        current: { ...real, account: { kind: "profile", name: LONG, region: "ap-southeast-1" }, organization: { ...organization, name: LONG } },
      }),
      board: async () =>
        board({
          rows: [
            row(LONG, {
              status: { status: "failed" },
              deletion: { earliest: hours(30), latest: hours(60), graceHours: 168 },
            }),
            row(`<b>${LONG}</b>`, {
              dnsNames: [`${LONG}.example.on.aws`, "b.example.on.aws"],
              port: 5432,
              service: service(LONG),
              pipes: [pipe(LONG)],
            }),
          ],
          unread: [{ service: service(LONG), problem: noPermission }],
        }),
      runs: async () => [{ ...failed, ...mine, plan: longRun.plan }, longRun],
      runPage: async () =>
        runPage({
          run: longRun,
          sheet: { ...sheet, dnsNames: [`${LONG}.example.on.aws`] },
          topology: { ...topology, nodes: topology.nodes.map((node) => ({ ...node, name: LONG })) },
        }),
      removal: async () => ({ ...breaking, breaks: breaking.breaks.map((each) => ({ ...each, name: LONG })) }),
    },
  },
  denied: {
    answers: {
      board: async () => board({ rows: [], problem: noPermission, sweptAt: null }),
      refreshBoard: refuses(noPermission),
      runs: async () => [{ ...failed, ...mine }],
      runPage: async () => runPage({ run: { ...failed, ...mine } }),
      accountRegions: refuses(noRight("ec2:DescribeRegions")),
      testKey: refuses(noPermission),
      removal: refuses(noRight("vpc-lattice:GetResourceGateway")),
      gatewayGroups: refuses(noRight("ec2:DescribeSecurityGroups")),
    },
    options: { current: real },
  },
  offline: {
    answers: {
      board: async () => board({ problem: noCloud, sweptAt: hours(-3) }),
      refreshBoard: refuses(noCloud),
      runs: async () => [{ ...failed, state: { state: "stopped", problem: noNetwork } }, done],
      runPage: async () => runPage({ run: { ...failed, state: { state: "stopped", problem: noNetwork } } }),
      selectAccount: refuses(noNetwork),
      accountRegions: refuses(noNetwork),
      testKey: refuses(noCloud),
      sandboxPanel: refuses({ ...noNetwork, party: "computer", operation: "panel" }),
      removal: refuses(noNetwork),
      gatewayGroups: refuses(noNetwork),
    },
  },
  partly: {
    answers: {
      accountPicker: async () => ({
        ...noAccount,
        problem: { code: "internal", message: "line 14 of ~/.aws/config cannot be read" },
        current: sandboxAccount,
      }),
      board: async () => board({ unread }),
      runs: async () => [unknown, done],
      runPage: async () => runPage({ run: unknown }),
      removal: async () => partlyRead,
    },
  },
};

/** States of one page. */
const PAGES: Record<string, PreviewState> = {
  first: { options: { current: null } },
  "first-loading": { answers: { accountPicker: silent() }, options: { current: null } },
  "first-empty": { answers: { accountPicker: async () => ({ ...noAccount, profiles: [] }) }, options: { current: null } },
  "first-many": { answers: { accountPicker: async () => ({ ...noAccount, profiles: many(profile) }) }, options: { current: null } },
  "first-refused": {
    answers: {
      accountPicker: async () => ({ ...noAccount, last: { kind: "profile", name: "production", region: "eu-central-1" } }),
      selectAccount: refuses({ code: "credentialsExpired", profile: "production" }),
    },
    options: { current: null },
  },
  "first-offline": {
    answers: {
      accountPicker: async () => ({ ...noAccount, last: { kind: "profile", name: "production", region: "eu-central-1" } }),
      selectAccount: refuses(noNetwork),
    },
    options: { current: null },
  },
  "no-key": {
    answers: { board: async () => board({ rows: [], problem: { code: "keyMissing" }, sweptAt: null }) },
    options: { current: profileAccount },
  },
  "by-hand": {
    answers: {
      board: async () =>
        board({
          rows: [],
          problem: { code: "keyMissing" },
          shares: [
            {
              run: "0199c1aa-5d10-7c3e-9a44-2b7f1e6d8c05",
              source: "orders-postgres",
              shareArn: "arn:aws:ram:us-east-1:111122223333:resource-share/9e2f6a10-77c4-4f0b-9d35-0c1d2e3f4a5b",
              configurationId: "rcfg-0a9b8c7d6e5f41302",
              principalStatus: "ASSOCIATING",
              madeAt: hours(-2),
            },
          ],
        }),
    },
    options: { current: profileAccount },
  },
  existing: {
    answers: {
      existingEndpoint: async () => readyRow.endpoint,
      checks: async () => ({ checks: [warningCheck, passedCheck], existing: readyRow.endpoint }),
      startRun: silent(),
    },
  },
  works: { answers: { board: async () => board({ rows: [readyRow, row("billing-mysql")] }) } },
  refused: { answers: { board: refuses(noCloud), runs: refuses(noCloud), runPage: refuses(noCloud), settings: refuses(noCloud) } },
  override: {
    options: { current: { ...real, identity: { ...real.identity, endpointOverride: "http://localhost:4566" } } },
  },
  "no-keyring": {
    answers: {
      settings: async () => ({
        ...settingsPage,
        key: { state: "keyringUnavailable", message: "org.freedesktop.secrets is not provided" },
      }),
    },
    options: { current: profileAccount },
  },
  "missing-key": { options: { current: profileAccount } },
  "run-done": showing(done),
  "run-hand": showing(byHand, { sheet: byHandSheet }),
  "run-failed": showing(failed),
  "run-unknown": showing(unknown),
  "run-undoing": showing(undoing),
  "run-undone": showing(undone),
  "run-left": showing({ ...failed, state: { state: "left" }, endedAt: hours(0) }),
  "run-reuse": showing(reusing, {
    topology: { ...topology, nodes: topology.nodes.map((node) => (node.id === "gateway" ? { ...node, step: null } : node)) },
  }),
  "run-elsewhere": showing({ ...failed, identity: profileAccount.identity }),
  "run-groups": { answers: { runs: async () => [groupRunPage().run], runPage: async () => groupRunPage() } },
  "removal-breaks": removing(async () => breaking),
  "removal-partly": removing(async () => partlyRead),
  "removal-loading": removing(silent()),
  "removal-denied": removing(refuses(noRight("vpc-lattice:GetResourceGateway"))),
  "groups-closed": {
    answers: {
      ...showing(done).answers,
      gatewayGroups: async () => ({
        ...gatewayGroups,
        gateway: { ...gatewayGroups.gateway, securityGroupIds: [GROUPS.closed, "sg-0fffffffffffffff0"] },
      }),
    },
  },
  "sandbox-long": {
    answers: {
      sandboxPanel: async () =>
        panel({
          faults: panel().faults.map((each) => ({ ...each, fault: { ...each.fault, kind: "failed_state", reason: LONG } })),
          operator: [{ id: "a", title: `Delete resource share ${LONG}` }],
          exercises: exercises.map((each) => ({ ...each, title: LONG, situation: LONG, goal: LONG, hints: [LONG] })),
        }),
    },
  },
  "sandbox-stopped": { answers: { sandboxPanel: async () => panel({ speed: 0, graceStarts: "creation" }) } },
};

export const PAGE_STATES: Record<string, PreviewState> = { ...EVERYWHERE, ...PAGES, ...PATH_STATES };
