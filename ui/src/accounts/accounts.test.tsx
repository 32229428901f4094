// First start and the account picker: the sandbox in one click, profiles with their state, regions asked for.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { fakeClient, refuses, silent } from "../test/fakeClient";
import { noAccount, profileAccount, sandboxAccount } from "../test/fixtures";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";

const fresh = (answers = {}) => fakeClient(answers, { current: null });

describe("first start", () => {
  it("offers the sandbox in one click", async () => {
    const { client, user } = openWindow({ page: "start" }, fresh());
    await headingTakesFocus("AWS PrivateLink for ClickPipes");
    expect(screen.queryByRole("navigation", { name: "Pages" })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Try it in the sandbox" }));
    await headingTakesFocus("Endpoints");
    expect(client.calls).toContainEqual({ command: "selectAccount", args: [{ kind: "sandbox" }] });
  });

  it("lists the profiles with kind and state, and names why one cannot be used", async () => {
    const { user } = openWindow({ page: "start" }, fresh());
    const table = await screen.findByRole("table", { name: "AWS profiles" });
    const production = await within(table).findByRole("row", { name: /production/ });
    expect(production).toHaveTextContent("IAM Identity Center");
    expect(production).toHaveTextContent("444455556666");
    expect(production).toHaveTextContent("Can be tried");
    const audit = within(table).getByRole("row", { name: /audit/ });
    expect(await within(audit).findByText(/uses mfa_serial, which Pipelink does not support yet/)).toBeVisible();
    expect(within(audit).queryByRole("button")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Use my AWS profiles" }));
    expect(screen.getByRole("heading", { name: /AWS profiles/ })).toHaveFocus();
  });

  it("opens a profile in its own region", async () => {
    const { client, user } = openWindow({ page: "start" }, fresh());
    await user.click(await screen.findByRole("button", { name: "Use in eu-central-1, profile production" }));
    await headingTakesFocus("Endpoints");
    expect(client.calls).toContainEqual({
      command: "selectAccount",
      args: [{ kind: "profile", name: "production", region: "eu-central-1" }],
    });
    expect(screen.getByRole("link", { name: /Account in use/ })).toHaveTextContent("production");
  });

  it("asks for the region of a profile that has none", async () => {
    const { client, user } = openWindow({ page: "start" }, fresh());
    await user.click(await screen.findByRole("button", { name: "Choose region, profile staging" }));
    const dialog = await screen.findByRole("dialog", { name: "Region for profile staging" });
    expect(within(dialog).getByRole("button", { name: "Open the account" })).toBeDisabled();
    await user.type(within(dialog).getByRole("combobox"), "eu-west");
    await user.click(await screen.findByRole("option", { name: /eu-west-1/ }));
    await user.click(within(dialog).getByRole("button", { name: "Open the account" }));
    await headingTakesFocus("Endpoints");
    expect(client.calls).toContainEqual({
      command: "selectAccount",
      args: [{ kind: "profile", name: "staging", region: "eu-west-1" }],
    });
  });

  it("lets a region be typed where the list cannot be read", async () => {
    const client = fresh({
      accountRegions: refuses({ code: "accessDenied", action: "ec2:DescribeRegions", message: "no" }),
    });
    const { user } = openWindow({ page: "start" }, client);
    await user.click(await screen.findByRole("button", { name: "Choose region, profile staging" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText(/The regions could not be listed, so type one/)).toBeVisible();
    await user.type(within(dialog).getByRole("combobox"), "ap-south-1");
    await user.click(within(dialog).getByRole("button", { name: "Open the account" }));
    await headingTakesFocus("Endpoints");
  });

  it("says why an account could not be opened, and tries again", async () => {
    let expired = true;
    const client = fresh({
      selectAccount: () =>
        expired
          ? refuses({ code: "credentialsExpired", profile: "production" })()
          : Promise.resolve(profileAccount),
    });
    const { user } = openWindow({ page: "start" }, client);
    await user.click(await screen.findByRole("button", { name: "Use in eu-central-1, profile production" }));
    expect(await screen.findByText("The credentials of production have expired")).toBeVisible();
    expect(screen.getByText("aws sso login --profile production")).toBeVisible();
    expired = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await headingTakesFocus("Endpoints");
  });

  it("says what to do where there are no profiles, and lists them again", async () => {
    let profiles = noAccount.profiles.slice(0, 0);
    const client = fresh({ accountPicker: async () => ({ ...noAccount, profiles }) });
    const { user } = openWindow({ page: "start" }, client);
    expect(await screen.findByText("No AWS profiles on this computer")).toBeVisible();
    profiles = noAccount.profiles;
    await user.click(screen.getByRole("button", { name: "List again" }));
    expect(await screen.findByText("production")).toBeVisible();
  });

  it("opens the account that was used last by itself", async () => {
    const last = { kind: "profile", name: "production", region: "eu-central-1" } as const;
    const client = fresh({ accountPicker: async () => ({ ...noAccount, last }) });
    openWindow({ page: "start" }, client);
    await headingTakesFocus("Endpoints");
    expect(client.calls.filter(({ command }) => command === "selectAccount")).toEqual([
      { command: "selectAccount", args: [last] },
    ]);
  });

  it("offers nothing else while that one opens, unless it takes long", async () => {
    const last = { kind: "sandbox" } as const;
    openWindow({ page: "start" }, fresh({ accountPicker: async () => ({ ...noAccount, last }), selectAccount: silent() }));
    await new Promise((passed) => setTimeout(passed, 200));
    expect(screen.queryByRole("button", { name: "Try it in the sandbox" })).not.toBeInTheDocument();
    expect(await screen.findByRole("button", { name: "Use my AWS profiles" }, { timeout: 3000 })).toBeVisible();
  });

  it("leaves open what was clicked last, while the account used last still opens", async () => {
    let finish: (view: typeof profileAccount) => void = () => undefined;
    const last = { kind: "profile", name: "production", region: "eu-central-1" } as const;
    const client = fresh({
      accountPicker: async () => ({ ...noAccount, last }),
      selectAccount: (ref: { kind: string }) =>
        ref.kind === "sandbox"
          ? Promise.resolve(sandboxAccount)
          : new Promise<typeof profileAccount>((done) => (finish = done)),
    });
    const { user } = openWindow({ page: "start" }, client);
    expect(await screen.findByText("Opening profile production in eu-central-1")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try it in the sandbox" }));
    finish(profileAccount);
    await waitFor(() =>
      expect(screen.getByRole("link", { name: /Account in use/ })).toHaveTextContent("Sandbox"),
    );
  });

  it("has no accessibility violation", async () => {
    const { container } = openWindow({ page: "start" }, fresh());
    await screen.findByText("production");
    await expectAccessible(container);
  });
});

describe("the account picker", () => {
  it("shows who acts, and changes to another account", async () => {
    const { user, container } = openWindow({ page: "accounts" }, fakeClient({}, { current: profileAccount }));
    await headingTakesFocus("Accounts");
    expect(screen.getByText(profileAccount.identity.arn)).toBeVisible();
    expect(screen.getByText("In use in eu-central-1")).toBeVisible();
    await expectAccessible(container);
    await user.click(screen.getByRole("button", { name: "Use the sandbox" }));
    await headingTakesFocus("Endpoints");
    expect(screen.getByRole("link", { name: /Account in use/ })).toHaveTextContent("Sandbox");
  });
});
