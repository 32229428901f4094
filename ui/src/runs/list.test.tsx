// The list of runs: the unfinished ones first, then those of other accounts, then the finished ones.
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Run, RunState } from "../ipc/bindings";
import { fakeClient } from "../test/fakeClient";
import { profileAccount, sandboxAccount } from "../test/fixtures";
import { openRun as open, openWindow, runTitleShown as title } from "../test/render";
import { done, failed, groupRun, unknown } from "../test/runFixtures";
import { RUN } from "../test/setupFixtures";

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

  it("names the change of a gateway's groups as what it is", async () => {
    openWindow({ page: "runs" }, fakeClient({ runs: async () => [done, groupRun] }));
    expect(await screen.findByRole("link", { name: "orders-postgres, security groups" })).toHaveAttribute(
      "href",
      `#/runs/${groupRun.id}`,
    );
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

