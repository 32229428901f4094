// The network step of MSK multi-VPC connectivity: the cluster, its authentications, its policy and its connections.
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { MskPage, Plan } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { refuses, silent } from "../test/fakeClient";
import { ordersAnalytics } from "../test/fixtures";
import { CLUSTER_ARN, closedMskPage, mskPage, openMskPage } from "../test/networkFixturesPaths";
import { plan, reviewPage } from "../test/setupFixtures";
import { expectStepAccessible, heading, next, openWizard, outcome, staysBecause, type User } from "../test/wizard";
import { forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

async function toCluster(user: User) {
  await user.click(await screen.findByRole("radio", { name: "events-msk" }, { timeout: 5000 }));
  await next(user);
  await heading("Account and region");
  await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
  await next(user);
  await heading("Resource and network");
}

async function open(page: MskPage = mskPage, answers: Partial<Client> = {}) {
  const window = openWizard({ mskCluster: async () => page, ...answers });
  await toCluster(window.user);
  await screen.findByRole("heading", { name: "Cluster events-msk" });
  return window;
}

const mskPlan: Plan = {
  ...plan,
  path: "mskMultiVpc",
  source: { ...plan.source, target: { kind: "mskCluster", arn: CLUSTER_ARN }, name: "events-msk", engine: "kafka", port: 14001 },
  steps: [
    {
      id: "connectivity",
      action: {
        action: "updateMskConnectivity",
        clusterArn: CLUSTER_ARN,
        schemes: { iam: true, scram: true, tls: false },
        previous: { iam: false, scram: true, tls: false },
      },
    },
    { id: "policy", action: { action: "allowInClusterPolicy", clusterArn: CLUSTER_ARN, principal: "072088201116" } },
    {
      id: "endpoint",
      action: {
        action: "createReversePrivateEndpoint",
        organizationId: ordersAnalytics.organizationId,
        serviceId: ordersAnalytics.id,
        description: "events-msk",
        to: { type: "mskMultiVpc", clusterArn: CLUSTER_ARN, authentication: "saslIam" },
        privateDns: [],
      },
    },
    { id: "bootstrap", action: { action: "readBootstrapBrokers", clusterArn: CLUSTER_ARN, authentication: "saslIam" } },
  ],
};

describe("a cluster", () => {
  it("shows what it is, what can be chosen and why not, and says plainly that it can take hours", async () => {
    await open();
    expect(screen.getByText("2.8.1")).toBeInTheDocument();
    for (const subnet of ["prod-data-1a (use1-az4)", "prod-data-1b (use1-az6)"]) expect(screen.getByText(subnet)).toBeInTheDocument();
    expect(screen.getByRole("radio", { name: /IAM access control/ })).toBeChecked();
    expect(screen.getByRole("radio", { name: /User name and password/ })).toBeDisabled();
    expect(screen.getByText("A connection of ClickPipes has it already.")).toBeInTheDocument();
    expect(screen.getByText(/turned on first: usually 15 min to 2 h/)).toBeInTheDocument();
    expect(screen.getByText(/On a large cluster that can take hours/)).toBeInTheDocument();
    expect(screen.getByText(/AWS bills it for each hour and each authentication that is on.*Undoing the run leaves it on/)).toBeInTheDocument();
    expect(screen.getByText(/On now: SASL\/SCRAM\. On afterwards: SASL\/IAM, SASL\/SCRAM\./)).toBeInTheDocument();
    await expectStepAccessible();
  }, 30_000);

  it("keeps the statements of its policy, and shows the one that is added", async () => {
    const { user } = await open();
    const statements = screen.getByRole("table", { name: "Statements of the cluster policy" });
    expect(within(statements).getByText("PartnerAccess")).toBeInTheDocument();
    expect(within(statements).getByText("Allow, under a condition")).toBeInTheDocument();
    expect(screen.getByText("One statement is added. All others stay as they are.")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "The statement that is added" }));
    expect(screen.getByText(/"Sid": "Pipelink<run ID>"/)).toBeInTheDocument();
  }, 30_000);

  it("whose connectivity is on and whose policy lets ClickPipes in is not changed, and both can be chosen", async () => {
    const { user, client } = await open(openMskPage);
    expect(screen.getByText("The run does not change the cluster's connectivity.")).toBeInTheDocument();
    expect(screen.queryByText(/turned on first/)).not.toBeInTheDocument();
    expect(screen.queryByText("The statement that is added")).not.toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: /User name and password/ }));
    const description = screen.getByLabelText("Endpoint description in ClickHouse");
    await user.clear(description);
    await user.type(description, "events");
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    expect(client.calls.find(({ command }) => command === "checks")?.args[0]).toEqual({
      path: "mskMultiVpc",
      clusterArn: CLUSTER_ARN,
      authentication: "saslScram",
      service: { by: "key", organizationId: ordersAnalytics.organizationId, serviceId: ordersAnalytics.id },
      description: "events",
    });
  }, 40_000);

  it("of which no authentication can be chosen stops the way", async () => {
    const { user } = await open(closedMskPage);
    expect(screen.getByText("This cluster cannot be connected as it is")).toBeInTheDocument();
    await next(user);
    await staysBecause("Choose an authentication.");
  }, 30_000);

  it("is said to be read, and why it could not be; and can be read again", async () => {
    const loading = openWizard({ mskCluster: silent() });
    await toCluster(loading.user);
    expect(screen.getByText("Reading the cluster, its policy and its connections")).toBeInTheDocument();
    await next(loading.user);
    await staysBecause("The cluster has not been read yet.");
    loading.unmount();
    forgetDraft();
    let denied = true;
    const { user } = openWizard({
      mskCluster: () =>
        denied
          ? refuses({ code: "accessDenied", action: "kafka:DescribeClusterV2", message: "no" })()
          : Promise.resolve({ ...mskPage, unread: [{ code: "accessDenied", action: "kafka:GetClusterPolicy", message: "no" }] }),
    });
    await toCluster(user);
    expect(await screen.findByText("No right to kafka:DescribeClusterV2")).toBeInTheDocument();
    denied = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Cluster events-msk" })).toBeInTheDocument();
    expect(await screen.findByText("No right to kafka:GetClusterPolicy")).toBeInTheDocument();
  }, 40_000);
});

describe("the connections of other accounts", () => {
  it("are listed, and one is rejected only after what breaks was said", async () => {
    const { user, client } = await open();
    const table = await screen.findByRole("table", { name: "Connections to the cluster" });
    expect(table).toHaveTextContent("Account 072088201116 (ClickPipes)");
    await user.click(within(table).getByRole("button", { name: /^Reject .*072088201116/ }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText(/lose the connection to the cluster at once/)).toBeInTheDocument();
    expect(client.calls.some(({ command }) => command === "rejectMskConnection")).toBe(false);
    await user.type(within(dialog).getByRole("textbox"), "reject");
    await user.click(within(dialog).getByRole("button", { name: "Reject the connection" }));
    await waitFor(() => expect(client.calls.filter(({ command }) => command === "rejectMskConnection")).toHaveLength(1));
    expect(client.calls.find(({ command }) => command === "rejectMskConnection")?.args[0]).toBe(CLUSTER_ARN);
    // Its authentication may be free now.
    await waitFor(() => expect(client.calls.filter(({ command }) => command === "mskCluster")).toHaveLength(2));
  }, 30_000);
});

describe("the review", () => {
  it("counts what is created and what is changed, and names path and authentication", async () => {
    const { user } = await open(mskPage, { review: async () => ({ ...reviewPage, plan: mskPlan, steps: reviewPage.steps.slice(0, 2) }) });
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    expect(
      await screen.findByRole("button", { name: "Create 1 resource and make 2 changes in 111122223333 (Sandbox), us-east-1" }),
    ).toBeInTheDocument();
    expect(screen.getByText("IAM access control (SASL/IAM)")).toBeInTheDocument();
    expect(screen.getByText("MSK multi-VPC connectivity")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Edit authentication" }));
    await heading("Resource and network");
  }, 40_000);
});
