// Multi-VPC connectivity that an undo left on, or was asked to turn off before it stopped.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Removal, RunPage } from "../ipc/bindings";
import { CLUSTER } from "../test/connectionFixtures";
import { fakeClient } from "../test/fakeClient";
import { mskDone, mskUndone } from "../test/pathFixtures";
import { expectAccessible, openWindow } from "../test/render";
import { RUN } from "../test/setupFixtures";
import { possible } from "./useRunActions";

const REMOVAL: Removal = {
  items: [
    {
      step: "connectivity",
      what: "Multi-VPC connectivity of the cluster, back to none",
      id: CLUSTER,
      call: "kafka:UpdateConnectivity",
      onlyIfAsked: true,
    },
  ],
  breaks: [],
  unread: [],
};

async function openUndo(page: RunPage, button: string) {
  const client = fakeClient({ runPage: async () => page, removal: async () => REMOVAL });
  const opened = openWindow({ page: "run", run: RUN }, client);
  await screen.findByRole("heading", { level: 1, name: /^Connection to/ }, { timeout: 5000 });
  await opened.user.click(screen.getByRole("button", { name: button }));
  const shown = await screen.findByRole("dialog");
  await within(shown).findByRole("list", { name: "What is deleted" });
  return { ...opened, shown, dialog: within(shown) };
}

describe("multi-VPC connectivity", () => {
  it("that an undo left on can be turned off afterwards, with the same warning", async () => {
    const { client, user, dialog, shown } = await openUndo(mskUndone, "Turn off multi-VPC connectivity");
    expect(dialog.getByRole("heading", { name: /^Turn off multi-VPC connectivity: / })).toBeVisible();
    expect(dialog.getByText("Everybody who connects to the cluster from another VPC is cut off")).toBeVisible();
    expect(dialog.queryByRole("checkbox")).not.toBeInTheDocument();
    await expectAccessible(shown);
    await user.click(dialog.getByRole("button", { name: "Turn it off" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, ["connectivity"]] }));
  });

  it("says where it can be turned off: here, or in the account and region of the run", async () => {
    const ours = openWindow({ page: "run", run: RUN }, fakeClient({ runPage: async () => mskUndone }));
    expect(await screen.findByText(/turn it off with the button above, or in the MSK console/, {}, { timeout: 5000 })).toBeVisible();
    expect(screen.getByRole("button", { name: "Turn off multi-VPC connectivity" })).toBeVisible();
    ours.unmount();

    const identity = { ...mskUndone.run.identity, accountId: "444455556666", region: "eu-central-1" };
    const elsewhere: RunPage = { ...mskUndone, run: { ...mskUndone.run, identity } };
    openWindow({ page: "run", run: RUN }, fakeClient({ runPage: async () => elsewhere }));
    const words = /choose account 444455556666 in eu-central-1, then turn it off on this page, or in the MSK console/;
    expect(await screen.findByText(words, {}, { timeout: 5000 })).toBeVisible();
    expect(screen.queryByText(/with the button above/)).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Turn off multi-VPC connectivity" })).not.toBeInTheDocument();
  });

  it("is not offered where nothing was left on", () => {
    const steps = mskUndone.run.steps.map((step) => ({ ...step, state: { state: "undone" as const } }));
    expect(possible(mskUndone.run).undoFurther).toBe(true);
    expect(possible({ ...mskUndone.run, steps }).undoFurther).toBe(false);
    expect(possible(mskDone.run).undoFurther).toBe(false);
  });

  it("that was asked for stays ticked when the undo is continued, and cannot be taken back", async () => {
    const stopped: RunPage = {
      ...mskDone,
      run: { ...mskDone.run, state: { state: "undoStopped", problem: { code: "cancelled" } }, undoAlso: ["connectivity"] },
    };
    const { dialog } = await openUndo(stopped, "Continue undoing");
    const tick = dialog.getByRole("checkbox", { name: "Also turn off multi-VPC connectivity" });
    expect(tick).toBeChecked();
    expect(tick).toBeDisabled();
    expect(dialog.getByText("Asked for, and kept with the run.")).toBeVisible();
  });
});
