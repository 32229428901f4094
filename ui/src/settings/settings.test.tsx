// The ClickHouse key: typed once, tested, kept where it can be kept, forgotten; and the theme.
import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { KeepKey, TypedKey } from "../ipc/bindings";
import { fakeClient, refuses } from "../test/fakeClient";
import { organization, profileAccount, settingsPage } from "../test/fixtures";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";

const KEY: TypedKey = { id: "Kq3vT9ZrYw1xLm5c", secret: "4b1dSECRETvalue" };

async function typeKey(user: UserEvent) {
  await user.type(await screen.findByRole("textbox", { name: "Key ID" }), ` ${KEY.id} `);
  await user.type(screen.getByLabelText("Key secret"), KEY.secret);
}

const withoutKey = (answers = {}) => fakeClient(answers, { current: profileAccount });

describe("a key", () => {
  it("is tested before it is saved, and names its organization", async () => {
    const { client, user, container } = openWindow({ page: "settings" }, withoutKey());
    await headingTakesFocus("Settings");
    await typeKey(user);
    await expectAccessible(container);
    await user.click(screen.getByRole("button", { name: "Test this key" }));
    expect((await screen.findAllByText(/accepts the key: it belongs to organization Example Retail/)).length).toBeGreaterThan(0);
    expect(client.calls).toContainEqual({ command: "testKey", args: [KEY] });
    expect(client.calls.map(({ command }) => command)).not.toContain("saveKey");
  });

  it("says why it does not work, and keeps what was typed", async () => {
    const { user } = openWindow({ page: "settings" }, withoutKey({ testKey: refuses({ code: "keyRejected" }) }));
    await typeKey(user);
    await user.click(screen.getByRole("button", { name: "Test this key" }));
    expect(await screen.findByText("ClickHouse does not accept the API key")).toBeVisible();
    expect(screen.getByLabelText("Key secret")).toHaveValue(KEY.secret);
  });

  it("is kept in the keyring, and its secret leaves the page", async () => {
    const { client, user, container } = openWindow({ page: "settings" }, withoutKey());
    await typeKey(user);
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Kept in this computer's keyring")).toBeVisible();
    expect(client.calls).toContainEqual({ command: "saveKey", args: [KEY, "keyring"] });
    expect(screen.getByText(KEY.id)).toBeVisible();
    expect(container.innerHTML).not.toContain(KEY.secret);
    for (const input of container.querySelectorAll("input")) expect(input.value).not.toBe(KEY.secret);
    expect(await screen.findByRole("link", { name: /ClickHouse Example Retail/ })).toBeVisible();
  });

  it("is saved with Enter, and asks for what is missing at the field", async () => {
    const { client, user } = openWindow({ page: "settings" }, withoutKey());
    await user.type(await screen.findByRole("textbox", { name: "Key ID" }), `${KEY.id}{Enter}`);
    expect(await screen.findByText("Enter the key's secret.")).toBeVisible();
    expect(client.calls.map(({ command }) => command)).not.toContain("saveKey");
    await user.type(screen.getByLabelText("Key secret"), `${KEY.secret}{Enter}`);
    expect(await screen.findByText("Kept in this computer's keyring")).toBeVisible();
  });

  it("is kept in memory where no keyring answers, without typing it again", async () => {
    const client = withoutKey({
      saveKey: (key: TypedKey, keep: KeepKey) =>
        keep === "keyring"
          ? refuses({ code: "keyringUnavailable", message: "org.freedesktop.secrets is not provided" })()
          : Promise.resolve({ ...profileAccount, key: { state: "memory" as const, keyId: key.id }, organization }),
      settings: async () => ({ ...settingsPage, key: saved() ? { state: "memory", keyId: KEY.id } : { state: "missing" } }),
    });
    const saved = () => client.calls.some(({ command, args }) => command === "saveKey" && args[1] === "memory");
    const { user } = openWindow({ page: "settings" }, client);
    await typeKey(user);
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("No keyring answers on this computer")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Keep it in memory instead" }));
    expect(await screen.findByText(/Kept in memory: it is gone when Pipelink ends/)).toBeVisible();
    expect(client.calls).toContainEqual({ command: "saveKey", args: [KEY, "memory"] });
  });

  it("that a silent keyring may hold is not called missing", async () => {
    const client = withoutKey({
      settings: async () => ({ ...settingsPage, key: { state: "keyringUnavailable", message: "locked collection" } }),
    });
    openWindow({ page: "settings" }, client);
    expect(await screen.findByText("The keyring of this computer does not answer")).toBeVisible();
    expect(screen.getByRole("radio", { name: /In memory/ })).toBeChecked();
    expect(screen.queryByText("No key is set")).not.toBeInTheDocument();
  });

  it("is forgotten after a question that says what stays", async () => {
    const current = { ...profileAccount, key: { state: "keyring", keyId: KEY.id } as const, organization };
    const { client, user } = openWindow({ page: "settings" }, fakeClient({}, { current }));
    await user.click(await screen.findByRole("button", { name: "Forget this key" }));
    const dialog = await screen.findByRole("dialog", { name: "Forget this key" });
    expect(dialog).toHaveTextContent("stays valid until you delete it in ClickHouse Cloud");
    await user.click(within(dialog).getByRole("button", { name: "Forget" }));
    expect(await screen.findByText("No key is set")).toBeVisible();
    expect(client.calls).toContainEqual({ command: "forgetKey", args: [] });
  });

  it("of the sandbox can be tested, not changed", async () => {
    const { client, user } = openWindow({ page: "settings" });
    await user.click(await screen.findByRole("button", { name: "Test this key" }));
    expect((await screen.findAllByText(/accepts the key of organization Example Retail/)).length).toBeGreaterThan(0);
    expect(client.calls).toContainEqual({ command: "testKey", args: [null] });
    expect(screen.queryByRole("textbox", { name: "Key ID" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Forget this key" })).not.toBeInTheDocument();
  });

  it("belongs to an account: without one the page says so", async () => {
    openWindow({ page: "settings" }, fakeClient({}, { current: null }));
    expect(await screen.findByText(/Open an account first/)).toBeVisible();
  });
});

describe("the theme", () => {
  it("is chosen here too", async () => {
    const { client, user } = openWindow({ page: "settings" });
    await user.click(await screen.findByRole("radio", { name: "Dark" }));
    await waitFor(() => expect(document.body).toHaveClass("awsui-dark-mode"));
    expect(client.calls).toContainEqual({ command: "setTheme", args: ["dark"] });
  });

  it("says so where it cannot be kept", async () => {
    const client = fakeClient({
      setTheme: refuses({ code: "internal", message: "disk full" }),
    });
    const { user } = openWindow({ page: "settings" }, client);
    await user.click(await screen.findByRole("radio", { name: "Light" }));
    expect(await screen.findByText(/The choice holds until Pipelink ends/)).toBeVisible();
  });
});

describe("the rest", () => {
  it("names folders and version", async () => {
    openWindow({ page: "settings" });
    expect(await screen.findByText(settingsPage.logFolder)).toBeVisible();
    expect(screen.getByText(settingsPage.version)).toBeVisible();
  });

  it("says why it could not be read, and still lets the theme be chosen", async () => {
    openWindow({ page: "settings" }, fakeClient({ settings: refuses({ code: "internal", message: "odd file" }) }));
    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
    expect(screen.getByRole("radio", { name: "Dark" })).toBeEnabled();
  });
});
