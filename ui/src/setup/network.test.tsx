// The third step: what is made, what is used of what is there, and the names.
import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Choices, NetworkPage } from "../ipc/bindings";
import { fakeClient, refuses, type FakeClient } from "../test/fakeClient";
import { configuration, gateway, network, networkWithOffers, sources } from "../test/networkFixtures";
import { expectStepAccessible, heading, next, openWizard, outcome, pickService, pickSource, SOURCE, staysBecause, toNetwork } from "../test/wizard";
import { forgetDraft } from "./draft";
import type { VpcResourceExtent } from "./pathTypes";

beforeEach(() => forgetDraft());

describe("a new gateway", () => {
  it("tells a name that breaks a rule at the field, in Rust's words", async () => {
    const rule = "Use 3 to 40 lower-case letters, digits and hyphens.";
    const { user } = openWizard({
      validate: async (choices) =>
        choices.path === "vpcResource" && choices.extent.extent === "everything" && choices.extent.gatewayName === "Orders" ? [{ field: "gatewayName", rule }] : [],
    });
    await toNetwork(user);
    const name = screen.getByLabelText("Resource gateway");
    await waitFor(() => expect(name).toHaveValue("orders-postgres-gateway"));
    await user.clear(name);
    await user.type(name, "Orders");
    expect(screen.queryByText(rule)).not.toBeInTheDocument();
    await user.tab();
    expect(await screen.findByText(rule)).toBeInTheDocument();
    await next(user);
    await staysBecause("Correct what is marked above.");
    await user.clear(name);
    await user.type(name, "orders");
    await waitFor(() => expect(screen.queryByText(rule)).not.toBeInTheDocument());
    expect(screen.queryByText("Correct what is marked above.")).not.toBeInTheDocument();
  }, 30_000);

  it("shows the rules that decide, those of the source's own groups too", async () => {
    const [gateway, locked] = network.securityGroups;
    const inbound = {
      id: "sgr-of-the-database",
      egress: false,
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      peer: { kind: "group" as const, value: "sg-0c3e5a1b7d9f2468a" },
    };
    if (!gateway || !locked) throw new Error("the fixture has two groups");
    const { user } = openWizard({
      network: async () => ({
        ...network,
        securityGroups: [
          { ...gateway, decidingRules: [...gateway.decidingRules, inbound.id] },
          { ...locked, group: { ...locked.group, name: "orders-db", rules: [inbound] } },
        ],
      }),
    });
    await pickSource(user);
    await pickService(user);
    await user.click(await screen.findByRole("button", { name: "2 rules of clickpipes-gateway" }));
    const rule = screen.getByText(/^orders-db: In: TCP 5432 from members of sg-0c3e5a1b7d9f2468a/);
    expect(rule).toHaveTextContent("Decides");
    expect(screen.getByText(/^Out: all traffic to 0\.0\.0\.0\/0/)).toBeInTheDocument();
  }, 30_000);

  it("never shows for one source why another one's network could not be read", async () => {
    const [, other] = sources.sources;
    if (!other) throw new Error("the fixture has two sources");
    let answer: () => void = () => undefined;
    const { user } = openWizard({
      network: (source) =>
        source.kind === "database" && source.arn === SOURCE
          ? refuses({ code: "accessDenied", action: "ec2:DescribeSubnets", message: "no" })()
          : new Promise<NetworkPage>((resolve) => (answer = () => resolve(network))),
    });
    await pickSource(user);
    await pickService(user);
    expect(await screen.findByText("No right to ec2:DescribeSubnets")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Account and region");
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Source and path");
    await user.click(await screen.findByRole("radio", { name: other.name }));
    await next(user);
    await heading("Account and region");
    await next(user);
    await heading("Resource and network");
    expect(screen.getByText("Reading the subnets and security groups of the source's VPC")).toBeInTheDocument();
    expect(screen.queryByText("No right to ec2:DescribeSubnets")).not.toBeInTheDocument();
    await act(async () => answer());
    expect(await screen.findByRole("table", { name: "Subnets" })).toBeInTheDocument();
  }, 40_000);
});

describe("what is there already", () => {
  const offered = (over: Partial<NetworkPage> = {}) => ({ network: async () => ({ ...networkWithOffers, ...over }) });

  function checkedExtent(client: FakeClient): VpcResourceExtent | undefined {
    const checked = client.calls.find(({ command }) => command === "checks")?.args[0] as Choices | undefined;
    return checked?.path === "vpcResource" ? checked.extent : undefined;
  }

  it("is offered before what is made new, which stays chosen until the admin says otherwise", async () => {
    const { user } = openWizard(offered());
    await toNetwork(user);
    const extents = within(screen.getByRole("radiogroup", { name: /What is there, and what is made/ }));
    expect(extents.getAllByRole("radio").map((radio) => radio.getAttribute("value"))).toEqual([
      "onConfiguration",
      "onGateway",
      "everything",
    ]);
    expect(extents.getByRole("radio", { name: /Make new ones/ })).toBeChecked();
    expect(screen.getByText(/undoing the run never touches it/)).toBeInTheDocument();
    expect(screen.getByText("One is there, and it fits.")).toBeInTheDocument();
    expect(screen.getByText("2 are there, one fits.")).toBeInTheDocument();
    await expectStepAccessible();
  }, 30_000);

  it("a gateway that fits is picked, one that does not cannot be, and only what is made gets a name", async () => {
    const { user, client } = openWizard(offered());
    await toNetwork(user);
    await user.click(screen.getByRole("radio", { name: /Use a resource gateway that is there/ }));
    const table = screen.getByRole("table", { name: "Resource gateways" });
    expect(within(table).getByRole("radio", { name: /shared-data-gateway/ })).toBeChecked();
    expect(within(table).getByRole("radio", { name: /internal-names-gateway/ })).toBeDisabled();
    expect(within(table).getByText(/takes no database by its ARN/)).toBeInTheDocument();
    expect(screen.queryByRole("table", { name: "Subnets" })).not.toBeInTheDocument();
    expect(screen.queryByLabelText("Resource gateway")).not.toBeInTheDocument();
    await expectStepAccessible();
    const name = screen.getByLabelText("Resource configuration");
    await user.clear(name);
    await user.type(name, "mine");
    await next(user);
    await heading("Checks");
    await outcome("All checks passed");
    expect(checkedExtent(client)).toEqual({ extent: "onGateway", gatewayId: gateway.id, configurationName: "mine" });
  }, 30_000);

  it("a configuration leaves only the share and the description to choose", async () => {
    const { user, client } = openWizard(offered());
    await toNetwork(user);
    await user.click(screen.getByRole("radio", { name: /Use a resource configuration that is there/ }));
    const table = screen.getByRole("table", { name: "Resource configurations" });
    expect(within(table).getByRole("radio", { name: /orders-postgres-reporting/ })).toBeChecked();
    expect(within(table).getByText(`Leads to ${SOURCE}`)).toBeInTheDocument();
    expect(screen.queryByLabelText("Resource configuration")).not.toBeInTheDocument();
    expect(screen.getByLabelText("Resource share")).toBeInTheDocument();
    expect(screen.getByLabelText("Endpoint description in ClickHouse")).toBeInTheDocument();
    await expectStepAccessible();
    await next(user);
    await heading("Checks");
    expect(checkedExtent(client)).toEqual({ extent: "onConfiguration", configurationId: configuration.id });
  }, 30_000);

  it("that does not fit at all is shown with its reasons, and picking none is told at the table", async () => {
    const rule = "Choose a resource gateway.";
    const { user } = openWizard({
      ...offered({ configurations: [], gateways: networkWithOffers.gateways.slice(1) }),
      validate: async (choices) =>
        choices.path === "vpcResource" && choices.extent.extent === "onGateway" && choices.extent.gatewayId === ""
          ? [{ field: "gateway", rule }]
          : [],
    });
    await toNetwork(user);
    await user.click(screen.getByRole("radio", { name: /Use a resource gateway that is there/ }));
    expect(screen.getByText("One is there, and it does not fit.")).toBeInTheDocument();
    await next(user);
    expect(await screen.findAllByText(rule)).not.toHaveLength(0);
    expect(screen.getByRole("heading", { level: 1, name: "Resource and network" })).toBeInTheDocument();
  }, 30_000);

  it("that does not fit any more, or is gone, stops the way", async () => {
    const [first] = networkWithOffers.gateways;
    if (!first) throw new Error("the fixture has a gateway");
    let gateways = networkWithOffers.gateways;
    const client = fakeClient({ network: async () => ({ ...networkWithOffers, gateways }) });
    const { user } = openWizard({}, client);
    await toNetwork(user);
    await user.click(screen.getByRole("radio", { name: /Use a resource gateway that is there/ }));

    const reread = async (then: typeof gateways) => {
      gateways = then;
      await user.click(screen.getByRole("button", { name: "Read the network again" }));
    };
    await user.click(screen.getByRole("radio", { name: /Make new ones/ }));
    await reread([{ ...first, verdict: "failure", reason: "Its state is DELETE_IN_PROGRESS." }]);
    await user.click(screen.getByRole("radio", { name: /Use a resource gateway that is there/ }));
    expect(await screen.findByText("Its state is DELETE_IN_PROGRESS.")).toBeInTheDocument();
    await next(user);
    await waitFor(() => expect(screen.getAllByText("Its state is DELETE_IN_PROGRESS.").length).toBeGreaterThan(1));

    await user.click(screen.getByRole("radio", { name: /Make new ones/ }));
    await reread(networkWithOffers.gateways.slice(1));
    await user.click(screen.getByRole("radio", { name: /Use a resource gateway that is there/ }));
    await next(user);
    await staysBecause(/is not there any more/);
    expect(screen.getByRole("heading", { level: 1, name: "Resource and network" })).toBeInTheDocument();
  }, 40_000);

  it("is said to be nothing where everything could be read, and nothing is said where not", async () => {
    const { user, unmount } = openWizard();
    await toNetwork(user);
    expect(screen.getByText(/No resource gateway is in this VPC/)).toBeInTheDocument();
    expect(screen.queryByRole("radio", { name: /Make new ones/ })).not.toBeInTheDocument();
    unmount();
    forgetDraft();
    const denied = { code: "accessDenied" as const, action: "vpc-lattice:ListResourceGateways", message: "no" };
    const second = openWizard({ network: async () => ({ ...network, unread: [denied] }) });
    await toNetwork(second.user);
    expect(await screen.findByText("No right to vpc-lattice:ListResourceGateways")).toBeInTheDocument();
    expect(screen.queryByText(/No resource gateway is in this VPC/)).not.toBeInTheDocument();
  }, 40_000);

  it("is forgotten with the source that it was picked for", async () => {
    const { user } = openWizard(offered());
    await toNetwork(user);
    await user.click(screen.getByRole("radio", { name: /Use a resource gateway that is there/ }));
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Account and region");
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Source and path");
    await user.click(await screen.findByRole("radio", { name: "inventory-mysql" }));
    await next(user);
    await heading("Account and region");
    await next(user);
    await heading("Resource and network");
    expect(await screen.findByRole("radio", { name: /Make new ones/ })).toBeChecked();
  }, 40_000);
});
