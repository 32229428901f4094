// The board in each of its states, and one endpoint in full.
import { act, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Board } from "../ipc/bindings";
import { fakeClient, refuses, silent } from "../test/fakeClient";
import {
  board,
  coldArchive,
  failedRow,
  hours,
  NOW,
  pendingRow,
  pipe,
  readyRow,
  row,
  webEvents,
} from "../test/fixtures";
import { yourTurn } from "../shared/needsYou";
import { expectAccessible, headingTakesFocus, openWindow } from "../test/render";
import { place } from "./DeletionTimeline";
import { acceptCommand } from "./awsSide";

const still = { clockSpeed: 0 };
const withBoard = (over: Partial<Board>) => fakeClient({ board: async () => board({ ...still, ...over }) });

async function tableRows() {
  const table = await screen.findByRole("table", { name: "Endpoints" });
  return within(table).getAllByRole("row").slice(1);
}

describe("the board", () => {
  it("shows what needs you first, the most urgent on top", async () => {
    const { user, container } = openWindow({ page: "endpoints" }, withBoard({}));
    const strip = await screen.findByRole("region", { name: "Needs action" });
    expect(strip).toHaveTextContent(/orders-postgres: accept the connection.*clickstream-kafka: could not be made/);
    expect(strip).toHaveTextContent("ClickHouse deletes it in 5 to 9 hours (between Mon 14:06 and 18:18 UTC).");
    expect(strip).toHaveTextContent("ClickHouse deletes it within 6 days, perhaps sooner (by Sun 03:00 UTC).");
    await expectAccessible(container);
    await user.click(screen.getByRole("button", { name: "Show what to do about orders-postgres" }));
    await headingTakesFocus("orders-postgres");
  });

  it("shows each endpoint with its status, whose turn it is, names, pipes and service", async () => {
    const { client, user } = openWindow({ page: "endpoints" }, withBoard({}));
    const rows = await tableRows();
    expect(rows).toHaveLength(5);
    // What is deleted soonest comes first.
    const [expired, pending, failed, ready, provisioning] = rows;
    expect(pending).toHaveTextContent("Pending acceptanceYour turn");
    expect(pending).toHaveTextContent("VPC endpoint service");
    expect(failed).toHaveTextContent("FailedYour turn");
    expect(failed).toHaveTextContent("Not known");
    expect(failed).toHaveTextContent("Within 6 days, perhaps sooner");
    expect(ready).toHaveTextContent("Ready");
    expect(ready).not.toHaveTextContent("turn");
    expect(ready).toHaveTextContent("Port 5432");
    expect(ready).toHaveTextContent("2 pipes");
    expect(provisioning).toHaveTextContent("ProvisioningClickHouse's turn");
    expect(expired).toHaveTextContent("At any moment");
    await user.click(within(ready!).getByRole("button", { name: "Copy DNS name" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [readyRow.endpoint.dnsNames[0]] });
  });

  it("draws green only for what works", async () => {
    openWindow({ page: "endpoints" }, withBoard({}));
    const rows = await tableRows();
    const green = rows.filter((found) => found.querySelector('[class*="status-success"]'));
    expect(green).toHaveLength(1);
    expect(green[0]).toHaveTextContent("inventory-postgres");
  });

  it("says what the deletion time rests on", async () => {
    const { user } = openWindow({ page: "endpoints" }, withBoard({}));
    const [, pending] = await tableRows();
    await user.click(within(pending!).getByRole("button", { name: /In 5 to 9 hours/ }));
    expect(await screen.findByText(/assumes that the grace period of 24 hours starts/)).toBeVisible();
  });

  it("draws the deletions of the next seven days, and reads them out as a list", async () => {
    openWindow({ page: "endpoints" }, withBoard({}));
    const list = await screen.findByRole("list", { name: "Endpoints that will be deleted" });
    const items = within(list).getAllByRole("listitem");
    expect(items.map((item) => within(item).getByRole("link").textContent)).toEqual([
      "legacy-crm",
      "orders-postgres",
      "clickstream-kafka",
    ]);
    expect(items[2]).toHaveTextContent("Within 6 days, perhaps sooner (by Sun 03:00 UTC)");
  });

  it("has one quiet line where nothing is wrong", async () => {
    openWindow({ page: "endpoints" }, withBoard({ rows: [readyRow, row("billing-mysql")] }));
    expect(await screen.findByText("All 2 endpoints work.")).toBeVisible();
    expect(screen.queryByText("Will be deleted")).not.toBeInTheDocument();
  });

  it("does not claim that all work while a service could not be read", async () => {
    openWindow(
      { page: "endpoints" },
      withBoard({ rows: [readyRow], unread: [{ service: webEvents, problem: { code: "keyRejected" } }] }),
    );
    expect(await screen.findByText("Services that could not be read")).toBeVisible();
    expect(screen.queryByText(/works?\.$/)).not.toBeInTheDocument();
  });

  it("keeps the rows of an unread service with their age, and wakes it only when asked to", async () => {
    const client = withBoard({
      rows: [row("archived", { service: coldArchive, seenAt: hours(-3) }), readyRow],
      unread: [{ service: coldArchive, problem: { code: "serviceIdle", serviceId: coldArchive.id, message: "424" } }],
    });
    const { user } = openWindow({ page: "endpoints" }, client);
    const [archived, ready] = await tableRows();
    expect(archived).toHaveTextContent("Service not read, last seen 3 hours ago");
    expect(ready).not.toHaveTextContent("not read");
    expect(await screen.findByText(/Its endpoint is shown as last seen/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: /Wake the service/ }));
    expect(client.calls).toContainEqual({ command: "wakeService", args: [coldArchive.organizationId, coldArchive.id] });
  });

  it("is empty with a first thing to do", async () => {
    const { user, container } = openWindow({ page: "endpoints" }, withBoard({ rows: [] }));
    expect(await screen.findByText("No endpoints yet")).toBeVisible();
    await expectAccessible(container);
    await user.click(screen.getByRole("button", { name: "Set up the first connection" }));
    expect(window.location.hash).toBe("#/setup");
  });

  it("is not called empty before it was read", async () => {
    openWindow({ page: "endpoints" }, withBoard({ rows: [], sweptAt: null }));
    expect(await screen.findByText(/for the first time/)).toBeVisible();
    expect(screen.queryByText("No endpoints yet")).not.toBeInTheDocument();
  });

  it("says that it is loading", async () => {
    openWindow({ page: "endpoints" }, fakeClient({ board: silent() }));
    expect(await screen.findByText("Reading the endpoints")).toBeVisible();
  });

  it("explains what a key is for where none is set, and leads to it", async () => {
    const client = withBoard({ rows: [], problem: { code: "keyMissing" }, sweptAt: null });
    const { user } = openWindow({ page: "endpoints" }, client);
    expect(await screen.findByText("No ClickHouse API key is set for this account")).toBeVisible();
    expect(screen.queryByText("No endpoints yet")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Enter a key" }));
    await headingTakesFocus("Settings");
  });

  it("shows the values of a share that waits to be accepted", async () => {
    const share = {
      run: "0199c1aa-5d10-7c3e-9a44-2b7f1e6d8c05",
      source: "orders-postgres",
      shareArn: "arn:aws:ram:us-east-1:111122223333:resource-share/9e2f6a10",
      configurationId: "rcfg-0a9b8c7d6e5f41302",
      principalStatus: "ASSOCIATING",
      madeAt: hours(-2),
    };
    const { client, user } = openWindow(
      { page: "endpoints" },
      withBoard({ rows: [], problem: { code: "keyMissing" }, shares: [share] }),
    );
    expect(await screen.findByText("Not accepted yet, your turn")).toBeVisible();
    expect(screen.getByText(/only for a limited time/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy resource share ARN" }));
    await user.click(screen.getByRole("button", { name: "Copy resource configuration ID" }));
    expect(client.calls.filter(({ command }) => command === "copyText").map(({ args }) => args[0])).toEqual([
      share.shareArn,
      share.configurationId,
    ]);
    await user.click(screen.getByRole("button", { name: "Open the run of orders-postgres" }));
    expect(window.location.hash).toBe(`#/runs/${share.run}`);
  });

  const share = {
    run: "0199c1aa-5d10-7c3e-9a44-2b7f1e6d8c05",
    source: "orders-postgres",
    shareArn: "arn:aws:ram:us-east-1:111122223333:resource-share/9e2f6a10",
    configurationId: "rcfg-0a9b8c7d6e5f41302",
    madeAt: hours(-2),
  };

  it.each([
    ["ASSOCIATING", "Not accepted yet, your turn"],
    ["ASSOCIATED", "Accepted by ClickHouse"],
    ["FAILED", /^Failed: the share cannot be accepted/],
    ["DISASSOCIATED", /is not on the share any more/],
    ["DISASSOCIATING", /is being taken off the share/],
    ["SUSPENDED", "Suspended by AWS"],
    ["A_NEW_WORD", "A_NEW_WORD"],
    ["constructor", "constructor"],
    [null, "Not read from AWS"],
  ])("says of a share's association %s what it means", async (principalStatus, words) => {
    openWindow({ page: "endpoints" }, withBoard({ rows: [], shares: [{ ...share, principalStatus }] }));
    expect(await screen.findByText(words)).toBeVisible();
  });

  it("claims neither that all works nor that nothing waits beside a share that waits", async () => {
    const client = (principalStatus: string) =>
      withBoard({ rows: [readyRow], shares: [{ ...share, principalStatus }] });
    const waiting = openWindow({ page: "endpoints" }, client("ASSOCIATING"));
    expect(await screen.findByText("1 to act on")).toBeVisible();
    expect(screen.queryByText("The one endpoint works.")).not.toBeInTheDocument();
    waiting.unmount();
    openWindow({ page: "endpoints" }, client("ASSOCIATED"));
    expect(await screen.findByText("The one endpoint works.")).toBeVisible();
    expect(screen.queryByText(/to act on/)).not.toBeInTheDocument();
  });

  it("keeps what was seen last where it cannot be read again", async () => {
    const client = fakeClient({
      board: async () => board(still),
      refreshBoard: refuses({ code: "unreachable", party: "clickHouse", operation: "List", message: "timed out" }),
    });
    const { user } = openWindow({ page: "endpoints" }, client);
    await tableRows();
    await user.click(screen.getByRole("button", { name: "Read the endpoints again" }));
    expect(await screen.findByText("What is shown below is what was seen last.")).toBeVisible();
    expect(await tableRows()).toHaveLength(5);
  });

  it("changes by itself when Rust says so", async () => {
    let rows = [pendingRow];
    const client = fakeClient({ board: async () => board({ ...still, rows }) });
    openWindow({ page: "endpoints" }, client);
    expect(await tableRows()).toHaveLength(1);
    rows = [readyRow];
    act(() => client.change("board"));
    expect(await screen.findByText("The one endpoint works.")).toBeVisible();
  });

  it("draws 25 of 5,000 rows, and filters among all of them", async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => row(`endpoint-${index}`));
    const { user } = openWindow({ page: "endpoints" }, withBoard({ rows }));
    expect(await tableRows()).toHaveLength(25);
    expect(screen.getByText("(5000)")).toBeVisible();
    await user.type(screen.getByRole("combobox", { name: "Filter endpoints" }), "endpoint-4999");
    await user.click(await screen.findByText(/Use: "endpoint-4999"/));
    expect(await screen.findByText("(1 of 5000)")).toBeVisible();
    expect(await tableRows()).toHaveLength(1);
  }, 30_000);

  it("shows hostile names as the text that they are", async () => {
    const hostile = `<img src=x onerror=alert(1)>${"x".repeat(180)}`;
    openWindow({ page: "endpoints" }, withBoard({ rows: [row(hostile, { dnsNames: ["</td><script>"] })] }));
    const [shown] = await tableRows();
    expect(shown).toHaveTextContent(hostile);
    expect(shown).toHaveTextContent("</td><script>");
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });

  it("hides the mark that a run leaves in a description", async () => {
    const marked = row("orders [pipelink:0199c1aa-5d10-7c3e-9a44-2b7f1e6d8c05]");
    openWindow({ page: "endpoints" }, withBoard({ rows: [marked] }));
    expect(await screen.findByRole("link", { name: "orders" })).toBeVisible();
  });
});

describe("the order of what needs you", () => {
  it("is the earliest bound known; what is never deleted comes last", () => {
    const rejected = row("rejected", { status: { status: "rejected" } });
    expect(yourTurn([rejected, failedRow, readyRow, pendingRow])).toEqual([pendingRow, failedRow, rejected]);
  });
});

describe("a bar of the timeline", () => {
  const now = Date.parse(NOW);

  it("runs from the earliest to the latest moment", () => {
    const bar = place({ earliest: hours(42), latest: hours(84), graceHours: 168 }, now);
    expect([bar.start, bar.width]).toEqual([25, 25]);
  });

  it("is striped from now on where the earliest is not known", () => {
    const bar = place({ earliest: null, latest: hours(84), graceHours: 168 }, now);
    expect([bar.start, bar.width]).toEqual([0, 50]);
    expect(bar.className).toContain("bar-open");
  });

  it("stays inside the seven days", () => {
    const bar = place({ earliest: hours(-5), latest: hours(900), graceHours: 24 }, now);
    expect([bar.start, bar.width]).toEqual([0, 100]);
    expect(place({ earliest: hours(167.9), latest: hours(168), graceHours: 168 }, now).start).toBe(99);
  });
});

describe("one endpoint", () => {
  it("shows names with the port, inputs, pipes, history and its run", async () => {
    const { client, user, container } = openWindow(
      { page: "endpoint", endpoint: readyRow.endpoint.id },
      withBoard({ rows: [readyRow] }),
    );
    await headingTakesFocus("inventory-postgres");
    const [name] = readyRow.endpoint.dnsNames;
    await user.click(screen.getByRole("button", { name: "Copy DNS name with port" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [`${name}:5432`] });
    expect(screen.getByText(readyRow.endpoint.resourceShareArn!)).toBeVisible();
    expect(screen.getByText("inventory CDC (Running)")).toBeVisible();
    expect(screen.getByText("Fri, 20 Nov 2026, 09:00 UTC (3 days ago)")).toBeVisible();
    await expectAccessible(container);
    await user.click(screen.getByRole("button", { name: "Open the run that made it" }));
    expect(window.location.hash).toBe(`#/runs/${readyRow.run}`);
  });

  it("explains the deletion and what to do", async () => {
    openWindow({ page: "endpoint", endpoint: pendingRow.endpoint.id }, withBoard({ rows: [pendingRow] }));
    expect(
      await screen.findByText("ClickHouse deletes it in 5 to 9 hours (between Mon 14:06 and 18:18 UTC)"),
    ).toBeVisible();
    expect(screen.getByText(/accept it at your VPC endpoint service in AWS/)).toBeVisible();
    expect(screen.getByText(/Pipelink assumes/)).toBeVisible();
  });

  it("gives the command that accepts the connection", async () => {
    const { client, user } = openWindow(
      { page: "endpoint", endpoint: pendingRow.endpoint.id },
      withBoard({ rows: [pendingRow] }),
    );
    await user.click(await screen.findByRole("button", { name: "Copy command that accepts the connection" }));
    const service = pendingRow.endpoint.endpointServiceName?.split(".").at(-1);
    expect(client.calls).toContainEqual({
      command: "copyText",
      args: [
        `aws ec2 accept-vpc-endpoint-connections --service-id ${service} --vpc-endpoint-ids ${pendingRow.endpoint.endpointId} --region us-east-1`,
      ],
    });
  });

  it("gives no command from names that are not in AWS's form", () => {
    const pending = pendingRow.endpoint;
    expect(acceptCommand(pending)).not.toBeNull();
    expect(acceptCommand({ ...pending, endpointId: null })).toBeNull();
    expect(acceptCommand({ ...pending, endpointId: "vpce-1; rm -rf ~" })).toBeNull();
    expect(acceptCommand({ ...pending, endpointServiceName: "com.amazonaws.vpce.us-east-1.$(id)" })).toBeNull();
  });

  it.each(["failed", "rejected", "expired"] as const)("leads from %s to a new set-up", async (status) => {
    const broken = row("broken", { status: { status } });
    const { user } = openWindow({ page: "endpoint", endpoint: broken.endpoint.id }, withBoard({ rows: [broken] }));
    await user.click(await screen.findByRole("button", { name: "Set up again" }));
    expect(window.location.hash).toBe("#/setup");
  });

  it("offers no new set-up where the endpoint works", async () => {
    openWindow({ page: "endpoint", endpoint: readyRow.endpoint.id }, withBoard({ rows: [readyRow] }));
    await headingTakesFocus("inventory-postgres");
    expect(screen.queryByRole("button", { name: "Set up again" })).not.toBeInTheDocument();
  });

  it("says so where pipes are not known, and where none uses it", async () => {
    const unknown = row("unknown", { pipes: null });
    openWindow({ page: "endpoint", endpoint: unknown.endpoint.id }, withBoard({ rows: [unknown] }));
    expect(await screen.findByText(/ClickPipes could not be read/)).toBeVisible();
  });

  it("says that it is gone", async () => {
    const { user } = openWindow({ page: "endpoint", endpoint: "gone" }, withBoard({ rows: [row("x", { pipes: [pipe("p")] })] }));
    expect(await screen.findByText("This endpoint is not on the board any more")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "All endpoints" }));
    await headingTakesFocus("Endpoints");
  });
});
