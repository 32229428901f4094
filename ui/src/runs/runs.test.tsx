// The runs from the admin's chair: every state of a run, what can be done in it, and how it ends.
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { Problem, Run, RunPage, RunState, RunStep, StepState } from "../ipc/bindings";
import { ProblemError, type Client } from "../ipc/client";
import { fakeClient } from "../test/fakeClient";
import { hours, NOW, profileAccount, sandboxAccount } from "../test/fixtures";
import { expectAccessible, openWindow } from "../test/render";
import { review, run, runPage, RUN, sheet } from "../test/setupFixtures";
import { sheetText } from "./Connect";
import { remains } from "./runWords";

const SHARE = "arn:aws:ram:us-east-1:111122223333:resource-share/9e2f6a10-77c4-4f0b-9d35-1234567890ab";

afterEach(() => {
  vi.useRealTimers();
});

function open(over: Partial<RunPage> = {}, answers: Partial<Client> = {}) {
  const client = fakeClient({ runPage: async () => runPage(over), ...answers });
  return openWindow({ page: "run", run: RUN }, client);
}

async function title() {
  return screen.findByRole("heading", { level: 1, name: "Connection to orders-postgres" }, { timeout: 5000 });
}

function step(id: string, state: StepState, outputs: RunStep["outputs"] = {}): RunStep {
  const ended = state.state === "done";
  return { id, state, beganAt: hours(-0.1), endedAt: ended ? hours(-0.05) : null, adopted: false, outputs };
}

const made: RunStep[] = [
  step("gateway", { state: "done" }, { gatewayId: ["rgw-0f1e2d3c4b5a69788"] }),
  step("configuration", { state: "done" }, { configurationId: ["rcfg-0a9b8c7d6e5f41302"], configurationArn: ["arn:aws:x"] }),
  step("share", { state: "done" }, { shareArn: [SHARE] }),
];

const UNKNOWN: Problem = { code: "outcomeUnknown", operation: "CreateReversePrivateEndpoint" };
const DENIED: Problem = { code: "accessDenied", action: "ram:CreateResourceShare", message: "User is not authorized" };

const done = run({
  state: { state: "done" },
  endedAt: NOW,
  steps: [...made, step("endpoint", { state: "done" }, { endpointId: ["5a1d7c3e"], dnsNames: sheet.dnsNames })],
});
const unknown = run({
  state: { state: "stopped", problem: UNKNOWN },
  steps: [...made, step("endpoint", { state: "notKnown", problem: UNKNOWN })],
});
const failed = run({
  state: { state: "stopped", problem: DENIED },
  steps: [
    ...made.slice(0, 2),
    step("share", { state: "failed", problem: DENIED }),
    { ...step("endpoint", { state: "pending" }), beganAt: null },
  ],
});

describe("a run under way", () => {
  it("shows each step with its state, whose turn, elapsed and usual time, and what it made", async () => {
    open();
    await title();
    const steps = within(screen.getByRole("list", { name: "Steps of the run" })).getAllByRole("listitem");
    expect(steps.map((item) => item.textContent)).toEqual([
      expect.stringMatching(/1\. Create the resource gatewayDone3 min 00 s, usually 1 to 5 minrgw-/),
      expect.stringMatching(/2\. Create the resource configurationWaiting for AWS \(CREATE_IN_PROGRESS\).*usually 20 to 90 s, longer than usual/),
      expect.stringMatching(/3\. Create the resource shareNot begunUsually 10 to 60 s/),
      expect.stringMatching(/4\. Create the reverse private endpointNot begun/),
    ]);
    expect(screen.getByText("1 of 4 steps done")).toBeInTheDocument();
    expect(screen.getByText(/You may close the window at any time/)).toBeInTheDocument();
    expect(screen.getByText(/Step 2 of 4, Create the resource configuration: Waiting for AWS/)).toBeInTheDocument();
    expect(screen.queryByRole("heading", { name: "Connect" })).not.toBeInTheDocument();
  });

  it("ticks in the account's time, and asks for nothing by itself", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { client } = open();
    await title();
    const asked = client.calls.filter(({ command }) => command === "runPage").length;
    const before = screen.getByText(/longer than usual/).textContent;
    await act(() => vi.advanceTimersByTimeAsync(3000));
    const after = screen.getByText(/longer than usual/).textContent;
    expect(minutes(after) - minutes(before)).toBeGreaterThanOrEqual(3);
    expect(client.calls.filter(({ command }) => command === "runPage")).toHaveLength(asked);
  });

  it("reads again when Rust says that runs changed, and then shows how to connect", async () => {
    let page = runPage();
    const { client } = open({}, { runPage: async () => page });
    await title();
    page = runPage({ run: done });
    act(() => client.change("runs"));
    expect(await screen.findByRole("heading", { name: "Connect" })).toBeInTheDocument();
  });

  it("can be cancelled after the step under way", async () => {
    const { user, client } = open();
    await title();
    await user.click(screen.getByRole("button", { name: "Cancel after this step" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "cancelRun", args: [RUN] }));
  });

  it("names the warnings that were accepted", async () => {
    open({ run: run({ accepted: ["subnetSize", "serviceAwake"] }) });
    await title();
    expect(screen.getByText("Size of the subnets")).toBeInTheDocument();
    expect(screen.getByText("State of the ClickHouse service")).toBeInTheDocument();
  });

  it("says that it is stopping", async () => {
    open({ run: run({ cancelling: true }) });
    await title();
    expect(screen.getByText("Stopping after this step")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Cancel after this step" })).not.toBeInTheDocument();
  });

  it("holds the log of calls, folded", async () => {
    const { user } = open();
    await title();
    const fold = screen.getByRole("button", { name: /Log of calls/ });
    expect(fold).toHaveAttribute("aria-expanded", "false");
    await user.click(fold);
    expect(screen.getByText("CreateResourceGateway answered: rgw-0f1e2d3c4b5a69788")).toBeInTheDocument();
  });
});

describe("a run that stands still", () => {
  it("says why with the remedy, and continues", async () => {
    const { user, client } = open({ run: failed });
    await title();
    expect(await screen.findByText("No right to ram:CreateResourceShare")).toBeInTheDocument();
    expect(screen.getByText("Ask for a policy that allows ram:CreateResourceShare.")).toBeInTheDocument();
    expect(within(screen.getByRole("list", { name: "Steps of the run" })).getByText("Failed")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "continueRun", args: [RUN] }));
  });

  it("undoes only after saying what is removed, last thing first", async () => {
    const { user, client } = open({ run: failed });
    await title();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    const dialog = await screen.findByRole("dialog");
    const listed = within(dialog).getAllByRole("listitem").map((item) => item.textContent);
    expect(listed).toEqual([
      expect.stringContaining("Resource configuration rcfg-0a9b8c7d6e5f41302"),
      expect.stringContaining("Resource gateway rgw-0f1e2d3c4b5a69788"),
    ]);
    expect(client.calls.some(({ command }) => command === "undoRun")).toBe(false);
    await user.click(within(dialog).getByRole("button", { name: "Remove 2 resources" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN] }));
  });

  it("gives the focus back when undoing is not wanted after all", async () => {
    const { user, client } = open({ run: failed });
    await title();
    const undo = screen.getByRole("button", { name: "Undo" });
    await user.click(undo);
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Not now" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await waitFor(() => expect(undo).toHaveFocus());
    expect(client.calls.some(({ command }) => command === "undoRun")).toBe(false);
  });

  it("is left as it is only after saying what then remains, and what AWS bills", async () => {
    const { user, client } = open({ run: failed });
    await title();
    await user.click(screen.getByRole("button", { name: "Leave as it is" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("rgw-0f1e2d3c4b5a69788")).toBeInTheDocument();
    const billed = await within(dialog).findByText("Billed by the hour");
    expect(billed.closest("li")).toHaveTextContent("rcfg-0a9b8c7d6e5f41302");
    await user.click(within(dialog).getByRole("button", { name: "Leave as it is" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "leaveRun", args: [RUN] }));
  });

  it("says that the cost is not known where it cannot be read", async () => {
    let asked = 0;
    let shownAfter = Number.POSITIVE_INFINITY;
    const { user } = open(
      {},
      {
        runPage: async () => {
          asked += 1;
          if (asked <= shownAfter) return runPage({ run: failed });
          throw new ProblemError({ code: "journalDamaged", path: "/j", message: "x" });
        },
      },
    );
    await title();
    shownAfter = asked;
    await user.click(screen.getByRole("button", { name: "Leave as it is" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText(/What AWS bills of these by the hour is not known/)).toBeInTheDocument();
    expect(within(dialog).getByText("rgw-0f1e2d3c4b5a69788")).toBeInTheDocument();
  });

  it("shows why a command was refused", async () => {
    const { user } = open(
      { run: failed },
      { continueRun: () => Promise.reject(Object.assign(new Error("held"), { problem: { code: "heldElsewhere" } })) },
    );
    await title();
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(await screen.findByText(/Something did not work \(internal\)/)).toBeInTheDocument();
  });
});

describe("a step whose outcome is not known", () => {
  it("offers to look again, which is safe", async () => {
    const { user, client } = open({ run: unknown });
    await title();
    expect(screen.getByText(/Reverse private endpoint: looking again is safe/)).toBeInTheDocument();
    expect(screen.getAllByText("Not known whether it took effect").length).toBeGreaterThan(0);
    await user.click(screen.getByRole("button", { name: "Look again" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "continueRun", args: [RUN] }));
  });

  it("sends again only after the warning that there may then be two", async () => {
    const { user, client } = open({ run: unknown });
    await title();
    await user.click(screen.getByRole("button", { name: "Send again" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("This may create a second reverse private endpoint")).toBeInTheDocument();
    expect(client.calls.some(({ command }) => command === "sendAgain")).toBe(false);
    await user.click(within(dialog).getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "sendAgain", args: [RUN, "endpoint"] }));
  });

  it("counts as something that may remain", () => {
    expect(remains(unknown).at(-1)).toEqual({ noun: "Reverse private endpoint", id: "", notKnown: true });
  });
});

describe("undoing", () => {
  it("shows what is being removed and what is gone", async () => {
    open({
      run: run({
        state: { state: "undoing" },
        steps: [
          made[0] as RunStep,
          step("configuration", { state: "undoing" }, { configurationId: ["rcfg-0a9b8c7d6e5f41302"] }),
          step("share", { state: "undone" }, { shareArn: [SHARE] }),
          step("endpoint", { state: "undone" }),
        ],
      }),
    });
    await title();
    const steps = within(screen.getByRole("list", { name: "Steps of the run" })).getAllByRole("listitem");
    expect(steps[1]).toHaveTextContent("Being removed");
    expect(steps[2]).toHaveTextContent("Removed");
    expect(steps[3]).toHaveTextContent("Nothing was made");
    expect(screen.getByText("Being undone")).toBeInTheDocument();
  });

  it("is announced when it is over", async () => {
    const gone = [...made, step("endpoint", { state: "undone" })].map((each) => ({ ...each, state: { state: "undone" as const } }));
    open({ run: run({ state: { state: "undone" }, endedAt: NOW, steps: gone }) });
    await title();
    expect(screen.getByText("Everything this run made is removed")).toBeInTheDocument();
  });

  it("is continued where it stopped, not the run itself", async () => {
    const { user, client } = open({ run: { ...failed, state: { state: "undoStopped", problem: DENIED } } });
    await title();
    expect(screen.queryByRole("button", { name: "Continue" })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Continue undoing" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN] }));
  });
});

describe("connect", () => {
  it("ends with DNS name, port, connection string, TLS host, what is next and what stays", async () => {
    const { user, client } = open({ run: done });
    await title();
    await user.click(screen.getByRole("button", { name: "Copy DNS name" }));
    await user.click(screen.getByRole("button", { name: "Copy connection string" }));
    expect(client.calls.filter(({ command }) => command === "copyText").map(({ args }) => args[0])).toEqual([
      sheet.dnsNames[0],
      sheet.connectionString,
    ]);
    expect(screen.getByText("5432")).toBeInTheDocument();
    expect(screen.getByText(sheet.tlsHost ?? "")).toBeInTheDocument();
    for (const line of sheet.next) expect(screen.getByText(line)).toBeInTheDocument();
    const stays = screen.getByRole("table", { name: "What stays in AWS" });
    const billed = within(stays).getByText("Billed by the hour").closest("tr");
    expect(billed).toHaveTextContent("Resource configuration");
    expect(screen.queryByRole("button", { name: "Continue" })).not.toBeInTheDocument();
  });

  it("by hand shows the two values to paste while the share waits, and that it waits only a limited time", async () => {
    const waiting = run({
      steps: [...made, step("acceptance", { state: "waiting", seen: "ASSOCIATING", turn: "you" })],
    });
    const paste = { configurationId: "rcfg-0a9b8c7d6e5f41302", shareArn: SHARE };
    const { user, client } = open({
      run: waiting,
      sheet: { ...sheet, dnsNames: [], connectionString: null, paste },
    });
    await title();
    expect(screen.getByText("Your turn: create the endpoint in ClickHouse")).toBeInTheDocument();
    expect(screen.getByText("The share waits only a limited time")).toBeInTheDocument();
    expect(screen.getByText("Running, your turn")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Copy resource configuration ID" }));
    await user.click(screen.getByRole("button", { name: "Copy resource share ARN" }));
    expect(client.calls.filter(({ command }) => command === "copyText").map(({ args }) => args[0])).toEqual([
      paste.configurationId,
      SHARE,
    ]);
    expect(screen.getByText("ClickHouse shows it once the endpoint is Ready")).toBeInTheDocument();
  });

  it("by hand does not say that the endpoint is reached: the run never saw it", async () => {
    const accepted = run({
      state: { state: "done" },
      endedAt: NOW,
      steps: [...made, step("acceptance", { state: "done" })],
    });
    const paste = { configurationId: "rcfg-0a9b8c7d6e5f41302", shareArn: SHARE };
    const { topology } = runPage();
    const nodes = topology.nodes.map((node) => (node.step === "endpoint" ? { ...node, step: "acceptance" } : node));
    open({
      run: accepted,
      sheet: { ...sheet, dnsNames: [], connectionString: null, paste },
      topology: { ...topology, nodes },
    });
    await title();
    expect(screen.getByText(/^ClickHouse shows the DNS name at which ClickPipes reaches orders-postgres/)).toBeInTheDocument();
    expect(screen.queryByText(/at this name and port/)).not.toBeInTheDocument();
    expect(screen.getByText("Share accepted; this run does not watch the endpoint")).toBeInTheDocument();
  });

  it("copies the whole sheet as text", () => {
    expect(sheetText(done, sheet)).toBe(
      [
        `Connection to orders-postgres, run ${RUN}`,
        "AWS account 111122223333, us-east-1",
        "",
        `DNS name: ${sheet.dnsNames[0]}`,
        "Port: 5432",
        `Connection string: ${sheet.connectionString}`,
        `TLS host: ${sheet.tlsHost}`,
        "",
        "Next in ClickHouse:",
        `1. ${sheet.next[0]}`,
        `2. ${sheet.next[1]}`,
        "",
        "Stays in AWS:",
        "- Resource gateway rgw-0f1e2d3c4b5a69788",
        "- Resource configuration rcfg-0a9b8c7d6e5f41302 (billed by the hour)",
        "",
      ].join("\n"),
    );
  });
});

describe("the list of runs", () => {
  const states: RunState[] = [{ state: "done" }, { state: "undone" }, { state: "left" }];

  it("has the unfinished ones first with what is known and open, then the finished ones", async () => {
    const all: Run[] = [done, { ...unknown, id: "r-2" }];
    openWindow({ page: "runs" }, fakeClient({ runs: async () => all }));
    expect(await screen.findByRole("heading", { level: 1, name: "Runs" }, { timeout: 5000 })).toBeInTheDocument();
    const headings = (await screen.findAllByRole("heading", { level: 2 })).map((item) => item.textContent);
    expect(headings).toEqual(["Unfinished (1)", "Finished (1)"]);
    expect(screen.getByText(/^Resource share/)).toHaveTextContent(/: Done$/);
    expect(screen.getByText(/Reverse private endpoint/)).toHaveTextContent("Not known whether it took effect");
    for (const name of ["Look again", "Undo", "Leave as it is"]) {
      expect(screen.getByRole("button", { name })).toBeInTheDocument();
    }
    const finished = screen.getByRole("table", { name: "Finished runs" });
    expect(within(finished).getByText("6 min 00 s")).toBeInTheDocument();
    expect(within(finished).getByRole("link", { name: "orders-postgres" })).toHaveAttribute("href", `#/runs/${RUN}`);
  });

  it("offers nothing that calls AWS for a run of another account, and leads to the account picker", async () => {
    const elsewhere = { ...failed, id: "r-3", identity: profileAccount.identity };
    const region = { ...failed, id: "r-4", identity: { ...sandboxAccount.identity, region: "us-east-2" } };
    const { user } = openWindow({ page: "runs" }, fakeClient({ runs: async () => [failed, elsewhere, region] }));
    expect(await screen.findByText("Belongs to account 444455556666 in eu-central-1", {}, { timeout: 5000 })).toBeInTheDocument();
    expect(screen.getByText("Belongs to account 111122223333 in us-east-2")).toBeInTheDocument();
    const headings = screen.getAllByRole("heading", { level: 2 }).map((item) => item.textContent);
    expect(headings).toEqual(["Unfinished (1)", "Unfinished in other accounts or regions (2)"]);
    expect(screen.getAllByRole("button", { name: "Continue" })).toHaveLength(1);
    expect(screen.getAllByRole("button", { name: "Undo" })).toHaveLength(1);
    expect(screen.getByText("1 unfinished")).toBeInTheDocument();
    await user.click(screen.getAllByRole("button", { name: "Choose an account" })[0] as HTMLElement);
    expect(window.location.hash).toBe("#/accounts");
  });

  it("does not look again or send again for a run of another account", async () => {
    open({ run: { ...unknown, identity: profileAccount.identity } });
    await title();
    expect(screen.getByText("Belongs to account 444455556666 in eu-central-1")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /Look again|Send again|Undo/ })).not.toBeInTheDocument();
  });

  it.each(states)("counts %o as finished", async (state) => {
    openWindow({ page: "runs" }, fakeClient({ runs: async () => [{ ...done, state }] }));
    expect(await screen.findByRole("table", { name: "Finished runs" }, { timeout: 5000 })).toBeInTheDocument();
    expect(screen.queryByRole("heading", { name: /Unfinished/ })).not.toBeInTheDocument();
  });

  it("says what a run is while there is none", async () => {
    openWindow({ page: "runs" }, fakeClient({ runs: async () => [] }));
    expect(await screen.findByText("No runs yet", {}, { timeout: 5000 })).toBeInTheDocument();
  });
});

describe("each page of runs", () => {
  it.each([
    ["under way", runPage()],
    ["done", runPage({ run: done })],
    ["not known", runPage({ run: unknown })],
    ["failed", runPage({ run: failed })],
  ])("%s has no accessibility violation", async (_, page) => {
    open({}, { runPage: async () => page });
    await title();
    await expectAccessible(document.body);
  });

  it("the list has no accessibility violation", async () => {
    openWindow({ page: "runs" }, fakeClient({ runs: async () => [done, { ...failed, id: "r-2" }] }));
    await screen.findByRole("table", { name: "Finished runs" }, { timeout: 5000 });
    await expectAccessible(document.body);
  });

  it("knows every step of its review", () => {
    expect(review.map(({ id }) => id)).toEqual(done.plan.steps.map(({ id }) => id));
  });
});

function minutes(text: string | null): number {
  return Number(/(\d+) min/.exec(text ?? "")?.[1]);
}
