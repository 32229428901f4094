// The connections on an endpoint's page: where its service or cluster is in the account in use, and where it is not.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { BoardRow, ReversePrivateEndpoint } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { CLUSTER, OURS, SERVICE_ID, SERVICE_NAME } from "../test/connectionFixtures";
import { fakeClient, refuses } from "../test/fakeClient";
import { board, pendingRow, readyRow, row } from "../test/fixtures";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";

function of(base: BoardRow, over: Partial<ReversePrivateEndpoint>): BoardRow {
  return { ...base, endpoint: { ...base.endpoint, ...over } };
}

const onService = of(pendingRow, { endpointServiceName: SERVICE_NAME, endpointId: OURS });
const onCluster = of(row("clickstream", { kind: { kind: "mskMultiVpc" } }), { mskClusterArn: CLUSTER, mskAuthentication: "SASL_SCRAM" });

async function open(shown: BoardRow, answers: Partial<Client> = {}) {
  const client = fakeClient({ board: async () => board({ rows: [shown], clockSpeed: 0 }), ...answers });
  const opened = openWindow({ page: "endpoint", endpoint: shown.endpoint.id }, client);
  await screen.findByRole("heading", { level: 2, name: "Status" }, { timeout: 5000 });
  return opened;
}

const reads = (client: ReturnType<typeof fakeClient>) =>
  client.calls.filter(({ command }) => command === "endpointConnections" || command === "mskConnections");

describe("an endpoint on a VPC endpoint service", () => {
  it("has its connection accepted on its page, to which the card leads", async () => {
    const client = fakeClient({ board: async () => board({ rows: [onService], clockSpeed: 0 }) });
    const { user } = openWindow({ page: "endpoints" }, client);
    await user.click(await screen.findByRole("button", { name: "Show what to do about orders-postgres" }, { timeout: 5000 }));
    await headingTakesFocus("orders-postgres");
    await user.click(await screen.findByRole("button", { name: `Accept ${OURS}` }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Accept in 111122223333" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "acceptConnection", args: [SERVICE_ID, OURS] }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await expectAccessible(document.body);
  });

  it("says where the service is not in this account", async () => {
    await open(onService, { endpointConnections: refuses({ code: "notFound", party: "aws", operation: "Describe", message: "" }) });
    expect(await screen.findByText(new RegExp(`${SERVICE_ID} is not in this account`))).toBeVisible();
    // The command for the account that has it stays.
    expect(screen.getByRole("button", { name: "Copy command that accepts the connection" })).toBeVisible();
  });

  it("does not ask in another region, and says which it is", async () => {
    const { client } = await open(of(onService, { endpointServiceName: `com.amazonaws.vpce.eu-west-1.${SERVICE_ID}` }));
    expect(screen.getByText(/The VPC endpoint service is in region eu-west-1/)).toBeVisible();
    expect(reads(client)).toHaveLength(0);
  });

  it("does not ask for what is not in AWS's own form", async () => {
    const { client } = await open(of(onService, { endpointServiceName: `com.amazonaws.vpce.us-east-1.${SERVICE_ID}; rm -rf /` }));
    expect(screen.getByText(/does not name the VPC endpoint service in AWS's own form/)).toBeVisible();
    expect(reads(client)).toHaveLength(0);
  });

  it("shows its service and the admin's own names", async () => {
    await open(of(onService, { customPrivateDnsNames: ["b-1.example.com"] }));
    expect(screen.getByText("VPC endpoint service name")).toBeVisible();
    expect(screen.getByText("Your own names, in ClickPipes' VPC")).toBeVisible();
    expect(screen.getByText("b-1.example.com")).toBeVisible();
    expect(screen.queryByText("Authentication")).not.toBeInTheDocument();
  });
});

describe("an endpoint on an MSK cluster", () => {
  it("shows cluster, authentication and the cluster's connections", async () => {
    await open(onCluster);
    expect(screen.getByText("MSK cluster ARN")).toBeVisible();
    expect(await screen.findByRole("table", { name: "Connections to the cluster" })).toBeVisible();
    expect(screen.getByText("Authentication", { selector: "[class*=key-label] *, [class*=key-label]" })).toBeVisible();
    await expectAccessible(document.body);
  });

  it("does not ask for a cluster of another account or region", async () => {
    const { client } = await open(of(onCluster, { mskClusterArn: CLUSTER.replace("111122223333", "444455556666") }));
    expect(screen.getByText(/The MSK cluster is in account 444455556666, region us-east-1/)).toBeVisible();
    expect(reads(client)).toHaveLength(0);
  });
});

it("an endpoint on a VPC resource has no connections to look at", async () => {
  const { client } = await open(readyRow);
  expect(screen.queryByText(/^Connections/)).not.toBeInTheDocument();
  expect(reads(client)).toHaveLength(0);
});
