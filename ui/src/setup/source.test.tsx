// The first step: picking a database, and naming what is in no list.
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Field, Source } from "../ipc/bindings";
import { fakeClient, refuses, type FakeClient } from "../test/fakeClient";
import { sources, vpcs } from "../test/networkFixtures";
import { expectStepAccessible, heading, next, openWizard, pickService, staysBecause, takePath, type User } from "../test/wizard";
import { forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

describe("a database", () => {
  it("whose ARN breaks the rule is told at the sources", async () => {
    const rule = "Use the ARN of an RDS or Aurora cluster or instance.";
    const { user } = openWizard({ validate: async () => [{ field: "source", rule }] });
    await user.click(await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 }));
    await next(user);
    expect(await screen.findByText(rule)).toBeInTheDocument();
    expect(screen.getByRole("heading", { level: 1, name: "Source and path" })).toBeInTheDocument();
  });

  it("has to be picked, and one that does not fit cannot be", async () => {
    const { user } = openWizard();
    const unfit = await screen.findByRole("radio", { name: "storefront-postgres" }, { timeout: 5000 });
    expect(unfit).toBeDisabled();
    expect(screen.getByText(/It has a public address/)).toBeInTheDocument();
    await next(user);
    await staysBecause("Choose a source.");
    expect(screen.getByRole("heading", { level: 1, name: "Source and path" })).toBeInTheDocument();
  });

  it("says why sources could not be read", async () => {
    openWizard({ sources: refuses({ code: "accessDenied", action: "rds:DescribeDBClusters", message: "no" }) });
    expect(await screen.findByText("No right to rds:DescribeDBClusters", {}, { timeout: 5000 })).toBeInTheDocument();
    expect(screen.getByText("Nothing could be listed. The reason is above.")).toBeInTheDocument();
  });

  it("is found among thousands, ten rows at a time", async () => {
    const [model] = sources.sources;
    if (!model) throw new Error("the fixture has a source");
    const many: Source[] = Array.from({ length: 5000 }, (_, index) => ({
      ...model,
      arn: `${model.arn}-${index}`,
      name: `orders-${index}`,
    }));
    const { user } = openWizard({ sources: async () => ({ ...sources, sources: many }) });
    const table = await screen.findByRole("table", { name: "Sources" }, { timeout: 5000 });
    await screen.findByText("(5,000)");
    expect(within(table).getAllByRole("radio")).toHaveLength(10);
    await user.type(screen.getByRole("searchbox", { name: "Filter: Sources" }), "orders-4711");
    await user.click(await screen.findByRole("radio", { name: "orders-4711" }));
    expect(within(table).getAllByRole("radio")).toHaveLength(1);
    await next(user);
    await heading("Account and region");
  }, 30_000);
});

describe("what is in no list", () => {
  const lastAsked = (client: FakeClient, command: "validate" | "network") =>
    client.calls.filter((call) => call.command === command).at(-1)?.args[0];

  async function kind(user: User, name: RegExp) {
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await user.click(screen.getByRole("radio", { name }));
  }

  async function pickVpc(user: User, name: RegExp) {
    await user.click(screen.getByRole("button", { name: /VPC/ }));
    await user.click(await screen.findByRole("option", { name }));
  }

  it("a domain name goes to Rust as typed, with its ports, engine, VPC and where it is looked up", async () => {
    const { user, client } = openWizard();
    await kind(user, /A domain name/);
    expect(screen.getByText(/Fixed once the gateway is made/)).toBeInTheDocument();
    await user.type(screen.getByLabelText("Name"), "orders.db.internal");
    await user.click(screen.getByRole("radio", { name: "MySQL or MariaDB" }));
    expect(screen.getByLabelText("Ports")).toHaveValue("3306");
    await pickVpc(user, /prod/);
    await user.click(screen.getByRole("radio", { name: /The VPC's own resolver/ }));
    expect(screen.getByText("For orders.db.internal")).toBeInTheDocument();
    await takePath(user, /^VPC resource/);
    await expectStepAccessible();
    await next(user);
    await heading("Account and region");
    const source = {
      kind: "domainName",
      name: "orders.db.internal",
      ports: "3306",
      resolution: "inVpc",
      engine: "mysql",
      vpcId: vpcs[0]?.id,
    };
    expect(lastAsked(client, "validate")).toMatchObject({ path: "vpcResource", source });
    await pickService(user);
    await screen.findByRole("table", { name: "Subnets" });
    expect(lastAsked(client, "network")).toEqual(source);
  }, 40_000);

  it("an address has no resolution, and a port that was typed outlives another engine", async () => {
    const { user, client } = openWizard();
    await kind(user, /An IP address/);
    expect(screen.queryByText(/Fixed once the gateway is made/)).not.toBeInTheDocument();
    await user.type(screen.getByLabelText("Address"), "10.20.1.15");
    const ports = screen.getByLabelText("Ports");
    await user.clear(ports);
    await user.type(ports, "6543");
    await user.click(screen.getByRole("radio", { name: "MySQL or MariaDB" }));
    await pickVpc(user, /Default VPC/);
    await takePath(user, /^VPC resource/);
    await next(user);
    await heading("Account and region");
    expect(lastAsked(client, "validate")).toMatchObject({
      path: "vpcResource",
      source: { kind: "ipAddress", address: "10.20.1.15", ports: "6543", engine: "mysql", vpcId: vpcs[2]?.id },
    });
  }, 30_000);

  it("shows each rule of Rust at its field, and the first of them takes the focus", async () => {
    const rules: Partial<Record<Field, string>> = {
      source: "Use a domain name of 3 to 255 characters.",
      ports: "Use ports from 1 to 65535.",
      vpc: "Choose a VPC.",
    };
    const { user } = openWizard({
      validate: async () => Object.entries(rules).map(([field, rule]) => ({ field: field as Field, rule })),
    });
    await kind(user, /A domain name/);
    for (const rule of Object.values(rules)) expect(screen.queryByText(rule)).not.toBeInTheDocument();
    await next(user);
    await staysBecause("Correct what is marked above.");
    for (const rule of Object.values(rules)) expect(screen.getAllByText(rule)).not.toHaveLength(0);
    await waitFor(() => expect(screen.getByLabelText("Name")).toHaveFocus());
    expect(screen.getByLabelText("Name")).toBeInvalid();
    expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/3 to 255 characters/);
  }, 30_000);

  it("is kept while another kind is looked at", async () => {
    const { user } = openWizard();
    await kind(user, /A domain name/);
    await user.type(screen.getByLabelText("Name"), "orders.db.internal");
    await user.click(screen.getByRole("radio", { name: /A database or cluster of this account/ }));
    expect(screen.getByRole("table", { name: "Sources" })).toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: /A domain name/ }));
    expect(screen.getByLabelText("Name")).toHaveValue("orders.db.internal");
  }, 30_000);

  it("takes the only VPC there is, and says where none could be listed", async () => {
    const [only] = vpcs;
    if (!only) throw new Error("the fixture has a VPC");
    const one = openWizard({ sources: async () => ({ ...sources, vpcs: [only] }) });
    await kind(one.user, /A domain name/);
    expect(screen.getByRole("button", { name: /VPC/ })).toHaveTextContent("prod");
    one.unmount();
    forgetDraft();
    const denied = { code: "accessDenied" as const, action: "ec2:DescribeVpcs", message: "no" };
    const { user } = openWizard({}, fakeClient({ sources: async () => ({ ...sources, vpcs: [], unread: [denied] }) }));
    await kind(user, /A domain name/);
    expect(await screen.findByText("No right to ec2:DescribeVpcs")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: /VPC/ }));
    expect(await screen.findByText("No VPC could be listed in this region")).toBeInTheDocument();
  }, 30_000);
});
