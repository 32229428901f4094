// Each state of the wizard's three paths that the preview can show: it is drawn, and breaks no rule of accessibility.
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { fakeClient } from "../test/fakeClient";
import { sandboxAccount } from "../test/fixtures";
import { SETUP_PATH_STATES } from "../test/previewSetupPaths";
import { expectStepAccessible, openWizard } from "../test/wizard";
import { change, forgetDraft, keepDraftOf, STEPS } from "./draft";

beforeEach(() => forgetDraft());

const TITLES = ["Source and path", "Account and region", "Resource and network", "Checks", "Review"];

describe("each state of a path", () => {
  it.each(Object.keys(SETUP_PATH_STATES))("is whole and accessible: %s", async (name) => {
    const { answers, draft } = SETUP_PATH_STATES[name] ?? {};
    keepDraftOf(sandboxAccount);
    if (draft) change(draft);
    openWizard({}, fakeClient(answers));
    const title = TITLES[draft?.step ?? STEPS.indexOf("source")] ?? "";
    await screen.findByRole("heading", { level: 1, name: title }, { timeout: 5000 });
    await waitFor(() => expect(screen.queryByText("Opening the page")).not.toBeInTheDocument());
    await new Promise((answered) => setTimeout(answered, 50));
    expect(screen.queryByText("This page could not be shown")).not.toBeInTheDocument();
    await expectStepAccessible();
  });
});
