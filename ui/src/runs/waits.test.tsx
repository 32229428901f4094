// Each step that waits, from the admin's chair: whose turn it is, what to do, and with which values.
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { RunPage } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { OURS, pendingOurs, SERVICE_ID, SERVICE_NAME, CLUSTER } from "../test/connectionFixtures";
import { fakeClient } from "../test/fakeClient";
import { profileAccount } from "../test/fixtures";
import {
  acceptanceWaiting,
  dnsFailed,
  dnsWaiting,
  mskByHand,
  mskSlow,
  serviceByHand,
  serviceDone,
  targetUnhealthy,
  TXT,
} from "../test/pathFixtures";
import { expectAccessible, openWindow } from "../test/render";
import { RUN } from "../test/setupFixtures";

async function open(page: RunPage, answers: Partial<Client> = {}) {
  const opened = openWindow({ page: "run", run: RUN }, fakeClient({ runPage: async () => page, ...answers }));
  await screen.findByRole("heading", { level: 1, name: /^Connection to/ }, { timeout: 5000 });
  return opened;
}

const asked = (client: ReturnType<typeof fakeClient>, command: string) => client.calls.filter((call) => call.command === command);

describe("the TXT record", () => {
  it("is shown with its value and every name it may have, the recommended one first", async () => {
    const { client, user } = await open(dnsWaiting());
    expect(screen.getByText("Your turn: publish a TXT record")).toBeVisible();
    expect(screen.getByText("Running, your turn")).toBeVisible();
    expect(screen.getByText("Not seen: no TXT record yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy name of the TXT record" }));
    await user.click(screen.getByRole("button", { name: "Copy value of the TXT record" }));
    expect(asked(client, "copyText").map(({ args }) => args[0])).toEqual([`${TXT.label}.kafka.example.com`, TXT.value]);
    await user.click(screen.getByRole("button", { name: "Other names at which AWS looks for it" }));
    const others = within(screen.getByRole("list", { name: "Other names for the TXT record" })).getAllByRole("listitem");
    expect(others.map((item) => item.textContent)).toEqual([`${TXT.label}.example.com`, "kafka.example.com", "example.com"]);
    expect(screen.queryByRole("heading", { name: "Connect" })).not.toBeInTheDocument();
    await expectAccessible(document.body);
  });

  it("is published by the panel in the sandbox, and by nobody's panel elsewhere", async () => {
    await open(dnsWaiting());
    const words = screen.getByText(/another operator keeps the public DNS/);
    expect(within(words).getByRole("link", { name: "Sandbox" })).toHaveAttribute("href", "#/sandbox");
    cleanup();
    const page = dnsWaiting();
    await open({ ...page, run: { ...page.run, account: profileAccount.account } });
    expect(screen.queryByText(/another operator keeps the public DNS/)).not.toBeInTheDocument();
  });

  it("says what was found instead", async () => {
    await open(dnsWaiting({ state: "waiting", seen: "TXT records, but none with this value", turn: "you" }));
    expect(screen.getByText("Not seen: TXT records, but none with this value")).toBeVisible();
  });

  it("is still shown while the run stands still", async () => {
    const waiting = dnsWaiting();
    await open({ ...waiting, run: { ...waiting.run, state: { state: "stopped", problem: { code: "cancelled" } } } });
    expect(screen.getByRole("heading", { name: "TXT record to publish" })).toBeVisible();
  });

  it("is shown again when AWS did not find it", async () => {
    await open(dnsFailed);
    expect(screen.getByRole("heading", { name: "TXT record to publish" })).toBeVisible();
    expect(screen.getByText("Yes")).toBeVisible();
  });

  it("can be left: the wait stops in the middle", async () => {
    const { client, user } = await open(dnsWaiting());
    await user.click(screen.getByRole("button", { name: "Stop waiting" }));
    await waitFor(() => expect(asked(client, "cancelRun")).toHaveLength(1));
    expect(screen.queryByRole("button", { name: "Cancel after this step" })).not.toBeInTheDocument();
  });

  it("says so while it is stopping", async () => {
    const page = dnsWaiting({ state: "waiting", seen: "x", turn: "notKnown" });
    await open({ ...page, run: { ...page.run, cancelling: true } });
    expect(screen.getByText("Stopping")).toBeVisible();
    expect(screen.getByText(/The run stops in a moment/)).toBeVisible();
  });
});

describe("a connection that waits to be accepted", () => {
  it("is accepted on the page of the run", async () => {
    const { client, user } = await open(acceptanceWaiting);
    expect(screen.getByText("Your turn: accept the connection")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy VPC endpoint ID that ClickHouse reports" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [OURS] });
    await user.click(await screen.findByRole("button", { name: `Accept ${OURS}` }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /^Accept in/ }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "acceptConnection", args: [SERVICE_ID, OURS] }));
    expect(screen.getAllByRole("table", { name: "Connections to the endpoint service" })).toHaveLength(1);
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await expectAccessible(document.body);
  });

  it("is read again when the run sees something new, and not at every other change", async () => {
    let page = acceptanceWaiting;
    const { client } = await open(page, { runPage: async () => page });
    await screen.findByRole("button", { name: `Accept ${OURS}` });
    const [runs, connections] = [asked(client, "runPage").length, asked(client, "endpointConnections").length];
    act(() => client.change("runs"));
    await waitFor(() => expect(asked(client, "runPage").length).toBeGreaterThan(runs));
    expect(asked(client, "endpointConnections")).toHaveLength(connections);
    page = {
      ...page,
      run: {
        ...page.run,
        steps: page.run.steps.map((step) =>
          step.id === "acceptance" ? { ...step, state: { state: "waiting", seen: "pending", turn: "aws" } } : step,
        ),
      },
    };
    act(() => client.change("runs"));
    await waitFor(() => expect(asked(client, "endpointConnections")).toHaveLength(connections + 1));
  });

  it("is not looked up from another account", async () => {
    const { client } = await open({ ...acceptanceWaiting, run: { ...acceptanceWaiting.run, identity: profileAccount.identity } });
    expect(screen.getByText("Your turn: accept the connection")).toBeVisible();
    expect(asked(client, "endpointConnections")).toHaveLength(0);
  });

  it("is of the one service that is picked, where a run made several", async () => {
    const second = "vpce-svc-0ffffffffffffffff";
    const page: RunPage = {
      ...serviceDone,
      run: {
        ...serviceDone.run,
        plan: {
          ...serviceDone.run.plan,
          uses: [{ what: "endpointService", id: second, serviceName: `com.amazonaws.vpce.us-east-1.${second}`, name: "older" }],
        },
      },
    };
    const { client, user } = await open(page);
    await screen.findByRole("table", { name: "Connections to the endpoint service" });
    const read = () => [...new Set(asked(client, "endpointConnections").map(({ args }) => args[0]))];
    expect(read()).toEqual([second]);
    await user.click(screen.getByRole("button", { name: /^Endpoint service/ }));
    await user.click(await screen.findByRole("option", { name: /orders-postgres/ }));
    await waitFor(() => expect(read()).toEqual([second, SERVICE_ID]));
  });
});

describe("an endpoint that the admin makes", () => {
  it("on an endpoint service: the name to paste, and no acceptance without proof", async () => {
    const { client, user } = await open(serviceByHand, {
      endpointConnections: async () => [{ ...pendingOurs, mayAccept: false, identity: { identity: "clickPipesButUnknown" } }],
    });
    expect(screen.getByText("Your turn: create the endpoint in ClickHouse, then accept its connection in AWS")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy endpoint service name" }));
    await user.click(screen.getByRole("button", { name: "Copy command that accepts the connection" }));
    const [name, command] = asked(client, "copyText").map(({ args }) => String(args[0]));
    expect(name).toBe(SERVICE_NAME);
    expect(command).toContain(`--service-id ${SERVICE_ID} --vpc-endpoint-ids ID_THAT_CLICKHOUSE_SHOWS `);
    await screen.findByRole("button", { name: `Reject ${OURS}` });
    expect(screen.queryByRole("button", { name: /^Accept/ })).not.toBeInTheDocument();
    expect(screen.getByText("Accept the connection within a day")).toBeVisible();
    await expectAccessible(document.body);
  });

  it("on an MSK cluster: its ARN and the authentication to paste, and the connections as they come", async () => {
    const { client, user } = await open(mskByHand);
    expect(screen.getByText("Your turn: create the endpoint in ClickHouse")).toBeVisible();
    expect(screen.getByText("MSK multi-VPC")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy MSK cluster ARN" }));
    await user.click(screen.getByRole("button", { name: "Copy authentication" }));
    expect(asked(client, "copyText").map(({ args }) => args[0])).toEqual([CLUSTER, "SASL_IAM"]);
    expect(screen.queryByText("The share waits only a limited time")).not.toBeInTheDocument();
    expect(await screen.findByRole("table", { name: "Connections to the cluster" })).toBeVisible();
    await expectAccessible(document.body);
  });
});

describe("what takes AWS long", () => {
  it("says how long so far and usually, that the window may be closed, and can be stopped", async () => {
    const { client, user } = await open(mskSlow);
    expect(screen.getByText("AWS is changing the cluster: this takes long")).toBeVisible();
    expect(screen.getByText(/Under way for 50 min \d\d s\. It usually takes 15 min to 4 h/)).toBeVisible();
    expect(screen.getByText(/You may close the window and continue the run later: AWS goes on by itself/)).toBeVisible();
    // Said once.
    expect(screen.getAllByText(/You may close the window/)).toHaveLength(1);
    const steps = within(screen.getByRole("list", { name: "Steps of the run" })).getAllByRole("listitem");
    expect(steps[0]).toHaveTextContent(/Waiting for AWS \(UPDATING\)50 min \d\d s, usually 15 min to 4 h/);
    await expectAccessible(document.body);
    await user.click(screen.getByRole("button", { name: "Stop waiting" }));
    await waitFor(() => expect(asked(client, "cancelRun")).toHaveLength(1));
  });
});

describe("a target that does not answer", () => {
  it("is the admin's turn, with AWS's reason", async () => {
    await open(targetUnhealthy);
    expect(screen.getByText("Your turn: a target does not answer")).toBeVisible();
    expect(screen.getByText(/The load balancer does not reach it \(unhealthy: Health checks failed\)/)).toBeVisible();
    // It is no long wait: a step like any other.
    expect(screen.getByRole("button", { name: "Cancel after this step" })).toBeVisible();
  });
});
