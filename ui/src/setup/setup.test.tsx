// The wizard from the admin's chair: the way through, what stops it, and what it keeps.
import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { Check, Choices, NetworkPage, RunId } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { fakeClient, refuses, type FakeClient } from "../test/fakeClient";
import { endpoint, ordersAnalytics, profileAccount } from "../test/fixtures";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";
import { failedCheck, network, passedCheck, plan, review, RUN, sources, topology, warningCheck } from "../test/setupFixtures";
import { forgetDraft } from "./draft";

const SOURCE = sources.sources[0]?.arn ?? "";
const CREATE = "Create 4 resources in 111122223333 (sandbox), us-east-1";

beforeEach(() => forgetDraft());

type User = ReturnType<typeof openWindow>["user"];

function open(answers: Partial<Client> = {}, client: FakeClient = fakeClient(answers)) {
  return openWindow({ page: "setup" }, client);
}

async function heading(name: string) {
  return screen.findByRole("heading", { name, level: 1 }, { timeout: 5000 });
}

/** Waits for the checks; a live region says the same beside the heading. */
async function outcome(words: string) {
  return screen.findByRole("heading", { name: words, level: 2 });
}

/** Why the wizard stays where it is; it is shown, and said in a live region. */
async function staysBecause(words: string | RegExp) {
  expect(await screen.findAllByText(words)).not.toHaveLength(0);
}

/** The wizard draws its steps twice, for narrow and wide; the style sheet, which jsdom has not, hides one. */
async function expectStepAccessible() {
  const hidden = document.querySelectorAll<HTMLElement>("nav[class*=awsui_hidden]");
  for (const nav of hidden) nav.hidden = true;
  await expectAccessible(document.body);
  for (const nav of hidden) nav.hidden = false;
}

async function next(user: User) {
  await user.click(screen.getByRole("button", { name: "Next" }));
}

async function pickSource(user: User) {
  await user.click(await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 }));
  await next(user);
  await heading("Account and region");
}

async function pickService(user: User) {
  await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
  await next(user);
  await heading("Resource and network");
}

async function toChecks(user: User) {
  await pickSource(user);
  await pickService(user);
  await screen.findByRole("table", { name: "Subnets" });
  await waitFor(() => expect(screen.getByLabelText("Resource gateway")).toHaveValue("orders-postgres-gateway"));
  await next(user);
  await heading("Checks");
}

const answered = (...checks: Check[]) => ({ checks: async () => ({ checks, existing: null }) });

describe("the way through", () => {
  it("goes from a source to a run with the defaults, and hands Rust exactly what was chosen", async () => {
    const { user, client } = open();
    await toChecks(user);
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    await user.click(await screen.findByRole("button", { name: CREATE }));

    const expected: Choices = {
      sourceArn: SOURCE,
      service: { by: "key", organizationId: ordersAnalytics.organizationId, serviceId: ordersAnalytics.id },
      subnetIds: network.defaultSubnetIds,
      securityGroupIds: network.defaultSecurityGroupIds,
      gatewayName: network.names.gateway,
      configurationName: network.names.configuration,
      shareName: network.names.share,
      description: network.names.description,
    };
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${RUN}`));
    expect(client.calls.find(({ command }) => command === "startRun")?.args).toEqual([expected, []]);
  }, 30_000);

  it("gives the focus to each step's heading", async () => {
    const { user } = open();
    await headingTakesFocus("Source and path");
    await user.click(await screen.findByRole("radio", { name: "orders-postgres" }));
    await next(user);
    await headingTakesFocus("Account and region");
    expect(document.title).toBe("Set up a connection · Sandbox 111122223333 · Pipelink");
  }, 30_000);

  it("shows for each step the call, the right, the undo, the cost and the same call for a terminal", async () => {
    const { user, client } = open();
    await toChecks(user);
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    await screen.findByRole("heading", { name: /^1\. Create the resource gateway/ });
    for (const step of review) expect(screen.getAllByText(step.call).length).toBeGreaterThan(0);
    expect(screen.getAllByText("Billed by the hour")).toHaveLength(1);
    expect(screen.getByRole("list", { name: "What will be there after the run" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: /The same call with the AWS CLI: command of step 1/ }));
    await user.click(screen.getByRole("button", { name: "Copy command of step 1" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [review[0]?.cli] });
    await expectStepAccessible();
  }, 30_000);

  it("says on the page why Rust refuses to begin, and stays", async () => {
    const { user } = open({ startRun: refuses({ code: "keyRejected" }) });
    await toChecks(user);
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    await user.click(await screen.findByRole("button", { name: CREATE }));
    expect(await screen.findByText("ClickHouse does not accept the API key")).toBeInTheDocument();
    expect(screen.getByText("The run has not begun. Nothing has been created.")).toBeInTheDocument();
    expect(window.location.hash).toBe("#/setup");
  }, 30_000);
});

describe("while the run begins", () => {
  /** A start that answers when the test says so. */
  function pendingStart() {
    let begin: (run: RunId) => void = () => undefined;
    const startRun = () => new Promise<RunId>((resolve) => (begin = resolve));
    return { startRun, begin: () => act(async () => begin(RUN)) };
  }

  async function start(user: User) {
    await toChecks(user);
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    await user.click(await screen.findByRole("button", { name: CREATE }));
    expect(await screen.findByText("The run begins")).toBeInTheDocument();
  }

  it("neither Cancel, Previous nor Edit does anything, since something may be created already", async () => {
    const { startRun, begin } = pendingStart();
    const { user } = open({ startRun });
    await start(user);
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByText("Discard your choices?")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await user.click(screen.getByRole("button", { name: "Edit subnets" }));
    expect(screen.getByRole("heading", { level: 1, name: "Review" })).toBeInTheDocument();
    await begin();
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${RUN}`));
  }, 30_000);

  it("a page that was left is not taken away", async () => {
    const { startRun, begin } = pendingStart();
    const { user } = open({ startRun });
    await start(user);
    act(() => {
      window.location.hash = "#/settings";
    });
    await heading("Settings");
    await begin();
    expect(window.location.hash).toBe("#/settings");
    act(() => {
      window.location.hash = "#/setup";
    });
    await heading("Source and path");
  }, 30_000);

  it("there is one start, also where the wizard is left and opened again", async () => {
    const { startRun, begin } = pendingStart();
    const { user, client } = open({ startRun });
    await start(user);
    act(() => {
      window.location.hash = "#/settings";
    });
    await heading("Settings");
    act(() => {
      window.location.hash = "#/setup";
    });
    await heading("Review");
    expect(await screen.findByText("The run begins")).toBeInTheDocument();
    await user.click(await screen.findByRole("button", { name: CREATE }));
    expect(client.calls.filter(({ command }) => command === "startRun")).toHaveLength(1);
    await begin();
    await waitFor(() => expect(window.location.hash).toBe(`#/runs/${RUN}`));
  }, 40_000);

  it("a check that now stands against it leads back to the checks", async () => {
    const headline = "Subnet prod-data-1a has no free /28 block any more.";
    const { user } = open({ startRun: refuses({ code: "checkStandsAgainst", headline }) });
    await toChecks(user);
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    await user.click(await screen.findByRole("button", { name: CREATE }));
    await user.click(await screen.findByRole("button", { name: "Back to checks" }));
    await heading("Checks");
    await outcome("All checks passed");
    await next(user);
    await heading("Review");
    expect(screen.queryByRole("button", { name: "Back to checks" })).not.toBeInTheDocument();
  }, 30_000);
});

describe("what stops the way", () => {
  it("is never an answer that comes after the choices were discarded", async () => {
    let answer: () => void = () => undefined;
    let slow = false;
    const { user } = open({
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

  it("is a source whose ARN breaks the rule, told at the sources", async () => {
    const rule = "Use the ARN of an RDS or Aurora cluster or instance.";
    const { user } = open({ validate: async () => [{ field: "source", rule }] });
    await user.click(await screen.findByRole("radio", { name: "orders-postgres" }, { timeout: 5000 }));
    await next(user);
    expect(await screen.findByText(rule)).toBeInTheDocument();
    expect(screen.getByRole("heading", { level: 1, name: "Source and path" })).toBeInTheDocument();
  });


  it("is no source, and a source that does not fit cannot be picked", async () => {
    const { user } = open();
    const unfit = await screen.findByRole("radio", { name: "storefront-postgres" }, { timeout: 5000 });
    expect(unfit).toBeDisabled();
    expect(screen.getByText(/It has a public address/)).toBeInTheDocument();
    await next(user);
    await staysBecause("Choose a source.");
  });

  it("is a service on another cloud", async () => {
    const { user } = open();
    await pickSource(user);
    const gcp = await screen.findByRole("radio", { name: "ads-gcp" });
    expect(gcp).toBeDisabled();
    expect(screen.getByText("On Google Cloud: PrivateLink does not apply")).toBeInTheDocument();
    expect(screen.getByText("Idle, has to be woken")).toBeInTheDocument();
  });

  it("is a failing check, without a tick to pass it", async () => {
    const { user } = open(answered(failedCheck, passedCheck));
    await toChecks(user);
    expect(await screen.findByText("Going on is not possible while a check fails")).toBeInTheDocument();
    expect(screen.getByText("orders-postgres-1: publicly accessible")).toBeInTheDocument();
    expect(screen.queryByRole("checkbox", { name: /Go on all the same/ })).not.toBeInTheDocument();
    await next(user);
    await staysBecause(/A check fails\./);
    expect(screen.getByRole("heading", { level: 1, name: "Checks" })).toBeInTheDocument();
  }, 30_000);

  it("is put right by checking again", async () => {
    let failing = true;
    const { user } = open({
      checks: async () => ({ checks: [failing ? failedCheck : { ...failedCheck, verdict: "passed" }], existing: null }),
    });
    await toChecks(user);
    await outcome("1 failure");
    failing = false;
    await user.click(screen.getByRole("button", { name: `Check again: ${failedCheck.headline}` }));
    await outcome("All checks passed");
  }, 30_000);

  it("is a warning or an unanswered check without its tick; the ticks go with the run", async () => {
    const open_ = { ...passedCheck, id: "zoneSpread" as const, verdict: "notKnown" as const, headline: "The zone is not known" };
    const { user, client } = open(answered(warningCheck, open_));
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
    expect(screen.getByText(warningCheck.headline)).toBeInTheDocument();
    expect(screen.getByText("The zone is not known")).toBeInTheDocument();
    await user.click(create);
    await waitFor(() => expect(client.calls.some(({ command }) => command === "startRun")).toBe(true));
    expect(client.calls.find(({ command }) => command === "startRun")?.args[1]).toEqual(["subnetSize", "zoneSpread"]);
  }, 30_000);

  it("is a name that breaks a rule, told at the field in Rust's words", async () => {
    const rule = "Use 3 to 40 lower-case letters, digits and hyphens.";
    const { user } = open({
      validate: async (choices) =>
        choices.gatewayName === "Orders" ? [{ field: "gatewayName", rule }] : [],
    });
    await pickSource(user);
    await pickService(user);
    await screen.findByRole("table", { name: "Subnets" });
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
  }, 30_000);
});

describe("what the wizard keeps", () => {
  it("keeps picks and names when going back", async () => {
    const { user } = open();
    await pickSource(user);
    await pickService(user);
    await screen.findByRole("table", { name: "Subnets" });
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
    const { user, unmount } = open();
    await pickSource(user);
    unmount();
    const second = open();
    await heading("Account and region");
    await second.user.click(screen.getByRole("button", { name: "Cancel" }));
    await second.user.click(await screen.findByRole("button", { name: "Discard" }));
    await waitFor(() => expect(window.location.hash).toBe("#/endpoints"));
    second.unmount();
    open();
    await heading("Source and path");
    expect(await screen.findByRole("radio", { name: "orders-postgres" })).not.toBeChecked();
  }, 30_000);

  it("drops ticks with the choices they were made for", async () => {
    const { user } = open(answered(warningCheck));
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
    const { user, unmount } = open();
    await pickSource(user);
    unmount();
    openWindow({ page: "setup" }, fakeClient({}, { current: profileAccount }));
    await heading("Source and path");
  }, 30_000);
});

describe("other ways", () => {
  it("without a key leads by hand: region and day instead of a service", async () => {
    const { user, client } = open({
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
      await screen.findByRole("button", { name: "Create 3 resources in 111122223333 (sandbox), us-east-1" }),
    ).toBeInTheDocument();
  }, 40_000);

  it("takes the key once there is one, unless by hand was the admin's own choice", async () => {
    const keyless = { ...sources, services: { state: "unknown" as const, problem: { code: "keyMissing" as const } } };
    const without = open({ sources: async () => keyless });
    await pickSource(without.user);
    await screen.findByText("No ClickHouse API key is set for this account");
    without.unmount();
    const { user } = open();
    await heading("Account and region");
    await waitFor(() => expect(screen.getByRole("radio", { name: /Pipelink creates it/ })).toBeChecked());
    await user.click(screen.getByRole("radio", { name: /I will create the endpoint/ }));
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await heading("Source and path");
    await next(user);
    await heading("Account and region");
    expect(screen.getByRole("radio", { name: /I will create the endpoint/ })).toBeChecked();
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
    const { user } = open({
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

  it("offers a Ready endpoint that reaches the source already, before anything else", async () => {
    const there = endpoint("orders-postgres");
    const { user } = open({ checks: async () => ({ checks: [passedCheck], existing: there }) });
    await toChecks(user);
    expect(await screen.findByText("An endpoint reaches this source already")).toBeInTheDocument();
    expect(screen.getByText(there.dnsNames[0] ?? "")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Use this one" }));
    await waitFor(() => expect(window.location.hash).toBe(`#/endpoints/${there.id}`));
  }, 30_000);

  it("offers it as soon as source and service are chosen, and another one can be set up all the same", async () => {
    const there = endpoint("orders-postgres");
    const { user, client } = open({
      existingEndpoint: async (_source, _organization, service) => (service === ordersAnalytics.id ? there : null),
      checks: async () => ({ checks: [passedCheck], existing: there }),
    });
    await pickSource(user);
    await user.click(await screen.findByRole("radio", { name: "web-events" }));
    expect(screen.queryByText(/An endpoint reaches this source already/)).not.toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: "orders-analytics" }));
    expect(await screen.findByRole("button", { name: "Use this one" })).toBeInTheDocument();
    expect(client.calls).toContainEqual({
      command: "existingEndpoint",
      args: [SOURCE, ordersAnalytics.organizationId, ordersAnalytics.id],
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
    const { user } = open({
      existingEndpoint: refuses({ code: "serviceIdle", serviceId: ordersAnalytics.id, message: "424" }),
    });
    await pickSource(user);
    await user.click(await screen.findByRole("radio", { name: "orders-analytics" }));
    expect(await screen.findByText(/Not known whether an endpoint of this service reaches the source already/)).toBeInTheDocument();
    expect(await screen.findByText(/The service is idle/)).toBeInTheDocument();
  }, 30_000);

  it("marks a service whose ClickPipes run in another region, which can be picked all the same", async () => {
    const { user } = open();
    await pickSource(user);
    expect(await screen.findByText("eu-central-1: not the database's region")).toBeInTheDocument();
    expect(screen.getAllByText(/: not the database's region/)).toHaveLength(1);
    expect(screen.getByRole("radio", { name: "web-events" })).toBeEnabled();
  });

  it("never shows for one source why another one's network could not be read", async () => {
    const [, other] = sources.sources;
    if (!other) throw new Error("the fixture has two sources");
    let answer: () => void = () => undefined;
    const { user } = open({
      network: (arn) =>
        arn === SOURCE
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

  it("wakes an idle service only when asked to", async () => {
    const idle: Check = {
      ...warningCheck,
      id: "serviceAwake",
      headline: "The service is idle",
      remedy: { text: "Wake it. It is billed while it runs.", command: null, button: "wakeService" },
    };
    const { user, client } = open(answered(idle));
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

  it("says why sources could not be read", async () => {
    open({ sources: refuses({ code: "accessDenied", action: "rds:DescribeDBClusters", message: "no" }) });
    expect(await screen.findByText("No right to rds:DescribeDBClusters", {}, { timeout: 5000 })).toBeInTheDocument();
    expect(screen.getByText("Nothing could be listed. The reason is above.")).toBeInTheDocument();
  });
});

describe("each step", () => {
  it("has no accessibility violation", async () => {
    const { user } = open(answered(warningCheck, passedCheck));
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
