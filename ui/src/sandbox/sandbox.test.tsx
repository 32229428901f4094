// The sandbox's panel: its time, faults, the other operator and the exercises, by what is asked of the client and what is
// shown afterwards.
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { Client } from "../ipc/client";
import { fakeClient, refuses, type FakeOptions } from "../test/fakeClient";
import { profileAccount } from "../test/fixtures";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";
import { operations, panel } from "../test/sandboxFixtures";
import rustFaults from "../../../src-tauri/sandbox/src/faults/mod.rs?raw";
import { faultWords, hitsWords, timesWords } from "./faultWords";

const NO = { code: "refused", party: "computer", operation: "faults", message: "no" } as const;

async function open(answers: Partial<Client> = {}, options: FakeOptions = {}) {
  const opened = openWindow({ page: "sandbox" }, fakeClient(answers, options));
  await headingTakesFocus("Sandbox");
  return opened;
}

function asked(client: ReturnType<typeof fakeClient>, command: string) {
  return client.calls.filter((call) => call.command === command).map(({ args }) => args);
}

afterEach(() => {
  vi.useRealTimers();
});

describe("the panel", () => {
  it("is in the navigation of the sandbox only", async () => {
    await open();
    expect(screen.getByRole("link", { name: "Sandbox" })).toHaveAttribute("href", "#/sandbox");
  });

  it("is refused to a real account, with the way to the sandbox", async () => {
    const { client } = await open({}, { current: profileAccount });
    expect(screen.queryByRole("link", { name: "Sandbox" })).not.toBeInTheDocument();
    expect(screen.getByText("The account in use is a real one")).toBeVisible();
    expect(asked(client, "sandboxPanel")).toEqual([]);
  });

  it("reads itself again while it is open, and no more when it is left", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let hits = 0;
    const faults = () => [{ ...panel().faults[0]!, fault: { ...panel().faults[0]!.fault, times: 0 }, hits }];
    const { client, user } = await open({ sandboxPanel: async () => panel({ faults: faults() }) });
    await screen.findByText("Has not struck yet");
    hits = 2;
    await act(() => vi.advanceTimersByTimeAsync(4000));
    expect(screen.getByText("Has struck 2 times")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Settings" }));
    await headingTakesFocus("Settings");
    const before = asked(client, "sandboxPanel").length;
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    expect(asked(client, "sandboxPanel")).toHaveLength(before);
  });

  it("says why it could not be read, and tries again", async () => {
    let answers = false;
    const { user } = await open({
      sandboxPanel: () => (answers ? Promise.resolve(panel()) : refuses(NO)()),
    });
    expect(await screen.findByText(/Something did not work \(refused\)/)).toBeVisible();
    answers = true;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 2, name: "Time" })).toBeVisible();
  });

  it("has no accessibility violation", async () => {
    await open();
    await screen.findByRole("heading", { level: 2, name: "Time" });
    await expectAccessible(document.body);
  });
});

describe("time", () => {
  it("is moved on by a button, and says so", async () => {
    const { client, user } = await open();
    await user.click(await screen.findByRole("button", { name: "Move on by 7 days" }));
    expect(asked(client, "sandboxClock")).toEqual([[604_800, null]]);
    expect((await screen.findAllByText("Moved on by 7 days")).length).toBeGreaterThan(0);
    expect(screen.getByText(/^Mon, 30 Nov 2026, 09:\d\d:\d\d UTC$/)).toBeVisible();
  });

  it("is moved on by a typed amount in its unit, with the Enter key", async () => {
    const { client, user } = await open();
    const amount = await screen.findByRole("spinbutton", { name: "Another amount" });
    await user.type(amount, "1.5{Enter}");
    expect(asked(client, "sandboxClock")).toEqual([[5400, null]]);
  });

  it.each(["", "0", "-2"])("is not moved on by %o", async (typed) => {
    const { client, user } = await open();
    const amount = await screen.findByRole("spinbutton", { name: "Another amount" });
    if (typed !== "") await user.type(amount, typed);
    await user.click(screen.getByRole("button", { name: "Move on" }));
    expect(screen.getByText("Enter a number above 0.")).toBeVisible();
    expect(asked(client, "sandboxClock")).toEqual([]);
  });

  it("is stopped and run fast", async () => {
    const { client, user } = await open();
    await user.click(await screen.findByRole("button", { name: "Stopped" }));
    expect(await screen.findByText("Not at all: it is stopped")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "3600x" }));
    expect(await screen.findByText("3600 times as fast as real time")).toBeVisible();
    expect(asked(client, "sandboxClock")).toEqual([
      [null, 0],
      [null, 3600],
    ]);
  });

  it("says when the grace period starts, with what that means", async () => {
    const { client, user } = await open();
    expect(await screen.findByRole("radio", { name: /enters its status/ })).toBeChecked();
    expect(screen.getByText(/deleted sooner than its window says/)).toBeVisible();
    await user.click(screen.getByRole("radio", { name: /was created/ }));
    expect(asked(client, "sandboxGrace")).toEqual([["creation"]]);
    await waitFor(() => expect(screen.getByRole("radio", { name: /was created/ })).toBeChecked());
  });
});

describe("what goes wrong", () => {
  async function choose(user: Awaited<ReturnType<typeof open>>["user"], field: RegExp, option: RegExp) {
    await user.click(screen.getByRole("button", { name: field }));
    await user.click(await screen.findByRole("option", { name: option }));
  }

  it("is switched on for a call, with the kinds of that call alone", async () => {
    const { client, user } = await open();
    await screen.findByRole("button", { name: /^Call/ });
    await choose(user, /^Call/, /CreateResourceGateway/);
    await user.click(screen.getByRole("button", { name: /^What goes wrong/ }));
    const kinds = (await screen.findAllByRole("option")).map((option) => option.textContent);
    expect(kinds).toHaveLength(operations[0]!.kinds.length);
    expect(kinds.join()).toContain("Comes into its failed state");
    expect(kinds.join()).not.toContain("The list is out of date");
    await user.click(screen.getByRole("option", { name: /failed state/ }));
    await user.type(screen.getByRole("textbox", { name: "Reason" }), "no address left");
    await choose(user, /^How often/, /Until it is removed/);
    await user.click(screen.getByRole("button", { name: "Switch on" }));
    expect(asked(client, "sandboxFault")).toEqual([
      [
        {
          service: "vpc-lattice",
          operation: "CreateResourceGateway",
          kind: "failed_state",
          times: 0,
          delayMs: 0,
          reason: "no address left",
        },
      ],
    ]);
    const table = await screen.findByRole("table", { name: "Faults that are switched on" });
    expect(within(table).getByText("vpc-lattice: CreateResourceGateway")).toBeVisible();
    expect(within(table).getByText(/Reason: no address left/)).toBeVisible();
  });

  it("finds a call by part of its name", async () => {
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: /^Call/ }));
    await user.type(await screen.findByRole("combobox", { name: "Find a call" }), "share");
    expect((await screen.findAllByRole("option")).map((option) => option.textContent)).toEqual(["ram: CreateResourceShare"]);
  });

  it("asks a slow answer for its delay, within reason", async () => {
    const { client, user } = await open();
    await screen.findByRole("button", { name: /^Call/ });
    await choose(user, /^Call/, /DescribeSubnets/);
    await choose(user, /^What goes wrong/, /Slow answer/);
    const delay = screen.getByRole("spinbutton", { name: "Delay in milliseconds" });
    await user.clear(delay);
    await user.click(screen.getByRole("button", { name: "Switch on" }));
    expect(screen.getByText(/Enter a whole number from 1/)).toBeVisible();
    await user.type(delay, "250");
    await user.click(screen.getByRole("button", { name: "Switch on" }));
    expect(asked(client, "sandboxFault")).toEqual([[expect.objectContaining({ kind: "delay", delayMs: 250, reason: null })]]);
  });

  it("asks for call and kind before anything is sent", async () => {
    const { client, user } = await open();
    await user.click(await screen.findByRole("button", { name: "Switch on" }));
    expect(screen.getByText("Choose a call.")).toBeVisible();
    expect(screen.getByText("Choose what goes wrong.")).toBeVisible();
    expect(asked(client, "sandboxFault")).toEqual([]);
  });

  it("is removed one by one and all at once", async () => {
    const { client, user } = await open();
    await user.click(await screen.findByRole("button", { name: "Remove Throttled of ec2: DescribeSubnets" }));
    await waitFor(() => expect(asked(client, "sandboxClearFault")).toEqual([[4]]));
    await waitFor(() => expect(screen.getByRole("heading", { level: 2, name: "What goes wrong" })).toHaveFocus());
    await user.click(screen.getByRole("button", { name: "Remove all" }));
    expect(await screen.findByText(/Nothing is switched on/)).toBeVisible();
    expect(asked(client, "sandboxClearFault")).toEqual([[4], [null]]);
  });

  it("says why a fault was refused, and keeps what was chosen", async () => {
    const { user } = await open({ sandboxFault: refuses(NO) });
    await screen.findByRole("button", { name: /^Call/ });
    await choose(user, /^Call/, /DescribeSubnets/);
    await choose(user, /^What goes wrong/, /Throttled/);
    await user.click(screen.getByRole("button", { name: "Switch on" }));
    expect(await screen.findByText(/Something did not work \(refused\)/)).toBeVisible();
    expect(screen.getByRole("button", { name: /^Call.*DescribeSubnets/ })).toBeVisible();
  });

  it("has words for every kind of the contract, and shows a newer one by its name", () => {
    const kinds =
      "throttle deny expired_credentials quota server_error lost_answer reset hold_before hold_after delay malformed not_found_once empty_page rate_limited gateway_timeout_but_done unauthorized forbidden stale_list stuck failed_state no_capacity service_idle refused_sharing";
    for (const kind of kinds.split(" ")) expect(faultWords(kind).label).not.toBe(kind);
    expect(faultWords("sulks")).toEqual({ label: "sulks", meaning: "" });
    expect([1, 2, 5, 0].map(timesWords)).toEqual(["Once", "Twice", "5 times", "Until it is removed"]);
    const [once] = panel().faults;
    expect(hitsWords({ ...once!, hits: 1 })).toBe("Used up");
  });
});

describe("the faults that the sandbox knows", () => {
  it("all have words of their own", () => {
    const kinds = /enum Kind \{(.*?)\n\}/s.exec(rustFaults)?.[1] ?? "";
    const names = [...kinds.matchAll(/^ {4}(\w+),$/gm)].map(([, name = ""]) => name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase());
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => faultWords(name).label === name)).toEqual([]);
  });

  it("can strike the calls of every service that it has", async () => {
    const { user } = await open();
    await user.click(screen.getByRole("button", { name: /Call/ }));
    for (const name of ["kafka: UpdateConnectivity", "elasticloadbalancing: CreateLoadBalancer", "ec2: AcceptVpcEndpointConnections"]) {
      expect(await screen.findByRole("option", { name })).toBeInTheDocument();
    }
  });
});

describe("another operator", () => {
  it("does what is picked, found by part of its words", async () => {
    const { client, user } = await open();
    await user.type(await screen.findByRole("searchbox", { name: "Find an act" }), "database");
    const table = screen.getByRole("table", { name: "What another operator can do" });
    expect(within(table).queryByText(/Delete resource share/)).not.toBeInTheDocument();
    await user.click(within(table).getByRole("button", { name: "Do it: Stop database orders-postgres" }));
    expect((await screen.findAllByText(/Done by the other operator: Stop database orders-postgres/)).length).toBeGreaterThan(0);
    expect(asked(client, "sandboxOperator")).toEqual([["stop-database:orders-postgres"]]);
    expect(screen.getByRole("heading", { level: 2, name: "Another operator" })).toHaveFocus();
  });

  it("has only one page of many acts drawn", async () => {
    const operator = Array.from({ length: 5000 }, (_, index) => ({ id: `act-${index}`, title: `Delete share ${index}` }));
    await open({ sandboxPanel: async () => panel({ operator }) });
    const table = await screen.findByRole("table", { name: "What another operator can do" });
    expect(within(table).getAllByRole("button", { name: /^Do it/ })).toHaveLength(10);
  });

  it("is refused what AWS refuses", async () => {
    const { user } = await open({ sandboxOperator: refuses({ code: "conflict", operation: "DeleteResourceShare", message: "in use" }) });
    await user.click(await screen.findByRole("button", { name: /Do it: Delete resource share/ }));
    expect(await screen.findByText(/Something did not work \(conflict\)/)).toBeVisible();
    expect(screen.queryByText(/Done by the other operator/)).not.toBeInTheDocument();
  });
});

describe("an exercise", () => {
  it("is begun, and begun again", async () => {
    const { client, user } = await open();
    await user.click(await screen.findByRole("button", { name: "Begin: The share was used twice" }));
    expect(await screen.findByRole("button", { name: "Begin again: The share was used twice" })).toBeVisible();
    expect(asked(client, "sandboxExercise")).toEqual([["share-used-twice"]]);
    // What it has put there is on the board, not only after the next sweep.
    await waitFor(() => expect(asked(client, "refreshBoard")).toHaveLength(1));
    expect(screen.getByText("Goal reached")).toBeVisible();
  });

  it("gives its hints one after the other", async () => {
    const { user } = await open();
    const [first, second] = panel().exercises[1]!.hints;
    await user.click(await screen.findByRole("button", { name: "Show a hint: No free /28" }));
    const hints = screen.getByRole("list", { name: "Hints: No free /28" });
    expect(within(hints).getAllByRole("listitem").map((item) => item.textContent)).toEqual([first]);
    await user.click(screen.getByRole("button", { name: "Show the next hint: No free /28" }));
    expect(within(hints).getAllByRole("listitem").map((item) => item.textContent)).toEqual([first, second]);
    expect(screen.getByText("That was the last hint.")).toBeVisible();
  });
});
