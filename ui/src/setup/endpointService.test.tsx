// The network step of a VPC endpoint service: hosts, what is there and what is made, who accepts, and the names.
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Check, Choices, EndpointServicePage, Plan } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { refuses, silent, type FakeClient } from "../test/fakeClient";
import { sources } from "../test/networkFixtures";
import {
  balancingPage,
  balancingWithOffers,
  brokersPage,
  CLUSTER_ARN,
  endpointService,
  loadBalancer,
  mskBrokersPage,
} from "../test/networkFixturesPaths";
import { passedCheck, plan, reviewPage, warningCheck } from "../test/setupFixtures";
import { expectStepAccessible, heading, next, openWizard, outcome, staysBecause, takePath, type User } from "../test/wizard";
import type { EndpointServiceChoices } from "./pathTypes";
import { changeEndpointService, choicesOf, currentDraft, forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

async function toNetwork(user: User, source = "orders-postgres") {
  await user.click(await screen.findByRole("radio", { name: source }, { timeout: 5000 }));
  await takePath(user, /^VPC endpoint service/);
  await next(user);
  await heading("Account and region");
  await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
  await next(user);
  await heading("Resource and network");
}

async function open(page: EndpointServicePage = balancingPage, answers: Partial<Client> = {}, source?: string) {
  const window = openWizard({ loadBalancing: async () => page, ...answers });
  await toNetwork(window.user, source);
  await screen.findByRole("table", { name: "Hosts" });
  return window;
}

const choices = () => choicesOf(currentDraft()) as EndpointServiceChoices;
const checked = (client: FakeClient) => client.calls.find(({ command }) => command === "checks")?.args[0] as Choices;

describe("everything made new", () => {
  it("shows what stands behind, takes the defaults, and hands Rust exactly what was chosen", async () => {
    const { user, client } = await open();
    const hosts = screen.getByRole("table", { name: "Hosts" });
    expect(within(hosts).getByText(/^orders-postgres\.cluster-/)).toBeInTheDocument();
    expect(within(hosts).getByText("TCP 5432")).toBeInTheDocument();
    expect(screen.getByText("One load balancer in front of the source, one service, one endpoint.")).toBeInTheDocument();
    expect(screen.getByText(/This VPC has no Network Load Balancer and no endpoint service/)).toBeInTheDocument();
    expect(screen.getByText(/Without security groups: The source's groups let the subnets in/)).toBeInTheDocument();
    expect(screen.queryByRole("heading", { name: "Custom private DNS" })).not.toBeInTheDocument();
    await expectStepAccessible();
    await user.type(screen.getByLabelText(/^Private DNS name/), "orders.example.com");
    await user.click(screen.getByRole("radio", { name: /I accept it myself/ }));
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    expect(checked(client)).toMatchObject({
      path: "endpointService",
      source: { kind: "database", arn: sources.sources[0]?.arn },
      extent: {
        extent: "everything",
        subnetIds: balancingPage.defaultSubnetIds,
        securityGroupIds: [],
        name: "orders-postgres",
      },
      privateDnsName: "orders.example.com",
      customDnsEnabled: false,
      acceptance: "byHand",
      description: "orders-postgres",
    });
  }, 40_000);

  it("takes security groups where they are wanted, and says what the run does about their rules", async () => {
    const { user } = await open({ ...balancingPage, withoutGroups: { verdict: "failure", reason: "The source lets only groups in." } });
    expect(screen.getByText("Without security groups: The source lets only groups in.")).toBeInTheDocument();
    const groups = screen.getByRole("table", { name: "Security groups" });
    expect(screen.getByText(/the run stops enforcing their inbound rules on PrivateLink traffic/)).toBeInTheDocument();
    await user.click(within(groups).getByRole("checkbox", { name: /clickpipes-gateway/ }));
    expect(choices().extent).toMatchObject({ securityGroupIds: ["sg-0c3e5a1b7d9f2468a"] });
    expect(screen.queryByText(/Without security groups/)).not.toBeInTheDocument();
  }, 30_000);

  it("tells a name that breaks a rule at the field", async () => {
    const rule = "Use 1 to 32 letters, digits and hyphens.";
    const { user } = await open(balancingPage, {
      validate: async (given) =>
        given.path === "endpointService" && given.extent.extent === "everything" && given.extent.name === "" ? [{ field: "loadBalancerName", rule }] : [],
    });
    await user.clear(screen.getByLabelText("Load balancer, target group and service"));
    await next(user);
    await staysBecause("Correct what is marked above.");
    expect(screen.getAllByText(rule)).not.toHaveLength(0);
    await waitFor(() => expect(screen.getByLabelText("Load balancer, target group and service")).toHaveFocus());
  }, 30_000);

  it("asks for the preview first where each host needs its own name, with what to write to ClickHouse support", async () => {
    const { user, client } = await open(brokersPage);
    const headings = screen.getAllByRole("heading", { level: 2 }).map((it) => it.textContent);
    expect(headings[0]).toBe("Custom private DNS");
    expect(screen.getByText("Ask ClickHouse support first")).toBeInTheDocument();
    expect(screen.getByText(/^Please enable custom private DNS .* for service /)).toBeInTheDocument();
    expect(screen.getByText("Number 3")).toBeInTheDocument();
    // One name cannot lead to three services.
    expect(screen.queryByLabelText(/^Private DNS name/)).not.toBeInTheDocument();
    await expectStepAccessible();
    await user.click(screen.getByRole("radio", { name: "Yes, it is enabled" }));
    expect(screen.queryByText("Ask ClickHouse support first")).not.toBeInTheDocument();
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    expect(checked(client)).toMatchObject({ customDnsEnabled: true });
  }, 40_000);

  it("has said it for one service: for another one it is asked again", async () => {
    const { user } = await open(brokersPage);
    await user.click(screen.getByRole("radio", { name: "Yes, it is enabled" }));
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Account and region");
    await user.click(await screen.findByRole("radio", { name: "cold-archive" }));
    expect(choices().customDnsEnabled).toBe(false);
    await user.click(screen.getByRole("radio", { name: "orders-analytics" }));
    expect(choices().customDnsEnabled).toBe(true);
  }, 40_000);

  it("in front of MSK's brokers asks for the authentication, which decides the port", async () => {
    const { user, client } = await open(mskBrokersPage(false), {}, "events-msk");
    expect(screen.getByRole("radio", { name: /SASL\/IAM\), port 9098/ })).toBeChecked();
    await user.click(screen.getByRole("radio", { name: /SASL\/SCRAM\), port 9096/ }));
    await waitFor(() =>
      expect(client.calls.filter(({ command }) => command === "loadBalancing").at(-1)?.args[0]).toEqual({
        kind: "mskBrokers",
        clusterArn: CLUSTER_ARN,
        authentication: "saslScram",
      }),
    );
  }, 30_000);

  it("in front of MSK's brokers offers only what the cluster takes, and says why not", async () => {
    await open(mskBrokersPage(true), {}, "events-msk");
    expect(screen.getByRole("radio", { name: /SASL\/IAM\), port 9098/ })).toBeDisabled();
    expect(screen.getByText("Cluster events-msk does not take IAM.")).toBeInTheDocument();
    expect(screen.getByRole("radio", { name: /SASL\/SCRAM\), port 9096/ })).toBeChecked();
    expect(choices().source).toMatchObject({ kind: "mskBrokers", authentication: "saslScram" });
  }, 30_000);
});

describe("what is there already", () => {
  it("is offered with verdicts; a load balancer is changed only where it is ticked", async () => {
    const { user, client } = await open(balancingWithOffers);
    expect(screen.getAllByText("2 are there, one fits.")).toHaveLength(2);
    await user.click(screen.getByRole("radio", { name: /Use a load balancer that is there/ }));
    const table = screen.getByRole("table", { name: "Load balancers" });
    expect(within(table).getByRole("radio", { name: "orders-nlb" })).toBeChecked();
    expect(within(table).getByRole("radio", { name: "web" })).toBeDisabled();
    expect(within(table).getByText("Leads to the source")).toBeInTheDocument();
    expect(within(table).getByText("Enforces inbound rules")).toBeInTheDocument();
    expect(screen.queryByRole("table", { name: "Subnets" })).not.toBeInTheDocument();
    expect(screen.getByLabelText("Endpoint service")).toBeInTheDocument();
    await expectStepAccessible();
    expect(choices().extent).toMatchObject({ extent: "onLoadBalancer", changes: [] });
    await user.click(screen.getByRole("checkbox", { name: /Turn cross-zone load balancing on/ }));
    await user.click(screen.getByRole("checkbox", { name: /Stop enforcing inbound rules/ }));
    await user.click(screen.getByRole("checkbox", { name: /Turn cross-zone load balancing on/ }));
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    expect(checked(client)).toMatchObject({
      extent: {
        extent: "onLoadBalancer",
        loadBalancerArn: loadBalancer.arn,
        name: "orders-postgres",
        changes: ["stopEnforcingInboundRules"],
      },
    });
  }, 40_000);

  it("a service is built upon as it is, keeps its private DNS name, and gets what it lacks", async () => {
    const { user, client } = await open(balancingWithOffers);
    await user.type(screen.getByLabelText(/^Private DNS name/), "typed.example.com");
    await user.click(screen.getByRole("radio", { name: /Use an endpoint service that is there/ }));
    const table = screen.getByRole("table", { name: "Endpoint services" });
    expect(within(table).getByRole("radio", { name: /orders-service/ })).toBeChecked();
    expect(within(table).getByText("ClickPipes' account may not connect yet: it is added")).toBeInTheDocument();
    expect(within(table).getAllByText("Private DNS name: orders.example.com")).toHaveLength(2);
    expect(screen.queryByLabelText(/^Private DNS name/)).not.toBeInTheDocument();
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    expect(checked(client)).toMatchObject({
      extent: { extent: "onService", serviceId: endpointService.id, changes: [] },
      privateDnsName: "",
    });
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Resource and network");
    await user.click(await screen.findByRole("radio", { name: /^Make new ones/ }));
    expect(screen.getByLabelText(/^Private DNS name/)).toHaveValue("typed.example.com");
  }, 40_000);

  it("that accepts every connection leaves nothing to choose", async () => {
    const accepting = { ...endpointService, acceptanceRequired: false };
    const [offer] = balancingWithOffers.services;
    if (!offer) throw new Error("the fixture has a service");
    const { user } = await open({ ...balancingWithOffers, services: [{ ...offer, service: accepting, letsClickpipes: true }] });
    expect(screen.getByRole("radio", { name: /Pipelink accepts it after comparing/ })).toBeChecked();
    await user.click(screen.getByRole("radio", { name: /Use an endpoint service that is there/ }));
    expect(screen.getByText(/accepts every connection by itself: there is nothing to accept/)).toBeInTheDocument();
    expect(screen.queryByRole("radio", { name: /Pipelink accepts it/ })).not.toBeInTheDocument();
  }, 30_000);

  it("has to be picked, and to be there still", async () => {
    const { user } = await open({ ...balancingWithOffers, loadBalancers: balancingWithOffers.loadBalancers.slice(1), services: [] });
    await user.click(screen.getByRole("radio", { name: /Use a load balancer that is there/ }));
    expect(screen.getByText("One is there, and it does not fit.")).toBeInTheDocument();
    await next(user);
    await staysBecause("Choose a load balancer.");
    changeEndpointService({ loadBalancerArn: "arn:gone" });
    await next(user);
    await staysBecause(/is not there any more/);
  }, 30_000);
});

describe("what cannot be read or understood", () => {
  it("says which rule the source breaks, and goes no further", async () => {
    const rule = "The cluster was not found in this account and region.";
    const page: EndpointServicePage = { ...balancingPage, wrong: [{ field: "source", rule }], hosts: [] };
    const { user } = openWizard({ loadBalancing: async () => page });
    await toNetwork(user);
    expect(await screen.findByText("The source cannot be put behind a load balancer as it is")).toBeInTheDocument();
    expect(screen.queryByRole("table", { name: "Hosts" })).not.toBeInTheDocument();
    await next(user);
    await staysBecause(rule);
  }, 30_000);

  it("is told while it is read, and where a right is missing", async () => {
    const loading = openWizard({ loadBalancing: silent() });
    await toNetwork(loading.user);
    expect(screen.getByText(/Reading the load balancers, the endpoint services/)).toBeInTheDocument();
    await next(loading.user);
    await staysBecause("The load balancers have not been read yet.");
    loading.unmount();
    forgetDraft();
    const action = "elasticloadbalancing:DescribeLoadBalancers";
    const { user } = openWizard({ loadBalancing: refuses({ code: "accessDenied", action, message: "no" }) });
    await toNetwork(user);
    expect(await screen.findByText(`No right to ${action}`)).toBeInTheDocument();
  }, 40_000);
});

describe("the checks", () => {
  const offering = (id: Check["id"], button: "enableCrossZone" | "stopEnforcingInboundRules", headline: string): Check => ({
    ...warningCheck,
    id,
    headline,
    remedy: { text: "The run can do it.", command: null, button },
  });

  it("offer a change of the load balancer, which becomes a choice of the run, and check again by themselves", async () => {
    const { user, client } = await open(balancingWithOffers, {
      checks: async (given) => {
        const changes = given.path === "endpointService" && given.extent.extent === "onLoadBalancer" ? given.extent.changes : [];
        const found = [
          offering("crossZone", "enableCrossZone", "Cross-zone load balancing is off"),
          offering("inboundRules", "stopEnforcingInboundRules", "Inbound rules are enforced"),
        ].filter(({ remedy }) => !changes.includes(remedy?.button as (typeof changes)[number]));
        return { checks: [...found, passedCheck], existing: null };
      },
    });
    await user.click(screen.getByRole("radio", { name: /Use a load balancer that is there/ }));
    await next(user);
    await heading("Checks");
    await outcome("2 warnings, 1 passed");
    await user.click(screen.getByRole("button", { name: "Have the run turn it on" }));
    await outcome("1 warning, 1 passed");
    await user.click(screen.getByRole("button", { name: "Have the run switch it off" }));
    await outcome("All checks passed");
    expect(client.calls.filter(({ command }) => command === "checks")).toHaveLength(3);
    expect(choices().extent).toMatchObject({ changes: ["enableCrossZone", "stopEnforcingInboundRules"] });
  }, 40_000);
});

describe("the review", () => {
  it("says what was chosen, what is used, and what is changed of it", async () => {
    const service = { from: "literal" as const, value: endpointService.id };
    const onService: Plan = {
      ...plan,
      path: "endpointService",
      uses: [
        { what: "loadBalancer", arn: loadBalancer.arn, name: loadBalancer.name, subnetIds: [] },
        { what: "endpointService", id: endpointService.id, serviceName: endpointService.serviceName, name: null },
      ],
      steps: [
        { id: "cross-zone", action: { action: "enableCrossZone", loadBalancer: { from: "literal", value: loadBalancer.arn } } },
        { id: "principal", action: { action: "allowPrincipal", service, principal: "072088201116" } },
        { id: "connection", action: { action: "awaitEndpointConnection", service, serviceName: service, owner: "072088201116" } },
      ],
    };
    const { user } = await open(balancingWithOffers, { review: async () => ({ ...reviewPage, plan: onService, steps: [] }) });
    await user.click(screen.getByRole("radio", { name: /Use an endpoint service that is there/ }));
    await user.click(screen.getByRole("checkbox", { name: /Turn cross-zone load balancing on/ }));
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    expect(await screen.findByRole("button", { name: "Make 2 changes in 111122223333 (Sandbox), us-east-1" })).toBeInTheDocument();
    expect(screen.getByText("cross-zone load balancing on")).toBeInTheDocument();
    expect(screen.getByText("By Pipelink, after comparing owner and endpoint ID")).toBeInTheDocument();
    expect(screen.getByText(/What the steps change of it is changed back/)).toBeInTheDocument();
    expect(screen.getByText(endpointService.serviceName)).toBeInTheDocument();
    await expectStepAccessible();
  }, 40_000);
});
