// What can be done with what a run made: deleting it, with what would break named first, and giving its gateway other
// security groups.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { RunPage } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { breaking, gatewayGroups, GROUPS, GROUP_RUN, partlyRead, removal } from "../test/aftercareFixtures";
import { fakeClient, refuses, silent } from "../test/fakeClient";
import { pendingRow, profileAccount } from "../test/fixtures";
import { expectAccessible, openRun as open, openWindow, runTitleShown as title } from "../test/render";
import { done, failed, groupRun, groupRunPage, reusing, undoing } from "../test/runFixtures";
import { RUN, runPage } from "../test/setupFixtures";

const DELETE = "Delete what this run made";

async function openRemoval(over: Partial<RunPage>, answers: Partial<Client> = {}, button = DELETE) {
  const opened = open(over, answers);
  await title();
  await opened.user.click(screen.getByRole("button", { name: button }));
  const dialog = await screen.findByRole("dialog");
  return { ...opened, dialog: within(dialog), shown: dialog };
}

function undone(client: ReturnType<typeof fakeClient>): boolean {
  return client.calls.some(({ command }) => command === "undoRun");
}

describe("deleting what a run made", () => {
  it("names the account and each call, in order, and then does it", async () => {
    const { dialog, client, user, shown } = await openRemoval({ run: done });
    expect(await dialog.findByText("111122223333")).toBeVisible();
    const items = within(dialog.getByRole("list", { name: "What is deleted" })).getAllByRole("listitem");
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringMatching(/^Reverse private endpoint 5a1d7c3e.*clickPipeReversePrivateEndpointDelete$/),
      expect.stringMatching(/^Resource share arn:aws:ram.*ram:DeleteResourceShare$/),
      expect.stringMatching(/^Resource configuration rcfg-.*vpc-lattice:DeleteResourceConfiguration$/),
      expect.stringMatching(/^Resource gateway rgw-.*vpc-lattice:DeleteResourceGateway$/),
    ]);
    await expectAccessible(shown);
    expect(undone(client)).toBe(false);
    await user.click(dialog.getByRole("button", { name: "Delete 4 resources" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, []] }));
    expect(client.calls).toContainEqual({ command: "removal", args: [RUN] });
  });

  it("is called undo while the run is unfinished", async () => {
    const { dialog, client, user } = await openRemoval(
      { run: failed },
      { removal: async () => removal({ items: removal().items.slice(2) }) },
      "Undo",
    );
    await user.click(await dialog.findByRole("button", { name: "Delete 2 resources" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, []] }));
  });

  it("names what breaks before what is deleted, and takes the typed word", async () => {
    const { dialog, client, user, shown } = await openRemoval({ run: done }, { removal: async () => breaking });
    const lists = (await dialog.findAllByRole("list")).map((list) => list.getAttribute("aria-label"));
    expect(lists).toEqual(["What breaks", "What is deleted"]);
    const broken = within(dialog.getByRole("list", { name: "What breaks" })).getAllByRole("listitem");
    expect(broken.map((item) => item.textContent?.trim())).toEqual([
      "ClickPipe orders CDC: It names this endpoint.",
      "ClickPipe orders history: It connects to one of the endpoint's DNS names. Inferred, not said by the API.",
    ]);
    await expectAccessible(shown);
    const confirm = dialog.getByRole("button", { name: "Delete 4 resources" });
    await user.click(confirm);
    const field = dialog.getByRole("textbox", { name: 'To confirm, type "delete"' });
    await user.type(field, "delet{Enter}");
    expect(undone(client)).toBe(false);
    await user.type(field, "e{Enter}");
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, []] }));
  });

  it("says what could not be read, and takes a tick for it", async () => {
    const { dialog, client, user } = await openRemoval({ run: done }, { removal: async () => partlyRead });
    const unread = await dialog.findByRole("list", { name: "What could not be read" });
    expect(within(unread).getByText(/may not clickPipeGetList/)).toBeVisible();
    const confirm = dialog.getByRole("button", { name: "Delete 4 resources" });
    await user.click(confirm);
    expect(undone(client)).toBe(false);
    await user.click(dialog.getByRole("checkbox", { name: /something may break which could not be read/ }));
    await user.click(confirm);
    await waitFor(() => expect(undone(client)).toBe(true));
  });

  it("names the service that is idle", async () => {
    const idle = removal({ unread: [{ code: "serviceIdle", serviceId: pendingRow.service.id, message: "" }] });
    const { dialog } = await openRemoval({ run: done }, { removal: async () => idle });
    const unread = await dialog.findByRole("list", { name: "What could not be read" });
    expect(await within(unread).findByText(`${pendingRow.service.name}:`)).toBeVisible();
  });

  it("deletes nothing that was not shown", async () => {
    const { dialog, client, user } = await openRemoval({ run: done }, { removal: silent() });
    expect(dialog.getByText("Reading what would break")).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Undo" }));
    expect(undone(client)).toBe(false);
  });

  it("says why it could not be read, and reads again", async () => {
    let answers = false;
    const { dialog, user } = await openRemoval(
      { run: done },
      { removal: () => (answers ? Promise.resolve(removal()) : refuses({ code: "throttled", party: "aws", operation: "x" })()) },
    );
    expect(await dialog.findByText(/Something did not work \(throttled\)/)).toBeVisible();
    answers = true;
    await user.click(dialog.getByRole("button", { name: "Try again" }));
    expect(await dialog.findByRole("button", { name: "Delete 4 resources" })).toBeVisible();
  });

  it("says so where nothing was made", async () => {
    const { dialog, client, user } = await openRemoval({ run: failed }, { removal: async () => removal({ items: [] }) }, "Undo");
    expect(await dialog.findByText(/has made nothing that is there/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(undone(client)).toBe(true));
  });

  it("says that it looks first for what it does not know the ID of", async () => {
    const [first, ...rest] = removal().items;
    const { dialog } = await openRemoval({ run: done }, { removal: async () => removal({ items: [{ ...first!, id: null }, ...rest] }) });
    expect(await dialog.findByText(/not known to be there: Pipelink looks for it first, and deletes what it finds/)).toBeVisible();
  });

  it("says that what was there before is not touched", async () => {
    const { dialog } = await openRemoval({ run: reusing });
    expect(await dialog.findByText(/Not touched, since it was there before: Resource gateway shared-gateway/)).toBeVisible();
  });

  it("gives the focus back when it is not wanted after all", async () => {
    const { client, shown } = await openRemoval({ run: done });
    expect(shown).toContainElement(document.activeElement as HTMLElement);
    // The dialog goes by the key's number, which user-event does not send.
    fireEvent.keyDown(document.activeElement ?? shown, { key: "Escape", keyCode: 27 });
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByRole("button", { name: DELETE })).toHaveFocus());
    expect(undone(client)).toBe(false);
  });

  it("leaves the focus on the heading when its button goes", async () => {
    let page = runPage({ run: done });
    const { dialog, client, user } = await openRemoval({}, { runPage: async () => page });
    page = runPage({ run: undoing });
    await user.click(await dialog.findByRole("button", { name: "Delete 4 resources" }));
    expect(await screen.findByText("Being undone")).toBeVisible();
    expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, []] });
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
  });

  it("is not offered in another account", async () => {
    open({ run: { ...done, identity: profileAccount.identity } });
    await title();
    expect(screen.queryByRole("button", { name: DELETE })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Change security groups" })).not.toBeInTheDocument();
  });
});

describe("changing the gateway's security groups", () => {
  async function openGroups(answers: Partial<Client> = {}) {
    const opened = open({ run: done }, answers);
    await title();
    await opened.user.click(screen.getByRole("button", { name: "Change security groups" }));
    const dialog = await screen.findByRole("dialog");
    return { ...opened, dialog: within(dialog), shown: dialog };
  }

  const CONFIRM = "Change in 111122223333 (Sandbox)";

  it("has the current groups ticked, says call and undo, and goes to the run that it begins", async () => {
    const { dialog, client, user, shown } = await openGroups();
    const now = await dialog.findByRole("checkbox", { name: /clickpipes-gateway/ });
    expect(now).toBeChecked();
    expect(dialog.getByText("vpc-lattice:UpdateResourceGateway")).toBeVisible();
    expect(dialog.getByText(new RegExp(`The same call with the groups that it has now: ${GROUPS.now}`))).toBeVisible();
    expect(dialog.getAllByText("Path open")).toHaveLength(2);
    await expectAccessible(shown);
    await user.click(dialog.getByRole("checkbox", { name: /data-clients/ }));
    await user.click(now);
    await user.click(dialog.getByRole("button", { name: CONFIRM }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "changeGatewayGroups", args: [RUN, [GROUPS.now], [GROUPS.other]] }));
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${GROUP_RUN}`));
  });

  it("does nothing while nothing is changed", async () => {
    const { dialog, client, user } = await openGroups();
    await dialog.findByRole("checkbox", { name: /clickpipes-gateway/ });
    await user.click(dialog.getByRole("button", { name: CONFIRM }));
    expect(client.calls.some(({ command }) => command === "changeGatewayGroups")).toBe(false);
  });

  it("warns where the connection would break", async () => {
    const { dialog, user } = await openGroups();
    await user.click(await dialog.findByRole("checkbox", { name: /locked-down/ }));
    expect(dialog.queryByText("The connection breaks with this choice")).not.toBeInTheDocument();
    await user.click(dialog.getByRole("checkbox", { name: /clickpipes-gateway/ }));
    expect(dialog.getByText("The connection breaks with this choice")).toBeVisible();
  });

  it("names a group that a change would take off unseen", async () => {
    const gateway = { ...gatewayGroups.gateway, securityGroupIds: [GROUPS.now, "sg-0fffffffffffffff0"] };
    const { dialog } = await openGroups({ gatewayGroups: async () => ({ ...gatewayGroups, gateway }) });
    expect(await dialog.findByText(/sg-0fffffffffffffff0 could not be read/)).toBeVisible();
  });

  it("stays open with the reason where it is refused", async () => {
    const { dialog, user } = await openGroups({
      changeGatewayGroups: refuses({ code: "conflict", operation: "UpdateResourceGateway", message: "in progress" }),
    });
    await user.click(await dialog.findByRole("checkbox", { name: /data-clients/ }));
    await user.click(dialog.getByRole("button", { name: CONFIRM }));
    expect(await dialog.findByText(/Something did not work \(conflict\)/)).toBeVisible();
    expect(window.location.hash).toBe(`#/runs/${RUN}`);
  });

  it("is offered once the run has ended, where there is a gateway", async () => {
    open({ run: failed });
    await title();
    expect(screen.queryByRole("button", { name: "Change security groups" })).not.toBeInTheDocument();
  });
});

describe("a run that changed the groups", () => {
  const NAME = "Security groups of the gateway for orders-postgres";

  function openChange(over: Partial<RunPage> = {}, answers: Partial<Client> = {}) {
    const client = fakeClient({ runPage: async () => groupRunPage(over), ...answers });
    return openWindow({ page: "run", run: GROUP_RUN }, client);
  }

  it("says what it did, has no connection of its own, and sets the previous groups again", async () => {
    const items = [
      { step: "groups", what: "Security groups of the gateway", id: "rgw-1", call: "vpc-lattice:UpdateResourceGateway", onlyIfAsked: false },
    ];
    const { user, client } = openChange({}, { removal: async () => removal({ items }) });
    await title(NAME);
    expect(screen.getAllByText(GROUPS.other).length).toBeGreaterThan(0);
    expect(screen.queryByRole("heading", { name: "Connect" })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Set the previous groups again" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByText("This call is made:")).toBeVisible();
    expect(dialog.getByText(/The gateway itself stays/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Set the previous groups" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [GROUP_RUN, []] }));
  });

  it("takes a word of its own where something breaks: nothing is deleted", async () => {
    const { user, client } = openChange({}, { removal: async () => breaking });
    await title(NAME);
    await user.click(screen.getByRole("button", { name: "Set the previous groups again" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(await dialog.findByRole("textbox", { name: 'To confirm, type "confirm"' }), "confirm{Enter}");
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [GROUP_RUN, []] }));
  });

  it("does not speak of removing", async () => {
    const steps = groupRun.steps.map((step) => ({ ...step, state: { state: "undone" as const } }));
    openChange({ run: { ...groupRun, state: { state: "undone" }, steps } });
    await title(NAME);
    expect(screen.getByText("The gateway has the security groups that it had before.")).toBeVisible();
    expect(screen.getAllByText("The previous groups are set").length).toBeGreaterThan(0);
    expect(screen.queryByText(/removed/i)).not.toBeInTheDocument();
    expect(screen.queryByText(GROUPS.other)).not.toBeInTheDocument();
  });

  it("has no accessibility violation", async () => {
    openChange({}, { runs: async () => [runPage().run] });
    await title(NAME);
    await expectAccessible(document.body);
  });
});
