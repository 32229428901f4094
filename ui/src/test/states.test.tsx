// Every page in every state that the preview can show: it is drawn, says what it is, breaks no rule of accessibility, and
// does not draw thousands of rows at once.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Route } from "../frame/routes";
import type { Theme } from "../ipc/bindings";
import { fakeClient } from "./fakeClient";
import { pendingRow, readyRow, settingsPage } from "./fixtures";
import { PAGE_STATES } from "./previewStates";
import { expectAccessible, openWindow } from "./render";
import { RUN } from "./setupFixtures";

/** Each page with the states in which it differs. */
const PAGES: [Route, string[]][] = [
  [{ page: "accounts" }, ["empty", "long", "partly"]],
  [{ page: "endpoints" }, ["loading", "empty", "one", "long", "denied", "offline", "partly", "no-key", "by-hand"]],
  [{ page: "endpoint", endpoint: readyRow.endpoint.id }, ["loading", "empty", "partly"]],
  [{ page: "setup" }, []],
  [{ page: "runs" }, ["loading", "empty", "long", "denied", "partly"]],
  [{ page: "run", run: RUN }, ["loading", "empty", "long"]],
  [{ page: "settings" }, ["loading", "real", "missing-key", "no-keyring"]],
  [{ page: "sandbox" }, ["loading", "empty", "sandbox-long", "offline", "real"]],
];

/** Pages that say how many rows they have. */
const LISTS: ReadonlySet<Route["page"]> = new Set(["accounts", "endpoints", "runs", "run", "sandbox"]);

/** Far more than any page draws, and far less than 5,000 rows are. */
const MOST_ELEMENTS = 6000;

async function open(route: Route, state: string, theme: Theme = "light") {
  const { answers, options } = PAGE_STATES[state] ?? {};
  const settings = { settings: async () => ({ ...settingsPage, theme }) };
  openWindow(route, fakeClient({ ...settings, ...answers }, options));
  await waitFor(() => expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1));
  // Loading states never settle; everything else has answered by then.
  await waitFor(() => expect(screen.queryByText("Opening the page")).not.toBeInTheDocument());
  await new Promise((answered) => setTimeout(answered, 50));
  expect(screen.queryByText("This page could not be shown")).not.toBeInTheDocument();
}

describe.each(PAGES.map(([route, states]) => ({ page: route.page, route, states })))("the page $page", ({ route, states }) => {
  it.each(["light", "dark"] as const)("has no accessibility violation, %s", async (theme) => {
    await open(route, "usual", theme);
    await waitFor(() => expect(document.body.classList.contains("awsui-dark-mode")).toBe(theme === "dark"));
    await expectAccessible(document.body);
  });

  it.each(states)("is whole and accessible: %s", async (state) => {
    await open(route, state);
    await expectAccessible(document.body);
  });

  it.runIf(LISTS.has(route.page))("draws a part of 5,000 rows", async () => {
    await open(route, "many");
    await screen.findAllByText("(5000)");
    expect(document.querySelectorAll("*").length).toBeLessThan(MOST_ELEMENTS);
  });
});

describe.each(["first", "first-loading", "first-empty", "first-refused", "first-offline"])("the start: %s", (state) => {
  it("is whole and accessible", async () => {
    const { answers, options } = PAGE_STATES[state] ?? {};
    openWindow({ page: "start" }, fakeClient(answers, options));
    await screen.findByText(state === "first-loading" ? "Opening Pipelink" : /Pipelink makes a private database/);
    await expectAccessible(document.body);
  });
});

describe("each state of one page", () => {
  const other = Object.keys(PAGE_STATES).filter((name) => /^(run|removal|groups)-/.test(name));

  it.each(other)("is whole: %s", async (state) => {
    await open({ page: "run", run: RUN }, state);
    await expectAccessible(document.body);
  });

  it.each(Object.keys(PAGE_STATES).filter((name) => name.startsWith("endpoint-")))("is whole: %s", async (state) => {
    await open({ page: "endpoint", endpoint: pendingRow.endpoint.id }, state);
    await screen.findByRole("heading", { level: 2, name: /^Connections/ });
    await expectAccessible(document.body);
  });
});
