// The wizard from the admin's chair: the way through, and what it keeps.
import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Choices } from "../ipc/bindings";
import { setupHelp } from "../help/setup";
import { fakeClient } from "../test/fakeClient";
import { ordersAnalytics, profileAccount } from "../test/fixtures";
import { network } from "../test/networkFixtures";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";
import { passedCheck, RUN, warningCheck } from "../test/setupFixtures";
import { answered, CREATE, expectStepAccessible, heading, next, openWizard, outcome, pickService, pickSource, SOURCE, toChecks, toNetwork, toReview } from "../test/wizard";
import { forgetDraft, STEPS } from "./draft";

beforeEach(() => forgetDraft());

describe("the way through", () => {
  it("goes from a source to a run with the defaults, and hands Rust exactly what was chosen", async () => {
    const { user, client } = openWizard();
    await toReview(user);
    await user.click(await screen.findByRole("button", { name: CREATE }));

    const expected: Choices = {
      path: "vpcResource",
      source: { kind: "database", arn: SOURCE },
      service: { by: "key", organizationId: ordersAnalytics.organizationId, serviceId: ordersAnalytics.id },
      extent: {
        extent: "everything",
        subnetIds: network.defaultSubnetIds,
        securityGroupIds: network.defaultSecurityGroupIds,
        gatewayName: network.names.gateway,
        configurationName: network.names.configuration,
      },
      shareName: network.names.share,
      customDnsEnabled: false,
      description: network.names.description,
    };
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${RUN}`));
    expect(client.calls.find(({ command }) => command === "startRun")?.args).toEqual([expected, []]);
  }, 30_000);

  it("gives the focus to each step's heading", async () => {
    const { user } = openWizard();
    await headingTakesFocus("Source and path");
    await user.click(await screen.findByRole("radio", { name: "orders-postgres" }));
    await next(user);
    await headingTakesFocus("Account and region");
    expect(document.title).toBe("Set up a connection · Sandbox 111122223333 · Pipelink");
  }, 30_000);

  it("is not gone on by an answer that comes after the choices were discarded", async () => {
    let answer: () => void = () => undefined;
    let slow = false;
    const { user } = openWizard({
      validate: () => (slow ? new Promise((resolve) => (answer = () => resolve([]))) : Promise.resolve([])),
    });
    await pickSource(user);
    await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
    slow = true;
    await next(user);
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await user.click(await screen.findByRole("button", { name: "Discard" }));
    await heading("Endpoints");
    await act(async () => answer());
    act(() => {
      window.location.hash = "#/setup";
    });
    await heading("Source and path");
  }, 30_000);
});

describe("the help panel", () => {
  it("follows from step to step", async () => {
    const { user } = openWizard();
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await user.keyboard("{F1}");
    const panel = await screen.findByRole("complementary", { name: "Help" });
    expect(within(panel).getByRole("heading", { level: 2, name: "Source and path" })).toBeVisible();
    expect(within(panel).getByText(/Names in private hosted zones need the resolver of the VPC/)).toBeVisible();
    await expectAccessible(panel);
    await pickSource(user);
    expect(within(panel).getByRole("heading", { level: 2, name: "Account and region" })).toBeVisible();
  }, 30_000);

  it("has a text for each step, under the step's own name", () => {
    expect(STEPS.map((step) => setupHelp[step].title)).toEqual([
      "Source and path",
      "Account and region",
      "Resource and network",
      "Checks",
      "Review",
    ]);
  });
});

describe("what the wizard keeps", () => {
  it("keeps picks and names when going back", async () => {
    const { user } = openWizard();
    await toNetwork(user);
    const subnets = screen.getByRole("table", { name: "Subnets" });
    await waitFor(() => expect(within(subnets).getByRole("checkbox", { name: /prod-data-1b/ })).toBeChecked());
    await user.click(within(subnets).getByRole("checkbox", { name: /prod-data-1b/ }));
    const name = screen.getByLabelText("Resource gateway");
    await user.clear(name);
    await user.type(name, "mine");
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Account and region");
    expect(await screen.findByRole("radio", { name: "orders-analytics" })).toBeChecked();
    await next(user);
    await heading("Resource and network");
    expect(await screen.findByLabelText("Resource gateway")).toHaveValue("mine");
    const again = screen.getByRole("table", { name: "Subnets" });
    expect(within(again).getByRole("checkbox", { name: /prod-data-1b/ })).not.toBeChecked();
    expect(within(again).getByRole("checkbox", { name: /prod-data-1a/ })).toBeChecked();
  }, 30_000);

  it("keeps them when the page is left and opened again, and drops them when cancelled", async () => {
    const { user, unmount } = openWizard();
    await pickSource(user);
    unmount();
    const second = openWizard();
    await heading("Account and region");
    await second.user.click(screen.getByRole("button", { name: "Cancel" }));
    await second.user.click(await screen.findByRole("button", { name: "Discard" }));
    await waitFor(() => expect(window.location.hash).toBe("#/endpoints"));
    second.unmount();
    openWizard();
    await heading("Source and path");
    expect(await screen.findByRole("radio", { name: "orders-postgres" })).not.toBeChecked();
  }, 30_000);

  it("drops ticks with the choices they were made for", async () => {
    const { user } = openWizard(answered(warningCheck));
    await toChecks(user);
    await user.click(await screen.findByRole("checkbox", { name: /Go on all the same/ }));
    await user.click(screen.getByRole("button", { name: "Change the subnets" }));
    await heading("Resource and network");
    const subnets = await screen.findByRole("table", { name: "Subnets" });
    await user.click(within(subnets).getByRole("checkbox", { name: /prod-data-1b/ }));
    await next(user);
    await heading("Checks");
    expect(await screen.findByRole("checkbox", { name: /Go on all the same/ })).not.toBeChecked();
  }, 30_000);

  it("does not carry choices into another account", async () => {
    const { user, unmount } = openWizard();
    await pickSource(user);
    unmount();
    openWindow({ page: "setup" }, fakeClient({}, { current: profileAccount }));
    await heading("Source and path");
  }, 30_000);
});

describe("each step", () => {
  it("has no accessibility violation", async () => {
    const { user } = openWizard(answered(warningCheck, passedCheck));
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await expectStepAccessible();
    await pickSource(user);
    await screen.findByRole("radio", { name: "orders-analytics" });
    await expectStepAccessible();
    await pickService(user);
    await screen.findByRole("table", { name: "Subnets" });
    await expectStepAccessible();
    await next(user);
    await heading("Checks");
    await outcome("1 warning, 1 passed");
    await expectStepAccessible();
  }, 60_000);
});
