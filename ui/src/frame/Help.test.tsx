// The help panel by keyboard, menu and button: it says what the page says, and the focus goes there and back.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Route } from "./routes";
import { readyRow } from "../test/fixtures";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";
import { RUN } from "../test/setupFixtures";

async function panel() {
  return screen.findByRole("complementary", { name: "Help" });
}

describe("help", () => {
  const PAGES: [string, Route, string, RegExp][] = [
    ["Endpoints", { page: "endpoints" }, "Endpoints", /It publishes no times/],
    ["Endpoint", { page: "endpoint", endpoint: readyRow.endpoint.id }, "inventory-postgres", /TLS host/],
    ["Runs", { page: "runs" }, "Runs", /Looks for the result of a call/],
    ["Run", { page: "run", run: RUN }, "Connection to orders-postgres", /sets the previous groups again/],
    ["Settings", { page: "settings" }, "Settings", /keyring of the operating system/],
    ["Accounts", { page: "accounts" }, "Accounts", /Pipelink stores no AWS credentials/],
    ["Sandbox", { page: "sandbox" }, "Sandbox", /answers like AWS and ClickHouse/],
  ];

  it.each(PAGES)("of %s opens with F1, takes the focus, and gives it back", async (title, route, name, words) => {
    const { user } = openWindow(route);
    const heading = await headingTakesFocus(name);
    await user.keyboard("{F1}");
    const help = await panel();
    expect(within(help).getByRole("heading", { level: 2, name: title })).toBeVisible();
    expect(within(help).getByText(words)).toBeVisible();
    await waitFor(() => expect(help).toContainElement(document.activeElement as HTMLElement));
    await expectAccessible(help);
    await user.keyboard("{F1}");
    await waitFor(() => expect(screen.queryByRole("heading", { level: 2, name: title })).not.toBeInTheDocument());
    expect(heading).toHaveFocus();
  });

  it("follows from page to page while it is open", async () => {
    const { user } = openWindow({ page: "settings" });
    await headingTakesFocus("Settings");
    await user.keyboard("{F1}");
    await screen.findByRole("heading", { level: 2, name: "Settings" });
    await user.click(screen.getByRole("link", { name: "Runs" }));
    await headingTakesFocus("Runs");
    expect(within(await panel()).getByRole("heading", { level: 2, name: "Runs" })).toBeVisible();
  });

  it("opens from the button at the page's edge and closes from its own", async () => {
    const { user } = openWindow({ page: "settings" });
    await headingTakesFocus("Settings");
    await user.click(screen.getByRole("button", { name: "Open help" }));
    await user.click(within(await panel()).getByRole("button", { name: "Close help" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Open help" })).toHaveFocus());
  });

  it("is said in the menu with its key, beside the shortcuts", async () => {
    const { user } = openWindow({ page: "settings" });
    await headingTakesFocus("Settings");
    await user.click(screen.getByRole("button", { name: "Help" }));
    await user.click(await screen.findByRole("menuitem", { name: "Help (F1)" }));
    const help = await panel();
    await waitFor(() => expect(help).toContainElement(document.activeElement as HTMLElement));
    await user.click(screen.getByRole("button", { name: "Help" }));
    await user.click(await screen.findByRole("menuitem", { name: "Keyboard shortcuts (?)" }));
    expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  });

  it("holds still behind a dialog", async () => {
    const { user } = openWindow({ page: "settings" });
    await headingTakesFocus("Settings");
    await user.keyboard("?");
    await screen.findByRole("dialog");
    await user.keyboard("{F1}");
    expect(screen.queryByRole("heading", { level: 2, name: "Settings" })).not.toBeInTheDocument();
  });
});

describe("the way past the bar", () => {
  it("is the first stop of the keyboard and leads to the heading", async () => {
    const { user } = openWindow({ page: "settings" });
    const heading = await headingTakesFocus("Settings");
    heading.blur();
    await user.tab();
    expect(screen.getByRole("button", { name: "Skip to the page" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(heading).toHaveFocus();
  });
});
