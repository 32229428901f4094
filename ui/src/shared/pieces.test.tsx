// The pieces that every page uses: copying, problems with their buttons, reading and acting, the account's clock.
import { act, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { fakeClient, refuses } from "../test/fakeClient";
import { NOW, organization } from "../test/fixtures";
import { renderPiece } from "../test/render";
import { ProblemError } from "../ipc/client";
import { CopyValue } from "./CopyValue";
import { ProblemAlert } from "./ProblemAlert";
import { RelativeTime } from "./RelativeTime";
import { useAccountClock, type ClockReading } from "./useAccountClock";
import { useAction, useCommand } from "./useCommand";

describe("a value to copy", () => {
  it("says that it was copied", async () => {
    const { client, user } = renderPiece(<CopyValue value="vpce-1.example" what="DNS name" />);
    await user.click(screen.getByRole("button", { name: "Copy DNS name" }));
    expect((await screen.findAllByText("Copied")).length).toBeGreaterThan(0);
    expect(client.calls).toContainEqual({ command: "copyText", args: ["vpce-1.example"] });
  });

  it("says that it could not be copied, and what to do", async () => {
    const client = fakeClient({ copyText: () => Promise.reject(new Error("no clipboard")) });
    const { user } = renderPiece(<CopyValue value="vpce-1.example" what="DNS name" />, client);
    await user.click(screen.getByRole("button", { name: "Copy DNS name" }));
    expect((await screen.findAllByText(/Could not copy: select the text/)).length).toBeGreaterThan(0);
  });
});

describe("a problem", () => {
  it("says what happened, why and what to do, and folds the raw answer", async () => {
    renderPiece(
      <ProblemAlert problem={{ code: "accessDenied", action: "rds:DescribeDBClusters", message: "raw words" }} />,
    );
    expect(await screen.findByText("No right to rds:DescribeDBClusters")).toBeVisible();
    expect(screen.getByText(/for want of a right/)).toBeVisible();
    expect(screen.getByText(/Ask for a policy/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Raw answer" })).toHaveAttribute("aria-expanded", "false");
  });

  it("offers its one button, and tries again where the page can", async () => {
    const retry = vi.fn();
    const { user } = renderPiece(
      <ProblemAlert problem={{ code: "credentialsExpired", profile: "production" }} onRetry={retry} />,
    );
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(retry).toHaveBeenCalledOnce();
    expect(screen.getByText("aws sso login --profile production")).toBeVisible();
    expect(screen.getAllByRole("button", { name: "Try again" })).toHaveLength(1);
  });

  it("leads to the settings for a missing key", async () => {
    const { user } = renderPiece(<ProblemAlert problem={{ code: "keyMissing" }} />);
    await user.click(await screen.findByRole("button", { name: "Open settings" }));
    expect(window.location.hash).toBe("#/settings");
  });

  it("wakes an idle service only on a click that says what it costs", async () => {
    const woken = vi.fn();
    const { client, user } = renderPiece(
      <ProblemAlert problem={{ code: "serviceIdle", serviceId: "cold", message: "idle" }} onRetry={woken} />,
    );
    const wake = await screen.findByRole("button", { name: "Wake the service (billed by ClickHouse)" });
    expect(client.calls.map(({ command }) => command)).not.toContain("wakeService");
    await user.click(wake);
    expect(client.calls).toContainEqual({ command: "wakeService", args: [organization.id, "cold"] });
    await waitFor(() => expect(woken).toHaveBeenCalledOnce());
  });
});

describe("a reading", () => {
  function Reader({ load }: { load: () => Promise<string> }) {
    const read = useCommand(load, [], { refetchOn: ["runs"] });
    return (
      <p>
        {read.data ?? "nothing"} {read.problem?.code} {read.loading ? "loading" : "settled"}
      </p>
    );
  }

  it("keeps its value while it is read again, and when that fails", async () => {
    const answers = [() => Promise.resolve("first"), refuses({ code: "keyMissing" })];
    const load = vi.fn(() => (answers.shift() ?? refuses({ code: "cancelled" }))());
    const { client } = renderPiece(<Reader load={load} />);
    expect(await screen.findByText("first settled")).toBeVisible();
    act(() => client.change("board"));
    expect(load).toHaveBeenCalledOnce();
    act(() => client.change("runs"));
    expect(screen.getByText("first loading")).toBeVisible();
    expect(await screen.findByText("first keyMissing settled")).toBeVisible();
  });

  it("takes only the newest answer", async () => {
    const open: ((value: string) => void)[] = [];
    const { client } = renderPiece(<Reader load={() => new Promise<string>((done) => open.push(done))} />);
    await waitFor(() => expect(open.length).toBeGreaterThan(0));
    act(() => client.change("runs"));
    open.at(-1)?.("new");
    expect(await screen.findByText("new settled")).toBeVisible();
    open[0]?.("old");
    await act(async () => undefined);
    expect(screen.getByText("new settled")).toBeVisible();
  });
});

describe("an action", () => {
  it("is done once, however often it is clicked, and keeps its problem", async () => {
    let refuse: (error: unknown) => void = () => undefined;
    const act_ = vi.fn(() => new Promise<string>((_, rejected) => (refuse = rejected)));
    function Actor() {
      const action = useAction(act_);
      return (
        <button type="button" onClick={() => void action.run()}>
          {action.busy ? "busy" : (action.problem?.code ?? "idle")}
        </button>
      );
    }
    const { user } = renderPiece(<Actor />);
    const button = screen.getByRole("button");
    await user.dblClick(button);
    expect(act_).toHaveBeenCalledOnce();
    expect(button).toHaveTextContent("busy");
    refuse(new ProblemError({ code: "heldElsewhere" }));
    await waitFor(() => expect(button).toHaveTextContent("heldElsewhere"));
  });
});

describe("the account's clock", () => {
  afterEach(() => vi.useRealTimers());

  it("ticks at the account's speed and starts anew with each reading", () => {
    vi.useFakeTimers({ now: 0 });
    function Clock({ reading }: { reading: ClockReading }) {
      const now = useAccountClock(reading);
      return <p>{new Date(now).toISOString()}</p>;
    }
    const first = { now: NOW, clockSpeed: 60 };
    const { rerender } = render(<Clock reading={first} />);
    expect(screen.getByText("2026-11-23T09:00:00.000Z")).toBeVisible();
    act(() => vi.advanceTimersByTime(2000));
    expect(screen.getByText("2026-11-23T09:02:00.000Z")).toBeVisible();
    rerender(<Clock reading={{ now: "2026-11-23T10:00:00Z", clockSpeed: 1 }} />);
    act(() => vi.advanceTimersByTime(3000));
    expect(screen.getByText("2026-11-23T10:00:03.000Z")).toBeVisible();
  });

  it("stands still while the window is hidden", () => {
    vi.useFakeTimers({ now: 0 });
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    let drawn = 0;
    function Clock({ reading }: { reading: ClockReading }) {
      useAccountClock(reading);
      drawn += 1;
      return null;
    }
    render(<Clock reading={{ now: NOW, clockSpeed: 1 }} />);
    const before = drawn;
    act(() => vi.advanceTimersByTime(10_000));
    expect(drawn).toBe(before);
    hidden.mockRestore();
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    expect(drawn).toBeGreaterThan(before);
  });

  it("gives a moment both ways", () => {
    render(<RelativeTime at="2026-11-23T08:55:00Z" now={Date.parse(NOW)} />);
    expect(screen.getByText("5 minutes ago")).toHaveAttribute("title", "Mon, 23 Nov 2026, 08:55 UTC");
  });
});
