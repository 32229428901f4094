// The start of the run, while Rust repeats the checks: one at a time, and nothing can be changed meanwhile.
import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { RunId } from "../ipc/bindings";
import { RUN } from "../test/setupFixtures";
import { CREATE, heading, openWizard, toReview, type User } from "../test/wizard";
import { forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

/** A start that answers when the test says so. */
function pendingStart() {
  let begin: (run: RunId) => void = () => undefined;
  const startRun = () => new Promise<RunId>((resolve) => (begin = resolve));
  return { startRun, begin: () => act(async () => begin(RUN)) };
}

async function start(user: User) {
  await toReview(user);
  await user.click(await screen.findByRole("button", { name: CREATE }));
  expect(await screen.findByText("The run begins")).toBeInTheDocument();
}

describe("while the run begins", () => {
  it("neither Cancel, Previous nor Edit does anything, since something may be created already", async () => {
    const { startRun, begin } = pendingStart();
    const { user } = openWizard({ startRun });
    await start(user);
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByText("Discard your choices?")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await user.click(screen.getByRole("button", { name: "Edit subnets" }));
    expect(screen.getByRole("heading", { level: 1, name: "Review" })).toBeInTheDocument();
    await begin();
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${RUN}`));
  }, 30_000);

  it("a page that was left is not taken away", async () => {
    const { startRun, begin } = pendingStart();
    const { user } = openWizard({ startRun });
    await start(user);
    act(() => {
      window.location.hash = "#/settings";
    });
    await heading("Settings");
    await begin();
    expect(window.location.hash).toBe("#/settings");
    act(() => {
      window.location.hash = "#/setup";
    });
    await heading("Source and path");
  }, 30_000);

  it("there is one start, also where the wizard is left and opened again", async () => {
    const { startRun, begin } = pendingStart();
    const { user, client } = openWizard({ startRun });
    await start(user);
    act(() => {
      window.location.hash = "#/settings";
    });
    await heading("Settings");
    act(() => {
      window.location.hash = "#/setup";
    });
    await heading("Review");
    expect(await screen.findByText("The run begins")).toBeInTheDocument();
    await user.click(await screen.findByRole("button", { name: CREATE }));
    expect(client.calls.filter(({ command }) => command === "startRun")).toHaveLength(1);
    await begin();
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${RUN}`));
  }, 40_000);
});
