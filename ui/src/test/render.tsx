// Renders the whole window, or one piece inside everything that surrounds it, with a fake client.
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import type { ReactNode } from "react";
import { expect } from "vitest";

import { AccountProvider } from "../accounts/AccountContext";
import { hrefOf, type Route } from "../frame/routes";
import { ThemeProvider } from "../frame/theme";
import { Window } from "../frame/Window";
import { ClientProvider } from "../ipc/ClientContext";
import I18nProvider from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import type { RunPage } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { fakeClient, type FakeClient } from "./fakeClient";
import { RUN, runPage } from "./setupFixtures";

/** The whole window, opened at a page. */
export function openWindow(route: Route, client: FakeClient = fakeClient()) {
  window.location.hash = hrefOf(route);
  return { client, user: userEvent.setup(), ...render(<Window client={client} />) };
}

/** The page of one run. */
export function openRun(over: Partial<RunPage> = {}, answers: Partial<Client> = {}) {
  return openWindow({ page: "run", run: RUN }, fakeClient({ runPage: async () => runPage(over), ...answers }));
}

/** Waits for that page's heading. */
export function runTitleShown(name = "Connection to orders-postgres"): Promise<HTMLElement> {
  return screen.findByRole("heading", { level: 1, name }, { timeout: 5000 });
}

/** One component, with client, account and words around it. */
export function renderPiece(piece: ReactNode, client: FakeClient = fakeClient()) {
  const rendered = render(
    <I18nProvider locale="en" messages={[messages]}>
      <ClientProvider client={client}>
        <ThemeProvider>
          <AccountProvider>{piece}</AccountProvider>
        </ThemeProvider>
      </ClientProvider>
    </I18nProvider>,
  );
  return { client, user: userEvent.setup(), ...rendered };
}

/** Waits for a page's heading and checks that it took the focus. */
export async function headingTakesFocus(name: string | RegExp): Promise<HTMLElement> {
  const heading = await screen.findByRole("heading", { level: 1, name }, { timeout: 5000 });
  await waitFor(() => expect(heading).toHaveFocus());
  return heading;
}

/** Fails on any accessibility violation that can be told without a layout. */
export async function expectAccessible(container: Element): Promise<void> {
  const found = await axe.run(container, {
    // Without stylesheets there are no colours and sizes, and what they hide counts as shown: these rules are
    // looked at in the real window.
    rules: {
      "color-contrast": { enabled: false },
      "target-size": { enabled: false },
      "landmark-unique": { enabled: false },
    },
  });
  const words = found.violations.map(
    (violation) => `${violation.id}: ${violation.help}\n  ${violation.nodes.map((node) => node.html).join("\n  ")}`,
  );
  expect(words.join("\n")).toBe("");
}
