// The whole wizard without a pointer: Tab, arrows, Space and Enter lead from the source to the run, and whatever is
// refused takes the focus to where it is put right.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { networkWithOffers } from "../test/networkFixtures";
import { headingTakesFocus } from "../test/render";
import { RUN, warningCheck } from "../test/setupFixtures";
import { answered, CREATE, heading, openWizard, outcome, toChecks, type User } from "../test/wizard";
import { forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

/** Tabs on until one of these has the focus; fails where none can be reached. */
async function tabTo(user: User, ...wanted: HTMLElement[]) {
  for (let presses = 0; presses < 150; presses += 1) {
    if (wanted.includes(document.activeElement as HTMLElement)) return;
    await user.tab();
  }
  throw new Error(`Tab does not reach ${wanted[0]?.outerHTML.slice(0, 200)}`);
}

/** Chooses a radio button of a group: Tab reaches the group, arrows the button. */
async function choose(user: User, group: HTMLElement, name: RegExp | string) {
  const radios = within(group).getAllByRole<HTMLInputElement>("radio");
  const wanted = within(group).getByRole("radio", { name });
  await tabTo(user, ...radios);
  for (let presses = 0; presses < radios.length && document.activeElement !== wanted; presses += 1) {
    await user.keyboard("{ArrowDown}");
  }
  expect(wanted).toHaveFocus();
  await user.keyboard(" ");
  expect(wanted).toBeChecked();
}

const KEY_CODES = { Enter: 13, ArrowRight: 39, ArrowDown: 40 };

/** Tabs and selects look at the key's number, which simulated typing leaves out. */
function hit(...keys: (keyof typeof KEY_CODES)[]) {
  for (const key of keys) fireEvent.keyDown(document.activeElement ?? document.body, { key, keyCode: KEY_CODES[key] });
}

async function press(user: User, name: string) {
  await tabTo(user, screen.getByRole("button", { name }));
  await user.keyboard("{Enter}");
}

const table = (name: string) => screen.findByRole("table", { name }, { timeout: 5000 });

describe("by keyboard alone", () => {
  it("the way leads from the source to the run", async () => {
    const { user, client } = openWizard({ ...answered(warningCheck), network: async () => networkWithOffers });
    await headingTakesFocus("Source and path");
    await choose(user, await table("Sources"), "orders-postgres");
    await press(user, "Next");

    await headingTakesFocus("Account and region");
    await choose(user, await table("ClickHouse services"), "orders-analytics");
    await press(user, "Next");

    await headingTakesFocus("Resource and network");
    await table("Subnets");
    await choose(user, screen.getByRole("radiogroup", { name: /What is there, and what is made/ }), /resource gateway that is there/);
    expect(screen.getByRole("radio", { name: /shared-data-gateway/ })).toBeChecked();
    await choose(user, screen.getByRole("radiogroup", { name: /What is there, and what is made/ }), /Make new ones/);
    const second = within(await table("Subnets")).getByRole("checkbox", { name: /prod-data-1b/ });
    await tabTo(user, second);
    await user.keyboard(" ");
    expect(second).not.toBeChecked();
    await press(user, "Next");

    await headingTakesFocus("Checks");
    await outcome("1 warning");
    await tabTo(user, screen.getByRole("checkbox", { name: /Go on all the same/ }));
    await user.keyboard(" ");
    await press(user, "Next");

    await headingTakesFocus("Review");
    await tabTo(user, await screen.findByRole("tab", { name: /^Steps/ }));
    hit("ArrowRight", "ArrowRight");
    expect(screen.getByRole("tab", { name: "IAM policy" })).toHaveFocus();
    expect(await screen.findByRole("heading", { name: "Policy document" })).toBeInTheDocument();
    await press(user, CREATE);
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${RUN}`));
    expect(client.calls.filter(({ command }) => command === "startRun")).toHaveLength(1);
  }, 60_000);

  it("a domain name is typed, its VPC and resolution are chosen, and answers lead to the path", async () => {
    const { user } = openWizard();
    await table("Sources");
    await choose(user, screen.getByRole("radiogroup", { name: "What is to be reached" }), /A domain name/);
    await tabTo(user, screen.getByLabelText("Name"));
    await user.keyboard("orders.db.internal");
    await choose(user, screen.getByRole("radiogroup", { name: "What speaks there" }), "MySQL or MariaDB");
    await tabTo(user, screen.getByRole("button", { name: /VPC/ }));
    hit("Enter");
    await screen.findByRole("listbox");
    hit("ArrowDown", "Enter");
    expect(screen.getByRole("button", { name: /VPC/ })).toHaveTextContent("shared-services");
    await choose(user, screen.getByRole("radiogroup", { name: "Where the gateway looks the name up" }), /own resolver/);

    // Each answer brings the next question, until the recommendation stands.
    expect(screen.getByRole("heading", { name: "No path is recommended yet" })).toBeInTheDocument();
    await choose(user, screen.getByRole("radiogroup", { name: /Where does it run/ }), /Hosts in a VPC/);
    await tabTo(user, await screen.findByRole("button", { name: /Which ClickHouse service reads it/ }));
    hit("Enter");
    await screen.findByRole("option", { name: /orders-analytics/ });
    hit("Enter");
    await choose(user, await screen.findByRole("radiogroup", { name: /under a name of your own/ }), "No");
    expect(await screen.findByRole("heading", { name: "Recommended: VPC resource" })).toBeInTheDocument();
    expect(screen.getByRole("radio", { name: "VPC resource (recommended)" })).toBeChecked();
    // Another one can be taken, and given up again.
    await choose(user, screen.getByRole("radiogroup", { name: /^Path/ }), /VPC endpoint service/);
    await choose(user, screen.getByRole("radiogroup", { name: /^Path/ }), /VPC resource/);
    await press(user, "Next");
    await headingTakesFocus("Account and region");
  }, 40_000);
});

describe("what is refused takes the focus", () => {
  it("to the sentence that says why, where no field is wrong", async () => {
    const { user } = openWizard();
    await table("Sources");
    await press(user, "Next");
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Choose a source."));
    // Each time, not only the first.
    act(() => document.body.focus());
    await press(user, "Next");
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Choose a source."));
  }, 30_000);

  it("to the first row of a table whose picks break a rule", async () => {
    const rule = "Choose at least one subnet, each of them once.";
    const { user } = openWizard({
      validate: async (choices) =>
        choices.path === "vpcResource" && choices.extent.extent === "everything" && choices.extent.subnetIds.length > 0
          ? [{ field: "subnets", rule }]
          : [],
    });
    await choose(user, await table("Sources"), "orders-postgres");
    await press(user, "Next");
    await heading("Account and region");
    await choose(user, await table("ClickHouse services"), "orders-analytics");
    await press(user, "Next");
    await heading("Resource and network");
    const subnets = await table("Subnets");
    await waitFor(() => expect(within(subnets).getByRole("checkbox", { name: /prod-data-1a/ })).toBeChecked());
    await press(user, "Next");
    await waitFor(() => expect(subnets).toContainElement(document.activeElement as HTMLElement));
  }, 40_000);

  it("to the first tick that is missing", async () => {
    const { user } = openWizard(answered(warningCheck));
    await toChecks(user);
    await outcome("1 warning");
    await press(user, "Next");
    await waitFor(() => expect(screen.getByRole("checkbox", { name: /Go on all the same/ })).toHaveFocus());
  }, 30_000);
});
