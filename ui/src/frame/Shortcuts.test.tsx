// The shortcuts: pages by two letters, the list under "?", and nothing while something is typed or asked.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";

describe("a shortcut", () => {
  it.each([
    ["ge", "Endpoints"],
    ["gr", "Runs"],
    ["gs", "Source and path"],
    ["g,", "Settings"],
  ])("%s leads to %s", async (keys, name) => {
    const { user } = openWindow({ page: "accounts" });
    await headingTakesFocus("Accounts");
    await user.keyboard(keys);
    await headingTakesFocus(name);
  });

  it("needs its first letter", async () => {
    const { user } = openWindow({ page: "accounts" });
    await headingTakesFocus("Accounts");
    await user.keyboard("e");
    await user.keyboard("gxe");
    await user.keyboard("{Control>}g{/Control}e");
    expect(window.location.hash).toBe("#/accounts");
  });

  it("holds still while something is typed", async () => {
    const { user } = openWindow({ page: "endpoints" });
    const filter = await screen.findByRole("combobox", { name: "Filter endpoints" });
    await user.type(filter, "gr?");
    expect(filter).toHaveValue("gr?");
    expect(window.location.hash).toBe("#/endpoints");
    expect(screen.queryByRole("dialog", { name: "Keyboard shortcuts" })).not.toBeInTheDocument();
  });
});

describe("the list of shortcuts", () => {
  it("opens on ?, holds the others still, and closes", async () => {
    const { user } = openWindow({ page: "accounts" });
    await headingTakesFocus("Accounts");
    await user.keyboard("?");
    const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(dialog).getAllByRole("row").map((row) => row.textContent)).toContain("g then rGo to Runs");
    await expectAccessible(dialog);
    await user.keyboard("gr");
    expect(window.location.hash).toBe("#/accounts");
    await user.click(within(dialog).getByRole("button", { name: "Close modal" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });
});
