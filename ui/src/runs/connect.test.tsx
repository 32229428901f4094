// How a run ends: the values to connect with, or to paste, and what stays in AWS.
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { SHARE } from "../test/aftercareFixtures";
import { NOW } from "../test/fixtures";
import { openRun as open, runTitleShown as title } from "../test/render";
import { byHand, byHandSheet, done, made, reusing, step } from "../test/runFixtures";
import { run, runPage, RUN, sheet } from "../test/setupFixtures";
import { sheetText } from "./connect/sheetText";

describe("connect", () => {
  it("ends with DNS name, port, connection string, TLS host, what is next and what stays", async () => {
    const { user, client } = open({ run: done });
    await title();
    await user.click(screen.getByRole("button", { name: "Copy DNS name" }));
    await user.click(screen.getByRole("button", { name: "Copy connection string" }));
    expect(client.calls.filter(({ command }) => command === "copyText").map(({ args }) => args[0])).toEqual([
      sheet.dnsNames[0],
      sheet.connectionString,
    ]);
    expect(screen.getByText("5432")).toBeInTheDocument();
    expect(screen.getByText(sheet.tlsHost ?? "")).toBeInTheDocument();
    for (const line of sheet.next) expect(screen.getByText(line)).toBeInTheDocument();
    const stays = screen.getByRole("table", { name: "What stays in AWS" });
    const billed = within(stays).getByText("Billed by the GB").closest("tr");
    expect(billed).toHaveTextContent("Resource gateway");
    expect(within(stays).getByText("Not billed by itself").closest("tr")).toHaveTextContent("Resource configuration");
    expect(screen.queryByRole("button", { name: "Continue" })).not.toBeInTheDocument();
  });

  it("by hand shows the two values to paste while the share waits, and that it waits only a limited time", async () => {
    const { user, client } = open({
      run: byHand,
      sheet: byHandSheet,
    });
    await title();
    expect(screen.getByText("Your turn: create the endpoint in ClickHouse")).toBeInTheDocument();
    expect(screen.getByText("The share waits only a limited time")).toBeInTheDocument();
    expect(screen.getByText("Running, your turn")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Copy resource configuration ID" }));
    await user.click(screen.getByRole("button", { name: "Copy resource share ARN" }));
    expect(client.calls.filter(({ command }) => command === "copyText").map(({ args }) => args[0])).toEqual([
      "rcfg-0a9b8c7d6e5f41302",
      SHARE,
    ]);
    expect(screen.getByText("ClickHouse shows it once the endpoint is Ready")).toBeInTheDocument();
  });

  it("by hand does not say that the endpoint is reached: the run never saw it", async () => {
    const accepted = run({
      state: { state: "done" },
      endedAt: NOW,
      steps: [...made, step("acceptance", { state: "done" })],
    });
    const { topology } = runPage();
    const nodes = topology.nodes.map((node) => (node.step === "endpoint" ? { ...node, step: "acceptance" } : node));
    open({
      run: accepted,
      sheet: byHandSheet,
      topology: { ...topology, nodes },
    });
    await title();
    expect(screen.getByText(/^ClickHouse shows the DNS name at which ClickPipes reaches orders-postgres/)).toBeInTheDocument();
    expect(screen.queryByText(/at this name and port/)).not.toBeInTheDocument();
    expect(screen.getByText("Share accepted; this run does not watch the endpoint")).toBeInTheDocument();
  });

  it("names what was there before: not made by this run, and staying", async () => {
    open({ run: reusing });
    await title();
    const stays = screen.getByRole("table", { name: "What stays in AWS" });
    const before = within(stays).getByText("rgw-0aaaaaaaaaaaaaaaa").closest("tr");
    expect(before).toHaveTextContent("Was there before: not made by this run, stays");
    const used = within(screen.getByRole("list", { name: "Was there before" })).getAllByRole("listitem");
    expect(used.map((item) => item.textContent)).toEqual([expect.stringMatching(/^Resource gateway shared-gateway.*rgw-0aa/)]);
    expect(sheetText(reusing, sheet)).toContain("- Resource gateway rgw-0aaaaaaaaaaaaaaaa (was there before)");
  });

  it("copies the whole sheet as text", () => {
    expect(sheetText(done, sheet)).toBe(
      [
        `Connection to orders-postgres, run ${RUN}`,
        "AWS account 111122223333, us-east-1",
        "",
        `DNS name: ${sheet.dnsNames[0]}`,
        "Port: 5432",
        `Connection string: ${sheet.connectionString}`,
        `TLS host: ${sheet.tlsHost}`,
        "",
        "Next in ClickHouse:",
        `1. ${sheet.next[0]}`,
        `2. ${sheet.next[1]}`,
        "",
        "Stays in AWS:",
        "- Resource gateway rgw-0f1e2d3c4b5a69788 (billed by the GB)",
        "- Resource configuration rcfg-0a9b8c7d6e5f41302",
        "",
      ].join("\n"),
    );
  });
});

