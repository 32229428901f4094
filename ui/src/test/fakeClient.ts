// The typed in-memory client that the tests and the preview hand to the pages in place of the real one.
// It answers with fixtures, keeps the little state that a flow needs, and writes down what it was asked.
import type { AccountView, Explanation, Problem } from "../ipc/bindings";
import { ProblemError, type Changed, type Client, type CommandClient } from "../ipc/client";
import { aftercareAnswers } from "./aftercareFixtures";
import { connectionAnswers } from "./connectionFixtures";
import { board, hex, organization, profileAccount, profiles, sandboxAccount, settingsPage } from "./fixtures";
import { sandboxAnswers } from "./sandboxFixtures";
import { setupAnswers } from "./setupFixtures";

export interface Call {
  command: keyof CommandClient | "copyText";
  args: unknown[];
}

export interface FakeClient extends Client {
  /** Everything it was asked, in order. */
  calls: Call[];
  /** Tells the pages that something changed. */
  change: (what: Changed) => void;
}

export interface FakeOptions {
  /** The account in use at first; the sandbox unless said otherwise. */
  current?: AccountView | null;
}

/** A client whose commands answer as `answers` say, and else with the fixtures. */
export function fakeClient(answers: Partial<Client> = {}, { current = sandboxAccount }: FakeOptions = {}): FakeClient {
  let account: AccountView | null = current;
  let settings = { ...settingsPage, key: current?.key ?? null };
  const listeners = new Set<(what: Changed) => void>();
  const calls: Call[] = [];

  const use = (next: AccountView) => {
    account = next;
    settings = { ...settings, key: next.key };
    return next;
  };

  const defaults: Client = {
    accountPicker: async () => ({ profiles, problem: null, current: account, last: null }),
    accountRegions: async () => ["ap-south-1", "eu-central-1", "eu-west-1", "us-east-1", "us-east-2", "us-west-2"],
    selectAccount: async (ref) => {
      if (ref.kind === "sandbox") return use(sandboxAccount);
      const known = profiles.find((profile) => profile.name === ref.name);
      return use({
        ...profileAccount,
        account: ref,
        identity: {
          ...profileAccount.identity,
          region: ref.region,
          accountId: known?.accountId ?? "222233334444",
        },
      });
    },
    explain: async (problem) => explained(problem),
    board: async () => board(),
    refreshBoard: async () => board(),
    wakeService: async () => null,
    settings: async () => settings,
    testKey: async () => organization,
    saveKey: async (key, keep) =>
      use({ ...(account ?? profileAccount), key: { state: keep, keyId: key.id }, organization }),
    forgetKey: async () => use({ ...(account ?? profileAccount), key: { state: "missing" }, organization: null }),
    setTheme: async (theme) => {
      settings = { ...settings, theme };
      return null;
    },
    ...setupAnswers(),
    ...aftercareAnswers(),
    ...connectionAnswers(),
    ...sandboxAnswers(),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    copyText: async () => undefined,
  };

  const all = { ...defaults, ...answers };
  const recorded = Object.fromEntries(
    Object.entries(all).map(([name, answer]) => [
      name,
      name === "onChanged"
        ? answer
        : (...args: unknown[]) => {
            calls.push({ command: name as Call["command"], args });
            return (answer as (...given: unknown[]) => unknown)(...args);
          },
    ]),
  ) as unknown as Client;
  return Object.assign(recorded, { calls, change: (what: Changed) => listeners.forEach((listener) => listener(what)) });
}

/** A command that is refused. */
export function refuses(problem: Problem): () => Promise<never> {
  return () => Promise.reject(new ProblemError(problem));
}

/** A command that never answers. */
export function silent(): () => Promise<never> {
  return () => new Promise<never>(() => undefined);
}

/** Words for a problem, in the shape that Rust gives them; the real ones are tested in Rust. */
function explained(problem: Problem): Explanation {
  const plain = (headline: string, why: string, text: string, button: Explanation["remedy"]["button"] = null) => ({
    headline: `${headline}.`,
    why,
    remedy: { text, command: null, button },
    raw: "message" in problem ? problem.message : null,
  });
  switch (problem.code) {
    case "profileUnsupported":
      return plain(
        `Profile ${problem.profile} uses ${problem.kind}, which Pipelink does not support yet`,
        "Trying it anyway would fail, or act as somebody else than you mean.",
        "Choose another profile, or export temporary credentials into one.",
        "chooseAccount",
      );
    case "credentialsExpired":
      return {
        headline: `The credentials of ${problem.profile} have expired.`,
        why: "AWS refuses calls that are signed with them.",
        remedy: {
          text: "Sign in again in a terminal, then try again.",
          command: `aws sso login --profile ${problem.profile}`,
          button: "retry",
        },
        raw: null,
      };
    case "accessDenied":
      return plain(
        `No right to ${problem.action}`,
        "AWS refused the call for want of a right.",
        `Ask for a policy that allows ${problem.action}.`,
        "retry",
      );
    case "keyMissing":
      return plain(
        "No ClickHouse API key is set",
        "Without one Pipelink cannot read the endpoints of your organization.",
        "Create a key in ClickHouse Cloud and enter it in the settings.",
        "openSettings",
      );
    case "keyForbidden":
      return plain(
        `The API key may not ${problem.operation}`,
        "ClickHouse knows the key and refuses the call for want of a permission.",
        "Ask for a role with control-plane:service:manage-clickpipes on the service.",
        "openSettings",
      );
    case "outcomeUnknown":
      return plain(
        `Not known whether ${problem.operation} took effect`,
        "The call was sent and no answer came. Looking for its result did not settle it.",
        "Look again, or look in the ClickHouse console before you send it again.",
      );
    case "keyRejected":
      return plain(
        "ClickHouse does not accept the API key",
        "The ID or the secret is wrong, or the key has expired or been revoked.",
        "Check the key in ClickHouse Cloud and enter it again.",
        "openSettings",
      );
    case "keyringUnavailable":
      return plain(
        "No keyring answers on this computer",
        "The key can only be kept where the operating system protects it.",
        "Keep the key in memory until Pipelink ends, or start a keyring service and try again.",
      );
    case "serviceIdle":
      return plain(
        "The service is idle",
        "ClickHouse answers about its endpoints only while it runs.",
        "Wake it in ClickHouse Cloud or here: it is billed while it runs.",
        "wakeService",
      );
    case "unreachable":
      return plain(
        "No answer",
        `${problem.operation} got no answer in time.`,
        "Check the network connection, then try again.",
        "retry",
      );
    default:
      return plain(`Something did not work (${problem.code})`, "This is what is known.", "Try again.", "retry");
  }
}

export { hex };
