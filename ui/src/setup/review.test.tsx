// The last step: the plan in words, its twins, its policy, its prices; and the start of the run.
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Used } from "../ipc/bindings";
import { refuses, silent } from "../test/fakeClient";
import { gateway, networkWithOffers } from "../test/networkFixtures";
import { plan, policy, prices, review, reviewPage } from "../test/setupFixtures";
import { CREATE, expectStepAccessible, heading, next, openWizard, outcome, toNetwork, toReview } from "../test/wizard";
import { trimmed } from "./Cost";
import { forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

function precedes(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

describe("the plan", () => {
  it("shows for each step the call, the right, the undo, the cost and the same call for a terminal", async () => {
    const { user, client } = openWizard();
    await toReview(user);
    await screen.findByRole("heading", { name: /^1\. Create the resource gateway/ });
    for (const step of review) expect(screen.getAllByText(step.call).length).toBeGreaterThan(0);
    expect(screen.getAllByText(/^Billed by/)).toHaveLength(1);
    expect(screen.getByRole("heading", { name: "1. Create the resource gateway Billed by the GB" })).toBeInTheDocument();
    expect(screen.getByRole("list", { name: "What will be there after the run" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Request as JSON: request of step 1" }));
    await user.click(screen.getByRole("button", { name: "Copy request of step 1" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [review[0]?.request] });
    await expectStepAccessible();
  }, 30_000);

  it("has its twin for a terminal in a tab, command by command and all together", async () => {
    const { user, client } = openWizard();
    await toReview(user);
    await user.click(await screen.findByRole("tab", { name: "AWS CLI" }));
    for (const step of review) expect(screen.getByText(step.cli)).toBeInTheDocument();
    expect(screen.getAllByText(/^With the AWS CLI\./)).toHaveLength(3);
    expect(screen.getAllByText(/^With curl\./)).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Copy command of step 1" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [review[0]?.cli] });
    await user.click(screen.getByRole("button", { name: "Copy all commands" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [review.map(({ cli }) => cli).join("\n\n")] });
    await expectStepAccessible();
  }, 30_000);

  it("has its IAM policy in a tab, each statement with what it is for", async () => {
    const { user, client } = openWizard();
    await toReview(user);
    await user.click(await screen.findByRole("tab", { name: "IAM policy" }));
    for (const title of ["To look", "To create", "To undo"]) {
      expect(screen.getByRole("heading", { name: new RegExp(`^${title}`), level: 3 })).toBeInTheDocument();
    }
    for (const { sid, why, actions } of policy.parts) {
      expect(screen.getByText(sid)).toBeInTheDocument();
      expect(screen.getByText(why)).toBeInTheDocument();
      const listed = within(screen.getByRole("list", { name: `Actions of ${sid}` })).getAllByRole("listitem");
      expect(listed.map((item) => item.textContent)).toEqual(actions);
    }
    expect(screen.getAllByText("Optional")).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Copy IAM policy" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [policy.document] });
    await expectStepAccessible();
  }, 30_000);

  it("names what is used and not made, and counts only what is made", async () => {
    const uses: Used[] = [
      {
        what: "resourceGateway",
        id: gateway.id,
        name: gateway.name,
        subnetIds: gateway.subnetIds,
        securityGroupIds: gateway.securityGroupIds,
      },
    ];
    const { user } = openWizard({
      network: async () => networkWithOffers,
      review: async () => ({ ...reviewPage, plan: { ...plan, uses, steps: plan.steps.slice(1) }, steps: review.slice(1) }),
    });
    await toNetwork(user);
    await user.click(screen.getByRole("radio", { name: /Use a resource gateway that is there/ }));
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    expect(await screen.findByRole("heading", { name: "Used, not made" })).toBeInTheDocument();
    expect(screen.getByText("It stays as it is, also when the run is undone.")).toBeInTheDocument();
    expect(screen.getByText(gateway.id)).toBeInTheDocument();
    expect(screen.getByText(gateway.subnetIds.join(", "))).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Edit subnets" })).not.toBeInTheDocument();
    expect(
      screen.getByRole("button", { name: "Create 3 resources in 111122223333 (Sandbox), us-east-1" }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Edit what is used" }));
    await heading("Resource and network");
  }, 40_000);
});

describe("the price of what AWS bills", () => {
  it("is AWS's own, tier by tier, with its unit and source, beside the step that makes the thing", async () => {
    const { user } = openWizard();
    await toReview(user);
    expect(await screen.findByText("0.07 USD per GB")).toBeInTheDocument();
    expect(screen.getByText("0.05 USD per GB")).toBeInTheDocument();
    for (const { description } of prices) expect(screen.getByText(description)).toBeInTheDocument();
    const shown = screen.getByText("0.07 USD per GB");
    const above = screen.getAllByRole("heading", { level: 3 }).filter((it) => precedes(it, shown));
    expect(above.at(-1)).toHaveTextContent("1. Create the resource gateway");
    expect(screen.getByText("AWS Price List, us-east-1, in force since 2026-11-01")).toBeInTheDocument();
  }, 30_000);

  it("is not known where it could not be read, which stops nothing, and can be asked for again", async () => {
    let answers = false;
    const denied = refuses({ code: "accessDenied", action: "pricing:GetProducts", message: "no" });
    const { user } = openWizard({ prices: () => (answers ? Promise.resolve(prices) : denied()) });
    await toReview(user);
    expect(await screen.findByText(/No right to pricing:GetProducts/)).toBeInTheDocument();
    expect(await screen.findByRole("button", { name: CREATE })).toBeEnabled();
    answers = true;
    await user.click(screen.getByRole("button", { name: "Ask again" }));
    expect(await screen.findByText("0.07 USD per GB")).toBeInTheDocument();
  }, 30_000);

  it("is not known where the list has none for it, and never taken from something else", async () => {
    const { user } = openWizard({ prices: async () => prices.map((price) => ({ ...price, of: "vpcEndpointId" as const })) });
    await toReview(user);
    expect(await screen.findByText(/AWS's price list names none for it in us-east-1\. See AWS's page/)).toBeInTheDocument();
    expect(screen.queryByText(/USD per/)).not.toBeInTheDocument();
  }, 30_000);

  it("does not hold up the plan while it is asked for", async () => {
    const { user } = openWizard({ prices: silent() });
    await toReview(user);
    expect(await screen.findByText("Asking AWS for its list price")).toBeInTheDocument();
    expect(await screen.findByRole("button", { name: CREATE })).toBeEnabled();
  }, 30_000);

  it.each([
    ["0.0200000000", "0.02"],
    ["0.0000054000", "0.0000054"],
    ["1.0000000000", "1.00"],
    ["0.1000000000", "0.10"],
    ["12", "12"],
    ["10", "10"],
  ])("%s is shown as %s", (usd, shown) => {
    expect(trimmed(usd)).toBe(shown);
  });
});

describe("a start that is refused", () => {
  it("says on the page why Rust refuses to begin, and stays", async () => {
    const { user } = openWizard({ startRun: refuses({ code: "keyRejected" }) });
    await toReview(user);
    await user.click(await screen.findByRole("button", { name: CREATE }));
    expect(await screen.findByText("ClickHouse does not accept the API key")).toBeInTheDocument();
    const refusal = screen.getByText("The run has not begun. Nothing has been created.");
    await waitFor(() => expect(document.activeElement).toContainElement(refusal));
    expect(document.activeElement).not.toBe(document.body);
    expect(window.location.hash).toBe("#/setup");
  }, 30_000);

  it("a check that now stands against it leads back to the checks", async () => {
    const headline = "Subnet prod-data-1a has no free /28 block any more.";
    const { user } = openWizard({ startRun: refuses({ code: "checkStandsAgainst", headline }) });
    await toReview(user);
    await user.click(await screen.findByRole("button", { name: CREATE }));
    await user.click(await screen.findByRole("button", { name: "Back to checks" }));
    await heading("Checks");
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    expect(screen.queryByRole("button", { name: "Back to checks" })).not.toBeInTheDocument();
  }, 30_000);
});
