// The fourth step: what stops the way, what takes a tick, and what is offered instead.
import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Check } from "../ipc/bindings";
import { endpoint, ordersAnalytics } from "../test/fixtures";
import { networkWithOffers } from "../test/networkFixtures";
import { failedCheck, passedCheck, warningCheck } from "../test/setupFixtures";
import { answered, CREATE, expectStepAccessible, heading, next, openWizard, outcome, staysBecause, toChecks } from "../test/wizard";
import { forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

describe("a check", () => {
  it("that fails stops the way, without a tick to pass it", async () => {
    const { user } = openWizard(answered(failedCheck, passedCheck));
    await toChecks(user);
    expect(await screen.findByText("Going on is not possible while a check fails")).toBeInTheDocument();
    expect(screen.getByText("orders-postgres-1: publicly accessible")).toBeInTheDocument();
    expect(screen.queryByRole("checkbox", { name: /Go on all the same/ })).not.toBeInTheDocument();
    await next(user);
    await staysBecause(/A check fails\./);
    expect(screen.getByRole("heading", { level: 1, name: "Checks" })).toBeInTheDocument();
  }, 30_000);

  it("is made once more where the admin put something right", async () => {
    let failing = true;
    const { user } = openWizard({
      checks: async () => ({ checks: [failing ? failedCheck : { ...failedCheck, verdict: "passed" }], existing: null }),
    });
    await toChecks(user);
    await outcome("1 failure");
    failing = false;
    await user.click(screen.getByRole("button", { name: `Check again: ${failedCheck.headline}` }));
    await outcome("All checks passed");
  }, 30_000);

  it("that warns or is not answered takes a tick of its own, which goes with the run", async () => {
    const open_ = { ...passedCheck, id: "zoneSpread" as const, verdict: "notKnown" as const, headline: "The zone is not known" };
    const { user, client } = openWizard(answered(warningCheck, open_));
    await toChecks(user);
    await outcome("1 warning, 1 not known");
    await next(user);
    await staysBecause(/2 warnings are not ticked yet/);
    await user.click(screen.getByRole("checkbox", { name: `Go on all the same: ${warningCheck.headline}` }));
    await next(user);
    await staysBecause(/One warning is not ticked yet/);
    await user.click(screen.getByRole("checkbox", { name: "Go on all the same: The zone is not known" }));
    await next(user);
    await heading("Review");
    const create = await screen.findByRole("button", { name: CREATE });
    const rows = within(screen.getByRole("list", { name: "Accepted warnings" })).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent)).toEqual([
      "WarningA subnet is smaller than /26ClickHouse advises /26 or larger.What to do: Choose a larger subnet where there is one.",
      expect.stringMatching(/^Not knownThe zone is not known/),
    ]);
    await expectStepAccessible();
    await user.click(create);
    await waitFor(() => expect(client.calls.some(({ command }) => command === "startRun")).toBe(true));
    expect(client.calls.find(({ command }) => command === "startRun")?.args[1]).toEqual(["subnetSize", "zoneSpread"]);
  }, 30_000);

  it("wakes an idle service only when asked to", async () => {
    const idle: Check = {
      ...warningCheck,
      id: "serviceAwake",
      headline: "The service is idle",
      remedy: { text: "Wake it. It is billed while it runs.", command: null, button: "wakeService" },
    };
    const { user, client } = openWizard(answered(idle));
    await toChecks(user);
    const wake = await screen.findByRole("button", { name: /Wake the service/ });
    expect(client.calls.some(({ command }) => command === "wakeService")).toBe(false);
    await user.click(wake);
    await waitFor(() =>
      expect(client.calls).toContainEqual({
        command: "wakeService",
        args: [ordersAnalytics.organizationId, ordersAnalytics.id],
      }),
    );
  }, 30_000);

  it("finds a Ready endpoint that reaches the source already, which is offered before anything else", async () => {
    const there = endpoint("orders-postgres");
    const { user } = openWizard({ checks: async () => ({ checks: [passedCheck], existing: there }) });
    await toChecks(user);
    expect(await screen.findByText("An endpoint reaches this source already")).toBeInTheDocument();
    expect(screen.getByText(there.dnsNames[0] ?? "")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Use this one" }));
    await waitFor(() => expect(window.location.hash).toBe(`#/endpoints/${there.id}`));
  }, 30_000);

  it("leads to where its choice is made: of a gateway that is used as it is, to what is used", async () => {
    const acls: Check = { ...warningCheck, id: "networkAcls", headline: "A network ACL stops the answers" };
    const { user } = openWizard({ ...answered(acls), network: async () => networkWithOffers });
    await toChecks(user);
    await user.click(await screen.findByRole("button", { name: "Change the subnets" }));
    await heading("Resource and network");
    await user.click(await screen.findByRole("radio", { name: /Use a resource gateway that is there/ }));
    await next(user);
    await heading("Checks");
    await user.click(await screen.findByRole("button", { name: "Change what is used" }));
    await heading("Resource and network");
    expect(screen.getByRole("table", { name: "Resource gateways" })).toBeInTheDocument();
  }, 40_000);

  it("says in a live region that it is under way, and how all of them came out", async () => {
    let answer: () => void = () => undefined;
    const { user } = openWizard({
      checks: () => new Promise((resolve) => (answer = () => resolve({ checks: [passedCheck], existing: null }))),
    });
    await toChecks(user);
    const said = () => [...document.querySelectorAll("[aria-live]")].map((region) => region.textContent).join(" ");
    await waitFor(() => expect(said()).toContain("Checking"));
    await act(async () => answer());
    await waitFor(() => expect(said()).toContain("All checks passed"));
  }, 30_000);
});
