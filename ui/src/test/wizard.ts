// The wizard's ways for its tests: opening it, and going from step to step as an admin does who takes the defaults.
import { screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";

import type { Check } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { fakeClient, type FakeClient } from "./fakeClient";
import { sources } from "./networkFixtures";
import { expectAccessible, openWindow } from "./render";

export type User = ReturnType<typeof openWindow>["user"];

/** The ARN of orders-postgres. */
export const SOURCE = sources.sources[0]?.arn ?? "";

/** What is written on the button that begins the run with the defaults. */
export const CREATE = "Create 4 resources in 111122223333 (Sandbox), us-east-1";

export function openWizard(answers: Partial<Client> = {}, client: FakeClient = fakeClient(answers)) {
  return openWindow({ page: "setup" }, client);
}

export async function heading(name: string) {
  return screen.findByRole("heading", { name, level: 1 }, { timeout: 5000 });
}

/** Waits for the checks; a live region says the same beside the heading. */
export async function outcome(words: string) {
  return screen.findByRole("heading", { name: words, level: 2 });
}

/** Why the wizard stays where it is; it is shown, and said in a live region. */
export async function staysBecause(words: string | RegExp) {
  expect(await screen.findAllByText(words)).not.toHaveLength(0);
}

/** The wizard draws its steps twice, for narrow and wide; the style sheet, which jsdom has not, hides one. */
export async function expectStepAccessible() {
  const hidden = document.querySelectorAll<HTMLElement>("nav[class*=awsui_hidden]");
  for (const nav of hidden) nav.hidden = true;
  await expectAccessible(document.body);
  for (const nav of hidden) nav.hidden = false;
}

export async function next(user: User) {
  await user.click(screen.getByRole("button", { name: "Next" }));
}

/** Takes a path, whatever is recommended. */
export async function takePath(user: User, name: RegExp) {
  await user.click(await screen.findByRole("radio", { name }));
}

export async function pickSource(user: User) {
  await user.click(await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 }));
  await next(user);
  await heading("Account and region");
}

export async function pickService(user: User) {
  await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
  await next(user);
  await heading("Resource and network");
}

/** As far as the network, with its defaults filled in. */
export async function toNetwork(user: User) {
  await pickSource(user);
  await pickService(user);
  await screen.findByRole("table", { name: "Subnets" });
  await waitFor(() => expect(screen.getByLabelText("Resource gateway")).toHaveValue("orders-postgres-gateway"));
}

export async function toChecks(user: User) {
  await toNetwork(user);
  await next(user);
  await heading("Checks");
}

export async function toReview(user: User) {
  await toChecks(user);
  await outcome("All checks passed");
  await next(user);
  await heading("Review");
}

/** Checks that come out so. */
export const answered = (...checks: Check[]) => ({ checks: async () => ({ checks, existing: null }) });
