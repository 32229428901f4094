// A run from the admin's chair: every state of it, and what can be done in it.
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { ProblemError } from "../ipc/client";
import { fakeClient } from "../test/fakeClient";
import { expectAccessible, openRun as open, openWindow, runTitleShown as title } from "../test/render";
import { DENIED, done, failed, undoing, undone, unknown } from "../test/runFixtures";
import { review, run, runPage, RUN } from "../test/setupFixtures";
import { remains } from "./runWords";

afterEach(() => {
  vi.useRealTimers();
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

  it("is left as it is only after saying what then remains, and what AWS bills", async () => {
    const { user, client } = open({ run: failed });
    await title();
    await user.click(screen.getByRole("button", { name: "Leave as it is" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("rgw-0f1e2d3c4b5a69788")).toBeInTheDocument();
    const billed = await within(dialog).findByText("Billed by the GB");
    expect(billed.closest("li")).toHaveTextContent("rgw-0f1e2d3c4b5a69788");
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
    expect(await within(dialog).findByText(/What AWS bills of these is not known/)).toBeInTheDocument();
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
    open({ run: undoing });
    await title();
    const steps = within(screen.getByRole("list", { name: "Steps of the run" })).getAllByRole("listitem");
    expect(steps[1]).toHaveTextContent("Being removed");
    expect(steps[2]).toHaveTextContent("Removed");
    expect(steps[3]).toHaveTextContent("Nothing was made");
    expect(screen.getByText("Being undone")).toBeInTheDocument();
  });

  it("can be stopped, and says so", async () => {
    const { user, client } = open({ run: undoing });
    await title();
    await user.click(screen.getByRole("button", { name: "Stop undoing" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "cancelRun", args: [RUN] }));
  });

  it("that is asked to stop is not asked again", async () => {
    open({ run: { ...undoing, cancelling: true } });
    await title();
    expect(screen.getByText("Stopping")).toBeInTheDocument();
    expect(screen.getByText(/It stops in a moment/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Stop undoing" })).not.toBeInTheDocument();
  });

  it("that was stopped as asked is no failure", async () => {
    open({ run: { ...undoing, state: { state: "undoStopped", problem: { code: "cancelled" } } } });
    await title();
    expect(screen.getByText(/What is not undone yet is listed below/)).toBeInTheDocument();
    expect(screen.queryByText(/put right/)).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Continue undoing" })).toBeEnabled();
  });

  it("is announced when it is over", async () => {
    open({ run: undone });
    await title();
    expect(screen.getByText("Everything this run made is removed")).toBeInTheDocument();
  });

  it("is continued where it stopped, not the run itself", async () => {
    const { user, client } = open({ run: { ...failed, state: { state: "undoStopped", problem: DENIED } } });
    await title();
    expect(screen.queryByRole("button", { name: "Continue" })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Continue undoing" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, []] }));
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
