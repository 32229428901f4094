// Shows the pages in an ordinary browser with the fake client, to look at them. Not part of the built window:
// only preview.html names this file, and only vite.preview.config.ts builds that.
// Address: preview.html?state=NAME&theme=dark#/endpoints
import { createRoot } from "react-dom/client";

import { Window } from "../frame/Window";
import type { Client } from "../ipc/client";
import { fakeClient, refuses, silent, type FakeOptions } from "./fakeClient";
import {
  board,
  coldArchive,
  hours,
  noAccount,
  organization,
  profileAccount,
  readyRow,
  row,
  settingsPage,
  webEvents,
} from "./fixtures";
import { passedCheck, warningCheck } from "./setupFixtures";

const LONG = "a-very-long-name-that-nobody-would-choose-but-that-the-api-allows-".repeat(4).slice(0, 200);

/** What can be looked at: answers that differ from the fixtures, and the account in use. */
const STATES: Record<string, { answers?: Partial<Client>; options?: FakeOptions }> = {
  usual: {},
  first: { options: { current: null } },
  "first-empty": {
    answers: { accountPicker: async () => ({ ...noAccount, profiles: [] }) },
    options: { current: null },
  },
  "first-refused": {
    answers: {
      accountPicker: async () => ({
        ...noAccount,
        last: { kind: "profile", name: "production", region: "eu-central-1" },
      }),
      selectAccount: refuses({ code: "credentialsExpired", profile: "production" }),
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
              shareArn:
                "arn:aws:ram:us-east-1:111122223333:resource-share/9e2f6a10-77c4-4f0b-9d35-0c1d2e3f4a5b",
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
  empty: { answers: { board: async () => board({ rows: [] }) } },
  loading: { answers: { board: silent() } },
  works: { answers: { board: async () => board({ rows: [readyRow, row("billing-mysql")] }) } },
  unread: {
    answers: {
      board: async () =>
        board({
          unread: [
            { service: coldArchive, problem: { code: "serviceIdle", serviceId: coldArchive.id, message: "424" } },
            {
              service: webEvents,
              problem: { code: "keyForbidden", operation: "clickPipeReversePrivateEndpointGetList", message: "403" },
            },
          ],
        }),
    },
  },
  long: {
    answers: {
      board: async () =>
        board({
          rows: [
            row(LONG, {
              status: { status: "failed" },
              deletion: { earliest: hours(30), latest: hours(60), graceHours: 168 },
            }),
            row(`<b>${LONG}</b>`, { dnsNames: [`${LONG}.example.on.aws`, "b.example.on.aws"], port: 5432 }),
          ],
        }),
    },
  },
  many: {
    answers: {
      board: async () =>
        board({ rows: Array.from({ length: 5000 }, (_, index) => row(`endpoint-${index}`, { port: 5432 })) }),
    },
  },
  override: {
    options: {
      current: {
        ...profileAccount,
        identity: { ...profileAccount.identity, endpointOverride: "http://localhost:4566" },
        key: { state: "keyring", keyId: "Kq3vT9ZrYw1xLm5c" },
        organization,
      },
    },
  },
  "no-keyring": {
    answers: { settings: async () => ({ ...settingsPage, key: { state: "keyringUnavailable", message: "org.freedesktop.secrets is not provided" } }) },
    options: { current: profileAccount },
  },
  "missing-key": { options: { current: profileAccount } },
  refused: { answers: { board: refuses({ code: "unreachable", party: "clickHouse", operation: "List", message: "timed out" }) } },
};

const asked = new URLSearchParams(window.location.search);
const { answers, options } = STATES[asked.get("state") ?? "usual"] ?? {};
const theme = asked.get("theme");
const client = fakeClient(
  { ...(theme === "dark" ? { settings: async () => ({ ...settingsPage, theme: "dark" as const }) } : {}), ...answers },
  options,
);
const root = document.getElementById("root");
if (root) createRoot(root).render(<Window client={client} />);
