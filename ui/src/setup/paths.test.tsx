// The recommendation on the first step: what it follows from, what else can be taken, and what is kept while paths are
// switched.
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Choices } from "../ipc/bindings";
import { fakeClient, refuses, type FakeClient } from "../test/fakeClient";
import { endpoint, ordersAnalytics, webEvents } from "../test/fixtures";
import { clusterArn, smallCluster, sources } from "../test/networkFixtures";
import { CLUSTER_ARN } from "../test/networkFixturesPaths";
import { expectStepAccessible, heading, next, openWizard, pickSource, staysBecause, takePath, type User } from "../test/wizard";
import { choicesOf, currentDraft, forgetDraft } from "./draft";

beforeEach(() => forgetDraft());

const path = (name: RegExp) => screen.getByRole("radio", { name });
const recommended = (name: string) => screen.findByRole("heading", { name: `Recommended: ${name}` });

async function pick(user: User, name: string) {
  await user.click(await screen.findByRole("radio", { name }, { timeout: 5000 }));
}

async function chooseService(user: User, name: RegExp) {
  await user.click(screen.getByRole("button", { name: /Which ClickHouse service reads it/ }));
  await user.click(await screen.findByRole("option", { name }));
}

const lastAsked = (client: FakeClient, command: "advise" | "loadBalancing" | "mskCluster" | "network" | "validate") =>
  client.calls.filter((call) => call.command === command).at(-1)?.args;

describe("what is recommended", () => {
  it("follows from a source of the list without any question, with its time, its bill and why the others do not fit", async () => {
    const { user, client } = openWizard();
    await pick(user, "events-msk");
    await recommended("MSK multi-VPC connectivity");
    expect(path(/^MSK multi-VPC connectivity \(recommended\)/)).toBeChecked();
    expect(screen.getByText("20 min to 8 h")).toBeInTheDocument();
    expect(screen.getByText(/By the hour for each authentication/)).toBeInTheDocument();
    expect(path(/^VPC resource/)).toBeDisabled();
    expect(screen.getByText(/Does not fit\. Neither AWS nor ClickHouse documents it/)).toBeInTheDocument();
    expect(path(/^VPC endpoint service/)).toBeEnabled();
    expect(screen.queryByRole("radiogroup", { name: /Where does it run/ })).not.toBeInTheDocument();
    expect(lastAsked(client, "advise")?.[0]).toBe(CLUSTER_ARN);
    expect(screen.getByRole("list", { name: "How it connects: MSK multi-VPC connectivity" })).toBeInTheDocument();
    await expectStepAccessible();
    await next(user);
    await heading("Account and region");
    await waitFor(() => expect(lastAsked(client, "mskCluster")).toEqual([CLUSTER_ARN]));
  }, 30_000);

  it("is asked for once only the service decides, and crosses regions where it has to", async () => {
    const { user, client } = openWizard();
    await pick(user, "orders-postgres");
    await recommended("VPC resource");
    await chooseService(user, /web-events/);
    await recommended("VPC endpoint service");
    expect(path(/^VPC resource/)).toBeDisabled();
    expect(screen.getByText("Does not fit. It does not cross regions.")).toBeInTheDocument();
    await next(user);
    await heading("Account and region");
    // What is known is not asked again.
    expect(await screen.findByRole("radio", { name: "web-events" })).toBeChecked();
    expect(screen.getByText("eu-central-1: another region")).toBeInTheDocument();
    await waitFor(() => expect(lastAsked(client, "loadBalancing")?.[0]).toEqual({ kind: "database", arn: sources.sources[0]?.arn }));
  }, 30_000);

  it("of a cluster is what its own row says, where the cluster rules the usual path out", async () => {
    const { user } = openWizard({ sources: async () => ({ ...sources, sources: [smallCluster] }) });
    await pick(user, "clicks-small");
    await recommended("VPC endpoint service");
    expect(path(/^MSK multi-VPC/)).toBeDisabled();
    expect(screen.getAllByText(/Brokers of kafka\.t3\.small have no multi-VPC connectivity/).length).toBeGreaterThan(1);
  });

  it("recommends none for MSK Serverless in another region, and says what to do", async () => {
    const { user } = openWizard();
    await pick(user, "audit-serverless");
    await recommended("VPC resource");
    expect(screen.getByText("Does not fit. A load balancer leads to fixed addresses.")).toBeInTheDocument();
    await chooseService(user, /web-events/);
    expect(await screen.findByRole("heading", { name: "No path fits" })).toBeInTheDocument();
    expect(screen.getByText(/choose a service in the source's region/)).toBeInTheDocument();
    for (const name of [/^VPC resource/, /^MSK multi-VPC/, /^VPC endpoint service/]) expect(path(name)).toBeDisabled();
  }, 30_000);

  it("takes answers for what is typed, and stays open until a path is recommended or taken", async () => {
    const { user, client } = openWizard();
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await user.click(screen.getByRole("radio", { name: /Several hosts/ }));
    expect(await screen.findByRole("heading", { name: "No path is recommended yet" })).toBeInTheDocument();
    await next(user);
    await staysBecause("Choose a path, or answer what is asked.");
    await waitFor(() => expect(screen.getByRole("radiogroup", { name: /^Path/ })).toContainElement(document.activeElement as HTMLElement));
    await user.click(screen.getByRole("radio", { name: "On premises, or elsewhere that a VPC reaches" }));
    await chooseService(user, /orders-analytics/);
    await recommended("VPC resource");
    expect(screen.queryByText("Choose a path, or answer what is asked.")).not.toBeInTheDocument();
    expect(lastAsked(client, "advise")).toEqual([
      null,
      { source: "kafka", runsOn: "onPremises", clickpipesRegionSame: true, privateName: null },
    ]);
    await expectStepAccessible();
  }, 30_000);

  it("asks for the region itself where no service can be read, and for a private name where that decides", async () => {
    const keyless = { ...sources, services: { state: "unknown" as const, problem: { code: "keyMissing" as const } } };
    const { user } = openWizard({ sources: async () => keyless });
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await user.click(screen.getByRole("radio", { name: /A domain name/ }));
    await user.click(await screen.findByRole("radio", { name: "Hosts in a VPC, such as EC2 instances" }));
    const region = await screen.findByRole("radiogroup", { name: /run in us-east-1/ });
    await user.click(within(region).getByRole("radio", { name: "Yes" }));
    const name = await screen.findByRole("radiogroup", { name: /name of your own/ });
    await user.click(within(name).getByRole("radio", { name: "Yes" }));
    await recommended("VPC endpoint service");
    await user.click(within(name).getByRole("radio", { name: "No" }));
    await recommended("VPC resource");
  }, 30_000);

  it("leads to the list where the source is a cluster of it", async () => {
    const { user } = openWizard();
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await user.click(screen.getByRole("radio", { name: /Several hosts/ }));
    await user.click(await screen.findByRole("radio", { name: "MSK, standard brokers" }));
    await chooseService(user, /orders-analytics/);
    expect(await screen.findByText("An MSK cluster is chosen from the list of this account, not typed.")).toBeInTheDocument();
    expect(path(/^MSK multi-VPC/)).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Show the list" }));
    expect(await screen.findByRole("table", { name: "Sources" })).toBeInTheDocument();
  }, 30_000);

  it("says why it is not known, and can be asked for again", async () => {
    let refused = true;
    const working = fakeClient();
    const { user } = openWizard({
      advise: (picked, answers) =>
        refused ? refuses({ code: "internal", message: "no" })() : working.advise(picked, answers),
    });
    await pick(user, "orders-postgres");
    const again = await screen.findByRole("button", { name: "Try again" });
    refused = false;
    await user.click(again);
    await recommended("VPC resource");
  });
});

describe("another path", () => {
  it("is taken where it can work, stays with another source that it fits, and goes with one that it does not", async () => {
    const { user } = openWizard();
    await pick(user, "orders-postgres");
    await recommended("VPC resource");
    await takePath(user, /^VPC endpoint service/);
    await pick(user, "events-msk");
    await recommended("MSK multi-VPC connectivity");
    expect(path(/^VPC endpoint service/)).toBeChecked();
    await pick(user, "audit-serverless");
    await recommended("VPC resource");
    expect(path(/^VPC resource/)).toBeChecked();
    expect(choicesOf(currentDraft())).toMatchObject({
      path: "vpcResource",
      source: { kind: "mskServerless", clusterArn: clusterArn("audit-serverless") },
    });
  }, 30_000);

  it("takes the same source in its own form, and gives back what was typed for the one before", async () => {
    const { user } = openWizard();
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await user.click(screen.getByRole("radio", { name: /Several hosts/ }));
    await takePath(user, /^VPC endpoint service/);
    await user.type(screen.getByLabelText("Hosts"), "b-1.example.com:9092\nb-2.example.com:9093");
    await user.type(screen.getByLabelText("Private addresses of the names"), "10.20.1.15\n10.20.2.15");
    await user.type(screen.getByLabelText(/^Schema registry/), "registry.example.com:8081");
    await user.type(screen.getByLabelText("Private address of the schema registry"), "10.20.1.20");
    const typed = {
      kind: "hosts",
      hosts: "b-1.example.com:9092\nb-2.example.com:9093",
      engine: "kafka",
      registry: "registry.example.com:8081",
      vpcId: "",
    };
    const balanced = { ...typed, addresses: "10.20.1.15\n10.20.2.15", registryAddress: "10.20.1.20" };
    expect(choicesOf(currentDraft())).toMatchObject({ path: "endpointService", source: balanced });

    await takePath(user, /^VPC resource/);
    expect(screen.queryByLabelText("Private addresses of the names")).not.toBeInTheDocument();
    const atGateway = choicesOf(currentDraft());
    expect(atGateway).toMatchObject({ path: "vpcResource", source: { ...typed, resolution: "public" } });

    // A registry is Kafka's: MongoDB goes without, and Kafka has it back.
    await user.click(screen.getByRole("radio", { name: "MongoDB nodes" }));
    expect(choicesOf(currentDraft())).toMatchObject({ source: { engine: "mongoDb", registry: "" } });
    await user.click(screen.getByRole("radio", { name: "Kafka brokers" }));
    await takePath(user, /^VPC endpoint service/);
    expect(choicesOf(currentDraft())).toMatchObject({ source: balanced });
    await expectStepAccessible();
  }, 30_000);

  it("takes a domain name as a host with its port, and an address with one port", async () => {
    const { user } = openWizard();
    await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 });
    await user.click(screen.getByRole("radio", { name: /A domain name/ }));
    await takePath(user, /^VPC endpoint service/);
    await user.type(screen.getByLabelText("Name"), "orders.db.internal");
    expect(screen.queryByText(/Fixed once the gateway is made/)).not.toBeInTheDocument();
    expect(choicesOf(currentDraft())).toMatchObject({
      source: { kind: "hosts", hosts: "orders.db.internal:5432", engine: "postgres", registry: "" },
    });
    await user.click(screen.getByRole("radio", { name: /An IP address/ }));
    await takePath(user, /^VPC endpoint service/);
    await user.type(screen.getByLabelText("Address"), "10.20.1.15");
    expect(choicesOf(currentDraft())).toMatchObject({ source: { kind: "address", address: "10.20.1.15", port: "5432" } });
  }, 30_000);
});

describe("an endpoint that is there already", () => {
  it.each([
    ["events-msk", /^MSK multi-VPC/, { path: "mskMultiVpc", clusterArn: CLUSTER_ARN, authentication: "saslIam" }],
    ["orders-postgres", /^VPC endpoint service/, { path: "endpointService", source: { kind: "database", arn: sources.sources[0]?.arn } }],
  ] as const)("is looked for and offered for %s", async (name, taken, asked) => {
    const { user, client } = openWizard({ existingEndpoint: async () => endpoint(name) });
    await pick(user, name);
    await takePath(user, taken);
    await next(user);
    await heading("Account and region");
    await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
    expect(await screen.findByRole("button", { name: "Use this one" })).toBeInTheDocument();
    const choices = client.calls.filter(({ command }) => command === "existingEndpoint").at(-1)?.args[0];
    expect(choices).toMatchObject({ ...asked, service: { by: "key", serviceId: ordersAnalytics.id } });
  }, 30_000);
});

describe("a service in another region", () => {
  it("rules the path taken out, which the next step says, with the one that fits on a click", async () => {
    const { user, client } = openWizard();
    await pickSource(user);
    await user.click(await screen.findByRole("radio", { name: "web-events" }));
    expect(await screen.findByText("VPC resource does not fit this service")).toBeInTheDocument();
    // Nothing changes by itself.
    expect(currentDraft().path).toBe("vpcResource");
    await expectStepAccessible();
    await user.click(screen.getByRole("button", { name: "Take VPC endpoint service" }));
    await waitFor(() => expect(screen.queryByText("VPC resource does not fit this service")).not.toBeInTheDocument());
    await next(user);
    await heading("Resource and network");
    expect(await screen.findByRole("table", { name: "Hosts" })).toBeInTheDocument();
    const choices = lastAsked(client, "validate")?.[0] as Choices;
    expect(choices).toMatchObject({
      path: "endpointService",
      service: { by: "key", organizationId: webEvents.organizationId, serviceId: webEvents.id },
    });
  }, 30_000);
});
