// The other two paths at their end and back: how to connect, what stays, and what undoing takes back or leaves.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Removal, RunPage } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { brokerNames, brokersTopology } from "../test/brokerFixtures";
import { CLUSTER, SERVICE_ID } from "../test/connectionFixtures";
import { fakeClient } from "../test/fakeClient";
import {
  BROKERS,
  dnsWaiting,
  mskByHand,
  mskDone,
  mskUndone,
  serviceByHand,
  serviceDone,
  TXT,
} from "../test/pathFixtures";
import { expectAccessible, openWindow } from "../test/render";
import { RUN } from "../test/setupFixtures";
import { sheetText } from "./connect/sheetText";
import { counted, progressWords, remains, stepShown, takenBack, undoneAll } from "./runWords";

async function open(page: RunPage, answers: Partial<Client> = {}) {
  const opened = openWindow({ page: "run", run: RUN }, fakeClient({ runPage: async () => page, ...answers }));
  await screen.findByRole("heading", { level: 1, name: /^Connection to/ }, { timeout: 5000 });
  return opened;
}

describe("how to connect", () => {
  it("to an MSK cluster: its brokers as one string, each with its own port", async () => {
    const { client, user } = await open(mskDone);
    expect(screen.getByText("ClickPipes reaches clickstream at these brokers.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy brokers" }));
    await user.click(screen.getByRole("button", { name: "Copy bootstrap string" }));
    expect(client.calls.filter(({ command }) => command === "copyText").map(({ args }) => args[0])).toEqual([BROKERS, BROKERS]);
    // Read as they are copied, each on a line of its own; the sentence that names them too.
    const [shown] = screen.getAllByText((_, element) => element?.textContent === BROKERS);
    expect(within(shown!).getAllByText((_, element) => element?.className === "pipelink-comma-part")).toHaveLength(BROKERS.split(",").length);
    expect(screen.getByText((_, element) => element?.tagName === "LI" && element.textContent === mskDone.sheet.next[0])).toBeVisible();
    expect(screen.queryByRole("button", { name: "Copy port" })).not.toBeInTheDocument();
    const stays = screen.getByRole("table", { name: "What stays in AWS" });
    expect(within(stays).getByText("Billed by the hour and by the GB").closest("tr")).toHaveTextContent("Multi-VPC connectivity");
    expect(await screen.findByRole("table", { name: "Connections to the cluster" })).toBeVisible();
    await expectAccessible(document.body);
  });

  it("through an endpoint service: DNS name, private name, and what stays", async () => {
    const { client, user } = await open(serviceDone);
    await user.click(screen.getByRole("button", { name: "Copy private DNS name" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: ["kafka.example.com"] });
    expect(screen.getByText("Private DNS name, in ClickPipes' VPC")).toBeVisible();
    expect(screen.getByText("Billed by the hour and by capacity used").closest("tr")).toHaveTextContent("Network Load Balancer");
    expect(screen.getAllByText("Not billed by itself")[0]?.closest("tr")).toHaveTextContent(SERVICE_ID);
    expect(await screen.findByRole("table", { name: "Connections to the endpoint service" })).toBeVisible();
    await expectAccessible(document.body);
  });

  it("to brokers with a schema registry, all in the copied sheet", () => {
    const sheet = { ...mskDone.sheet, schemaRegistry: "https://registry.example.com:8081", privateNames: ["b-1.example.com", "b-2.example.com"] };
    const text = sheetText(mskDone.run, sheet);
    expect(text).toContain(`Brokers: ${BROKERS}\n`);
    expect(text).toContain("Schema registry URL: https://registry.example.com:8081\n");
    expect(text).toContain("Private DNS name, in ClickPipes' VPC: b-2.example.com\n");
    expect(text).toContain(`- Multi-VPC connectivity ${CLUSTER} (billed by the hour and by the GB)\n`);
    expect(text).not.toContain("Port:");
  });

  it("has the values of its path to paste", () => {
    expect(sheetText(mskByHand.run, mskByHand.sheet)).toContain(
      `Endpoint type: MSK multi-VPC\nMSK cluster ARN: ${CLUSTER}\nAuthentication: SASL_IAM\n`,
    );
    const none = { ...serviceByHand.sheet, paste: { path: "endpointService" as const, serviceNames: [], privateDns: [] } };
    expect(sheetText(serviceByHand.run, none)).toContain("Endpoint service name: not made yet\n");
    const two = { ...none, paste: { ...none.paste, serviceNames: ["a", "b"], privateDns: [["b-1.example.com"], []] } };
    expect(sheetText(serviceByHand.run, two)).toContain(
      "Endpoint service name 1: a\nCustom private DNS 1: b-1.example.com\nEndpoint service name 2: b\n",
    );
    const hosts = {
      ...none,
      paste: {
        path: "vpcResource" as const,
        configurationId: "rcfg-1",
        shareArn: null,
        privateDns: [
          { name: "node-1.example.com", wholeEndpoint: false, configurationId: "rcfg-2" },
          { name: "*.example.com", wholeEndpoint: true, configurationId: null },
        ],
      },
    };
    expect(sheetText(serviceByHand.run, hosts)).toContain(
      "Resource configuration ID: rcfg-1\nResource share ARN: not made yet\nCustom private DNS: node-1.example.com: rcfg-2\nCustom private DNS: *.example.com\n",
    );
  });
});

const REMOVAL: Removal = {
  items: [
    { step: "endpoint", what: "Reverse private endpoint", id: "5a1d7c3e", call: "clickPipeReversePrivateEndpointDelete", onlyIfAsked: false },
    { step: "policy", what: "Statement in the cluster policy", id: "Pipelink", call: "kafka:PutClusterPolicy", onlyIfAsked: false },
    {
      step: "connectivity",
      what: "Multi-VPC connectivity of the cluster, back to none",
      id: CLUSTER,
      call: "kafka:UpdateConnectivity",
      onlyIfAsked: true,
    },
  ],
  breaks: [],
  unread: [],
};

const TICK = "Also turn off multi-VPC connectivity";

describe("undoing multi-VPC connectivity", () => {
  async function openUndo(page: RunPage, button: string) {
    const opened = await open(page, { removal: async () => REMOVAL });
    await opened.user.click(screen.getByRole("button", { name: button }));
    const shown = await screen.findByRole("dialog");
    await within(shown).findByRole("list", { name: "What is deleted" });
    return { ...opened, shown, dialog: within(shown) };
  }

  it("leaves it on unless ticked, and says that others may use it", async () => {
    const { client, user, dialog, shown } = await openUndo(mskDone, "Delete what this run made");
    expect(dialog.getByRole("checkbox", { name: TICK })).not.toBeChecked();
    expect(dialog.getByText(/Others may use it/)).toBeVisible();
    expect(dialog.queryByText(/back to none/)).not.toBeInTheDocument();
    await expectAccessible(shown);
    await user.click(dialog.getByRole("button", { name: "Undo 2 steps" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, []] }));
  });

  it("turns it off with the tick, whose cost it says", async () => {
    const { client, user, dialog, shown } = await openUndo(mskDone, "Delete what this run made");
    await user.click(dialog.getByRole("checkbox", { name: TICK }));
    expect(dialog.getByText("Everybody who connects to the cluster from another VPC is cut off")).toBeVisible();
    expect(dialog.getByText(/Multi-VPC connectivity of the cluster, back to none/)).toBeVisible();
    await expectAccessible(shown);
    await user.click(dialog.getByRole("button", { name: "Undo 3 steps" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, ["connectivity"]] }));
  });

  it("asks again when it is continued, with what has begun ticked already", async () => {
    const stopped: RunPage = {
      ...mskDone,
      run: {
        ...mskDone.run,
        state: { state: "undoStopped", problem: { code: "cancelled" } },
        steps: mskDone.run.steps.map((step) => ({ ...step, state: { state: step.id === "connectivity" ? "undoing" : "undone" } })),
      },
    };
    const { client, user, dialog } = await openUndo(stopped, "Continue undoing");
    expect(dialog.getByRole("checkbox", { name: TICK })).toBeChecked();
    await user.click(dialog.getByRole("button", { name: "Undo 3 steps" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "undoRun", args: [RUN, ["connectivity"]] }));
  });

  it("is drawn as left in place, neither good nor bad", async () => {
    await open(mskUndone);
    const [connectivity, policy] = within(screen.getByRole("list", { name: "Steps of the run" })).getAllByRole("listitem");
    expect(connectivity).toHaveTextContent("Left in place");
    expect(policy).toHaveTextContent("Removed");
    expect(stepShown(mskUndone.run, mskUndone.run.steps[0]!)).toEqual({ type: "info", words: "Left in place" });
    expect(screen.getAllByText(/Everything else that this run made is removed\. Left in place, since others may use it: Multi-VPC connectivity of the cluster/).length).toBeGreaterThan(0);
    expect(screen.queryByRole("table", { name: "Connections to the cluster" })).not.toBeInTheDocument();
    // That it costs on, and the way to stop that.
    expect(screen.getByText(/It stays billed: AWS charges multi-VPC connectivity for each hour.*turned it on for IAM access control\./)).toBeVisible();
    expect(screen.getByText(/open the cluster clickstream, then Properties, Network settings, Edit, Turn off multi-VPC connectivity/)).toBeVisible();
    await expectAccessible(document.body);
  });

  it("says what was removed and what was left, and not that no step is done", async () => {
    await open(mskUndone);
    expect(screen.getByText("2 removed, 1 left in place")).toBeVisible();
    expect(screen.queryByText(/steps done/)).not.toBeInTheDocument();
    expect(screen.getByText("Statement in the cluster policy, Reverse private endpoint")).toBeVisible();
    expect(screen.getByText("Multi-VPC connectivity of the cluster")).toBeVisible();
  });

  it("says nothing of the cost where it was turned off too", async () => {
    const off = { ...mskUndone.run, steps: mskUndone.run.steps.map((step) => ({ ...step, state: { state: "undone" as const } })) };
    await open({ ...mskUndone, run: off });
    expect(screen.getByText("2 removed, 1 set back")).toBeVisible();
    expect(screen.queryByText(/It stays billed/)).not.toBeInTheDocument();
  });
});

describe("what a run leaves", () => {
  it("are the things it made and the settings it changed, never what it only waited for", () => {
    expect(remains(serviceDone.run).map(({ noun }) => noun)).toEqual([
      "Target group",
      "Network Load Balancer",
      "Cross-zone load balancing",
      "Listener",
      "Registered targets",
      "VPC endpoint service",
      "Allowed principal of the endpoint service",
      "Reverse private endpoint",
    ]);
    expect(remains(dnsWaiting().run).map(({ noun }) => noun)).not.toContain("TXT record");
  });

  it("says of a setting that it is set back", () => {
    const [, , crossZone] = serviceDone.run.steps;
    expect(stepShown(serviceDone.run, { ...crossZone!, state: { state: "undoing" } }).words).toBe("Being set back");
    expect(stepShown(serviceDone.run, { ...crossZone!, state: { state: "undone" } }).words).toBe("Set back as it was");
  });

  it("are counted where there are several of a kind, and are nothing where nothing was made", () => {
    const { run } = serviceDone;
    const back = run.steps.map((step) => ({ ...step, state: { state: "undone" as const } }));
    const twice = { ...run, state: { state: "undone" as const }, steps: [...back, back[0]!] };
    expect(progressWords(twice)).toBe("8 removed, 1 set back");
    expect(counted(takenBack(twice).removed)[0]).toBe("Target group (2)");
    const none = { ...twice, steps: back.map((step) => ({ ...step, outputs: {} })) };
    expect(progressWords(none)).toBe("Nothing had been made");
    expect(undoneAll(none)).toBe("This run had made nothing.");
  });

  it("says nothing of what is seen before the first look", () => {
    const [first] = serviceDone.run.steps;
    const waiting = (seen: string) => stepShown(serviceDone.run, { ...first!, state: { state: "waiting", seen, turn: "clickHouse" } }).words;
    expect(waiting("")).toBe("Waiting for ClickHouse");
    expect(waiting("Provisioning")).toBe("Waiting for ClickHouse (Provisioning)");
  });

  it("keeps the record of the private DNS name in the hand-off", () => {
    expect(sheetText(serviceDone.run, serviceDone.sheet)).toContain(`TXT record, name: ${TXT.label}.kafka.example.com\nTXT record, value: ${TXT.value}\n`);
  });
});

describe("nine brokers", () => {
  it("are drawn host by host, folded, with how each stands", async () => {
    const names = brokerNames(9);
    const { user } = await open({ ...serviceDone, topology: brokersTopology(names) });
    const section = await screen.findByRole("region", { name: "What is there, host by host" });
    const folds = within(section).getAllByRole("button", { name: /^b-\d/ });
    expect(folds).toHaveLength(9);
    expect(folds[0]).toHaveAttribute("aria-expanded", "false");
    // The shared part stays small.
    const shared = within(screen.getByRole("list", { name: "What is there" })).getAllByRole("list");
    expect(shared.map((lane) => within(lane).queryAllByRole("listitem").length)).toEqual([2, 1]);
    await user.click(folds[8]!);
    const last = within(section).getByRole("list", { name: names[8] });
    expect(within(last).getAllByRole("listitem").map((item) => item.textContent)).toEqual(
      expect.arrayContaining([expect.stringMatching(/Network Load Balancer.*clickstream-9.*Connects to: Target group clickstream-9 \(listens on TCP 9098\)/)]),
    );
    await expectAccessible(document.body);
  });
});
