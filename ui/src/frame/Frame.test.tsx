// The frame: which account is in use is seen everywhere, pages are reached by keyboard, and one broken page
// leaves the rest standing.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { AccountView } from "../ipc/bindings";
import { fakeClient, refuses } from "../test/fakeClient";
import { board, profileAccount, readyRow, settingsPage } from "../test/fixtures";
import { headingTakesFocus, openWindow } from "../test/render";
import { isUnfinished } from "./SideNav";
import { run } from "../test/setupFixtures";

describe("the top bar", () => {
  it("names the account, its number and region, and the organization", async () => {
    openWindow({ page: "settings" });
    const chip = await screen.findByRole("link", { name: /Account in use/ });
    expect(chip).toHaveTextContent("Sandbox111122223333us-east-1");
    expect(chip).toHaveClass("pipelink-chip-sandbox");
    expect(screen.getByRole("link", { name: /ClickHouse Example Retail/ })).toBeVisible();
  });

  it("warns of an endpoint override, but not of the sandbox's own", async () => {
    const current: AccountView = {
      ...profileAccount,
      identity: { ...profileAccount.identity, endpointOverride: "http://localhost:4566" },
    };
    openWindow({ page: "settings" }, fakeClient({}, { current }));
    const chip = await screen.findByRole("link", { name: /Account in use:.*production.*endpoint override/ });
    expect(chip).not.toHaveClass("pipelink-chip-sandbox");
    expect(within(chip).getByText("endpoint override")).toBeVisible();
  });

  it("changes the theme and has it kept", async () => {
    const { client, user } = openWindow({ page: "settings" });
    await user.click(await screen.findByRole("button", { name: "Theme" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Dark" }));
    await waitFor(() => expect(document.body).toHaveClass("awsui-dark-mode"));
    expect(client.calls).toContainEqual({ command: "setTheme", args: ["dark"] });
  });

  it("says where a theme could not be kept, and why", async () => {
    const client = fakeClient({
      setTheme: refuses({ code: "journalUnwritable", path: "/settings.json", message: "disk full" }),
    });
    const { user } = openWindow({ page: "settings" }, client);
    await user.click(await screen.findByRole("button", { name: "Theme" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Dark" }));
    await waitFor(() => expect(document.body).toHaveClass("awsui-dark-mode"));
    await user.click(await screen.findByRole("button", { name: "Theme not saved" }));
    expect(await screen.findByText(/Something did not work \(journalUnwritable\)/)).toBeVisible();
  });

  it("opens in the theme that was kept", async () => {
    openWindow({ page: "settings" }, fakeClient({ settings: async () => ({ ...settingsPage, theme: "dark" }) }));
    await waitFor(() => expect(document.body).toHaveClass("awsui-dark-mode"));
  });
});

describe("the side navigation", () => {
  it("leads to each page, whose heading takes the focus and whose name is in the window's title", async () => {
    const { user } = openWindow({ page: "endpoints" });
    await headingTakesFocus("Endpoints");
    expect(document.title).toBe("Endpoints · Sandbox 111122223333 · Pipelink");
    await user.click(screen.getByRole("link", { name: "Settings" }));
    await headingTakesFocus("Settings");
    expect(document.title).toBe("Settings · Sandbox 111122223333 · Pipelink");
    expect(window.location.hash).toBe("#/settings");
  });

  it("counts what waits for you and what is unfinished", async () => {
    openWindow({ page: "settings" });
    expect(await screen.findByText("2 to act on")).toBeVisible();
    expect(await screen.findByText("1 unfinished")).toBeVisible();
  });

  it("does not take what cannot be read for nothing", async () => {
    const damaged = refuses({ code: "journalDamaged", path: "/j", message: "not a database" });
    openWindow({ page: "settings" }, fakeClient({ runs: damaged, board: damaged }));
    expect(await screen.findAllByText("could not be read")).toHaveLength(2);
  });

  it("counts a run that stands still, not one that was left", () => {
    expect(isUnfinished(run({ state: { state: "stopped", problem: { code: "interrupted" } } }))).toBe(true);
    expect(isUnfinished(run({ state: { state: "left" } }))).toBe(false);
  });
});

describe("a page that breaks", () => {
  it("says so and leaves the frame usable", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    // Nothing that Rust would send: it stands for a fault of the page itself.
    const broken = { ...readyRow, endpoint: { ...readyRow.endpoint, dnsNames: null as never } };
    const client = fakeClient({ board: async () => board({ rows: [broken] }) });
    const { user } = openWindow({ page: "endpoints" }, client);
    expect(await screen.findByText("This page could not be shown")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Settings" }));
    await headingTakesFocus("Settings");
    quiet.mockRestore();
  });
});
