// The second step: the ClickHouse service, with a key or by hand, and an endpoint that is there already.
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Choices } from "../ipc/bindings";
import { refuses } from "../test/fakeClient";
import { endpoint, ordersAnalytics } from "../test/fixtures";
import { sources } from "../test/networkFixtures";
import { passedCheck, plan, policy, review, topology } from "../test/setupFixtures";
import { expectStepAccessible, heading, next, openWizard, outcome, pickSource, SOURCE } from "../test/wizard";
import { forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

describe("the service", () => {
  it("cannot be one on another cloud", async () => {
    const { user } = openWizard();
    await pickSource(user);
    const gcp = await screen.findByRole("radio", { name: "ads-gcp" });
    expect(gcp).toBeDisabled();
    expect(screen.getByText("On Google Cloud: PrivateLink does not apply")).toBeInTheDocument();
    expect(screen.getByText("Idle, has to be woken")).toBeInTheDocument();
  });

  it("is marked where its ClickPipes run in another region, and can be picked all the same", async () => {
    const { user } = openWizard();
    await pickSource(user);
    expect(await screen.findByText("eu-central-1: not the source's region")).toBeInTheDocument();
    expect(screen.getAllByText(/: not the source's region/)).toHaveLength(1);
    expect(screen.getByRole("radio", { name: "web-events" })).toBeEnabled();
  });

  it("is told by region and day without a key, and the endpoint is made by hand", async () => {
    const { user, client } = openWizard({
      sources: async () => ({ ...sources, services: { state: "unknown", problem: { code: "keyMissing" } } }),
      review: async () => ({
        plan: {
          ...plan,
          steps: [
            ...plan.steps.slice(0, 3),
            {
              id: "acceptance",
              action: {
                action: "awaitShareAcceptance",
                configuration: { from: "output", step: "configuration", name: "configurationId" },
                share: { from: "output", step: "share", name: "shareArn" },
                principal: "072088201116",
              },
            },
          ],
        },
        steps: review.slice(0, 3),
        topology,
        policy,
      }),
    });
    await pickSource(user);
    expect(await screen.findByText("No ClickHouse API key is set for this account")).toBeInTheDocument();
    expect(screen.getByRole("radio", { name: /I will create the endpoint in ClickHouse myself/ })).toBeChecked();
    await next(user);
    expect(await screen.findByText("Enter the day as year, month and day.")).toBeInTheDocument();
    await user.type(screen.getByRole("combobox", { name: "AWS region of the service" }), "us-east-1");
    await user.keyboard("{Escape}");
    await user.type(screen.getByPlaceholderText("YYYY/MM/DD"), "2026/03/01");
    await user.tab();
    await next(user);
    await heading("Resource and network");
    await waitFor(() => expect(screen.getByLabelText("Resource gateway")).toHaveValue("orders-postgres-gateway"));
    expect(screen.queryByLabelText("Endpoint description in ClickHouse")).not.toBeInTheDocument();
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    const checked = client.calls.find(({ command }) => command === "checks")?.args[0] as Choices;
    expect(checked.service).toEqual({ by: "hand", region: "us-east-1", createdOn: "2026-03-01" });
    await next(user);
    await heading("Review");
    expect(
      await screen.findByRole("button", { name: "Create 3 resources in 111122223333 (Sandbox), us-east-1" }),
    ).toBeInTheDocument();
  }, 40_000);

  it("is read once there is a key, unless by hand was the admin's own choice", async () => {
    const keyless = { ...sources, services: { state: "unknown" as const, problem: { code: "keyMissing" as const } } };
    const without = openWizard({ sources: async () => keyless });
    await pickSource(without.user);
    await screen.findByText("No ClickHouse API key is set for this account");
    without.unmount();
    const { user } = openWizard();
    await heading("Account and region");
    await waitFor(() => expect(screen.getByRole("radio", { name: /Pipelink creates it/ })).toBeChecked());
    await user.click(screen.getByRole("radio", { name: /I will create the endpoint/ }));
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Source and path");
    await next(user);
    await heading("Account and region");
    expect(screen.getByRole("radio", { name: /I will create the endpoint/ })).toBeChecked();
  }, 30_000);
});

describe("an endpoint that is there already", () => {
  it("offers it as soon as source and service are chosen, and another one can be set up all the same", async () => {
    const there = endpoint("orders-postgres");
    const { user, client } = openWizard({
      existingEndpoint: async ({ service }) => (service.by === "key" && service.serviceId === ordersAnalytics.id ? there : null),
      checks: async () => ({ checks: [passedCheck], existing: there }),
    });
    await pickSource(user);
    await user.click(await screen.findByRole("radio", { name: "web-events" }));
    expect(screen.queryByText(/An endpoint reaches this source already/)).not.toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: "orders-analytics" }));
    expect(await screen.findByRole("button", { name: "Use this one" })).toBeInTheDocument();
    const asked = client.calls.filter(({ command }) => command === "existingEndpoint").at(-1)?.args[0];
    expect(asked).toMatchObject({
      path: "vpcResource",
      source: { kind: "database", arn: SOURCE },
      service: { by: "key", organizationId: ordersAnalytics.organizationId, serviceId: ordersAnalytics.id },
    });
    await expectStepAccessible();
    await user.click(screen.getByRole("button", { name: "Set up another all the same" }));
    expect(screen.queryByRole("button", { name: "Use this one" })).not.toBeInTheDocument();
    const again = screen.getByRole("button", { name: "Show the one that is there" });
    expect(again).toHaveFocus();
    await next(user);
    await heading("Resource and network");
    await waitFor(() => expect(screen.getByLabelText("Resource gateway")).toHaveValue("orders-postgres-gateway"));
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    await user.click(screen.getByRole("button", { name: "Show the one that is there" }));
    await user.click(screen.getByRole("button", { name: "Use this one" }));
    await waitFor(() => expect(window.location.hash).toBe(`#/endpoints/${there.id}`));
  }, 40_000);

  it("says where it is not known whether there is such an endpoint", async () => {
    const { user } = openWizard({
      existingEndpoint: refuses({ code: "serviceIdle", serviceId: ordersAnalytics.id, message: "424" }),
    });
    await pickSource(user);
    await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
    expect(await screen.findByText(/Not known whether an endpoint of this service reaches the source already/)).toBeInTheDocument();
    expect(await screen.findByText(/The service is idle/)).toBeInTheDocument();
  }, 30_000);
});
