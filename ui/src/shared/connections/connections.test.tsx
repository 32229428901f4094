// Who has connected: to an endpoint service and to an MSK cluster, in every state of reading, accepting and rejecting.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { ConnectionRow, Problem } from "../../ipc/bindings";
import type { Client } from "../../ipc/client";
import {
  availableOurs,
  CLUSTER,
  foreign,
  mskConnections,
  notProven,
  OURS,
  pendingOurs,
  SERVICE_ID,
  serviceConnections,
  STRANGER,
} from "../../test/connectionFixtures";
import { fakeClient, refuses, silent } from "../../test/fakeClient";
import { NOW } from "../../test/fixtures";
import { expectAccessible, renderPiece } from "../../test/render";
import { mskConnectionState, serviceConnectionState } from "./connectionWords";
import { MskConnections } from "./MskConnections";
import { ServiceConnections } from "./ServiceConnections";

const now = Date.parse(NOW);

function openService(answers: Partial<Client> = {}) {
  return renderPiece(<ServiceConnections serviceId={SERVICE_ID} now={now} />, fakeClient(answers));
}

function openMsk(answers: Partial<Client> = {}) {
  return renderPiece(<MskConnections clusterArn={CLUSTER} now={now} />, fakeClient(answers));
}

async function rowsOf(name: string) {
  await waitFor(() => expect(screen.queryByText("Reading the connections")).not.toBeInTheDocument());
  return within(await screen.findByRole("table", { name })).getAllByRole("row").slice(1);
}

const SERVICE_TABLE = "Connections to the endpoint service";
const MSK_TABLE = "Connections to the cluster";
const DENIED: Problem = { code: "accessDenied", action: "ec2:DescribeVpcEndpointConnections", message: "no" };
const THROTTLED: Problem = { code: "throttled", party: "aws", operation: "DescribeVpcEndpointConnections" };
const GONE: Problem = { code: "notFound", party: "aws", operation: "DescribeVpcEndpointServiceConfigurations", message: "" };
const UNSUCCESSFUL: Problem = { code: "refused", party: "aws", operation: "AcceptVpcEndpointConnections", message: "not pendingAcceptance" };

describe("the connections to an endpoint service", () => {
  it("say whose each is, and offer acceptance only where Rust has proven it", async () => {
    const { container } = openService();
    const [ours, unknown, other] = await rowsOf(SERVICE_TABLE);
    expect(ours).toHaveTextContent(/vpce-0123456789abcdef0.*Region: us-east-1.*Yours.*Account 072088201116 \(ClickPipes\).*Owner and ID are those of your endpoint orders-postgres.*Waits to be accepted.*Made 2 hours ago/);
    expect(unknown).toHaveTextContent(/Region: Not told by AWS.*ClickPipes, not proven to be yours.*another customer's.*Made at a time not known/);
    expect(other).toHaveTextContent(/Foreign.*Account 999988887777/);
    const buttons = (row: HTMLElement | undefined) => within(row!).getAllByRole("button").map((each) => each.getAttribute("aria-label"));
    expect(buttons(ours)).toEqual([`Copy VPC endpoint ID ${OURS}`, `Accept ${OURS}`, `Reject ${OURS}`]);
    expect(screen.getAllByRole("button", { name: /^Accept/ })).toHaveLength(1);
    expect(screen.getAllByRole("button", { name: /^Reject/ })).toHaveLength(3);
    await expectAccessible(container);
  });

  it("are marked where they are the run's own, and it comes first", async () => {
    const older: ConnectionRow = { ...pendingOurs, connection: { ...pendingOurs.connection, vpcEndpointId: "vpce-0older" } };
    renderPiece(
      <ServiceConnections serviceId={SERVICE_ID} now={now} ofThisRun={[OURS]} />,
      fakeClient({ endpointConnections: async () => [older, foreign, pendingOurs] }),
    );
    const [first, second, third] = await rowsOf(SERVICE_TABLE);
    expect(first).toHaveTextContent(new RegExp(`${OURS}.*Yours, this run's`));
    expect(second).toHaveTextContent(/vpce-0older.*Yours/);
    expect(second).not.toHaveTextContent("this run's");
    expect(third).toHaveTextContent(STRANGER);
  });

  it("are accepted and rejected by keyboard alone, and the focus comes back to the row", async () => {
    const { client, user } = openService();
    await rowsOf(SERVICE_TABLE);
    const tabTo = async (name: string) => {
      const button = screen.getByRole("button", { name });
      for (let tabs = 0; tabs < 30 && document.activeElement !== button; tabs += 1) await user.tab();
      expect(button).toHaveFocus();
    };
    await tabTo(`Reject ${OURS}`);
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog")).toHaveTextContent("Reject the connection?");
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape", keyCode: 27 });
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.getByRole("button", { name: `Reject ${OURS}` })).toHaveFocus();
    expect(client.calls.some(({ command }) => command === "rejectConnection")).toBe(false);
    await user.tab({ shift: true });
    expect(screen.getByRole("button", { name: `Accept ${OURS}` })).toHaveFocus();
    await user.keyboard("{Enter}");
    await tabTo("Accept in 111122223333");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(client.calls).toContainEqual({ command: "acceptConnection", args: [SERVICE_ID, OURS] }));
  });

  it("stand out in colour only while somebody has to decide about them", async () => {
    const connected: ConnectionRow = {
      ...foreign,
      connection: { ...foreign.connection, vpcEndpointId: "vpce-0partner", state: "available" },
    };
    openService({ endpointConnections: async () => [foreign, connected] });
    const [waits, works] = await rowsOf(SERVICE_TABLE);
    expect(within(waits!).getByText("Foreign").className).toMatch(/badge-color-severity-high/);
    expect(within(works!).getByText("Foreign").className).toMatch(/badge-color-grey/);
  });

  it("are accepted once, however often it is clicked, and read again", async () => {
    let accepted = false;
    let finish = () => undefined as void;
    const { client, user } = openService({
      endpointConnections: async () => (accepted ? [availableOurs] : serviceConnections),
      acceptConnection: () =>
        new Promise((done) => {
          finish = () => {
            accepted = true;
            done(null);
          };
        }),
    });
    await rowsOf(SERVICE_TABLE);
    await user.click(screen.getByRole("button", { name: `Accept ${OURS}` }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent(/Owner and ID are read and compared once more/);
    expect(dialog).toHaveTextContent("ec2:AcceptVpcEndpointConnections");
    await expectAccessible(dialog);
    const confirm = within(dialog).getByRole("button", { name: "Accept in 111122223333" });
    await user.dblClick(confirm);
    await user.click(confirm);
    expect(client.calls.filter(({ command }) => command === "acceptConnection")).toEqual([
      { command: "acceptConnection", args: [SERVICE_ID, OURS] },
    ]);
    finish();
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(await screen.findByText(`Accepted ${OURS}. AWS connects it now.`)).toBeVisible();
    expect(await screen.findByText("Connected")).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Accept/ })).not.toBeInTheDocument();
    expect(client.calls.filter(({ command }) => command === "endpointConnections")).toHaveLength(2);
  });

  it("stay as they are where AWS does not accept one, with the reason in the dialog, and are read again", async () => {
    const { client, user } = openService({ acceptConnection: refuses(UNSUCCESSFUL) });
    await rowsOf(SERVICE_TABLE);
    await user.click(screen.getByRole("button", { name: `Accept ${OURS}` }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Accept in 111122223333" }));
    expect(await dialog.findByText(/Something did not work \(refused\)/)).toBeVisible();
    await waitFor(() => expect(client.calls.filter(({ command }) => command === "endpointConnections")).toHaveLength(2));
    await user.click(dialog.getByRole("button", { name: "Not now" }));
    await user.click(screen.getByRole("button", { name: `Accept ${OURS}` }));
    expect(screen.queryByText(/Something did not work/)).not.toBeInTheDocument();
  });

  it("say why one could not be accepted also where it is gone by then", async () => {
    let gone = false;
    const { user } = openService({
      endpointConnections: async () => (gone ? [foreign] : serviceConnections),
      acceptConnection: () => {
        gone = true;
        return refuses({ ...GONE, operation: "AcceptVpcEndpointConnections" })();
      },
    });
    await rowsOf(SERVICE_TABLE);
    await user.click(screen.getByRole("button", { name: `Accept ${OURS}` }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Accept in 111122223333" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: `Accept ${OURS}` })).not.toBeInTheDocument());
    expect(dialog.getByText(/Something did not work \(notFound\)/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Not now" }));
    expect(await rowsOf(SERVICE_TABLE)).toHaveLength(1);
  });

  it("are rejected after saying what that comes to", async () => {
    const { client, user } = openService();
    await rowsOf(SERVICE_TABLE);
    await user.click(screen.getByRole("button", { name: `Reject ${STRANGER}` }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("Whoever made it gets no connection to your endpoint service.");
    await expectAccessible(dialog);
    await user.click(within(dialog).getByRole("button", { name: "Reject the connection" }));
    await waitFor(() => expect(client.calls).toContainEqual({ command: "rejectConnection", args: [SERVICE_ID, STRANGER] }));
    expect(await screen.findByText(`Rejected ${STRANGER}.`)).toBeVisible();
  });

  it("through which data goes take a typed word, since pipes break", async () => {
    const { client, user } = openService({ endpointConnections: async () => [availableOurs] });
    await rowsOf(SERVICE_TABLE);
    await user.click(screen.getByRole("button", { name: `Reject ${OURS}` }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/Every ClickPipe that uses orders-postgres loses its connection at once/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Reject the connection" }));
    await user.type(dialog.getByRole("textbox", { name: 'To confirm, type "reject"' }), "rejec{Enter}");
    expect(client.calls.some(({ command }) => command === "rejectConnection")).toBe(false);
    await user.type(dialog.getByRole("textbox"), "t{Enter}");
    await waitFor(() => expect(client.calls).toContainEqual({ command: "rejectConnection", args: [SERVICE_ID, OURS] }));
  });

  it("say what they are while they are read, and where there are none", async () => {
    openService({ endpointConnections: silent() });
    expect(await screen.findByText("Reading the connections")).toBeVisible();
    openService({ endpointConnections: async () => [] });
    expect(await screen.findByText(/No connection yet/)).toBeVisible();
  });

  it.each([
    ["a missing right", DENIED, "No right to ec2:DescribeVpcEndpointConnections"],
    ["throttling", THROTTLED, "Something did not work (throttled)"],
  ])("say why they could not be read: %s", async (_, problem, headline) => {
    let answers = false;
    const { user } = openService({ endpointConnections: () => (answers ? Promise.resolve([foreign]) : refuses(problem)()) });
    expect(await screen.findByText(headline)).toBeVisible();
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
    answers = true;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await rowsOf(SERVICE_TABLE)).toHaveLength(1);
  });

  it("keep what was read before where it cannot be read again", async () => {
    let answers = true;
    const { user } = openService({ endpointConnections: () => (answers ? Promise.resolve([pendingOurs]) : refuses(THROTTLED)()) });
    await rowsOf(SERVICE_TABLE);
    answers = false;
    await user.click(screen.getByRole("button", { name: "Read again: connections to the endpoint service" }));
    expect(await screen.findByText("The table shows what was read before.")).toBeVisible();
    expect(await rowsOf(SERVICE_TABLE)).toHaveLength(1);
  });

  it("say where the service is not in this account", async () => {
    const { container } = openService({ endpointConnections: refuses(GONE) });
    expect(await screen.findByText(`The VPC endpoint service ${SERVICE_ID} is not in this account: 111122223333 (Sandbox), us-east-1.`)).toBeVisible();
    expect(screen.queryByText(/Something did not work/)).not.toBeInTheDocument();
    await expectAccessible(container);
  });

  it("draw a part of very many", async () => {
    const many = (index: number): ConnectionRow => ({
      ...notProven,
      connection: { ...notProven.connection, vpcEndpointId: `vpce-${index}` },
    });
    openService({ endpointConnections: async () => Array.from({ length: 5000 }, (_, index) => many(index)) });
    expect(await screen.findByText("(5000)")).toBeVisible();
    expect(await rowsOf(SERVICE_TABLE)).toHaveLength(20);
  });
});

describe("a state", () => {
  it("is the same in any letters, and AWS's own word where it is new", () => {
    for (const word of ["pendingAcceptance", "PendingAcceptance", "PENDINGACCEPTANCE"]) {
      expect(serviceConnectionState(word).words).toBe("Waits to be accepted");
    }
    expect(serviceConnectionState("Pondering")).toMatchObject({ type: "info", words: "Pondering", works: false });
    expect(mskConnectionState("AVAILABLE")).toEqual(mskConnectionState("Available"));
    expect(mskConnectionState(null).words).toBe("Not told by AWS");
  });

  it("is green only where data goes through", () => {
    for (const word of ["pendingacceptance", "pending", "partial", "rejected", "deleting", "deleted", "expired", "failed", "new"]) {
      expect(serviceConnectionState(word).type).not.toBe("success");
    }
    expect(serviceConnectionState("available").type).toBe("success");
  });
});

describe("the connections to an MSK cluster", () => {
  it("say whose each is and for which authentication", async () => {
    const { container } = openMsk();
    const [ours, other] = await rowsOf(MSK_TABLE);
    expect(ours).toHaveTextContent(/Authentication: IAM access control.*ClickPipes.*Account 072088201116.*Connected.*Made 3 days ago/);
    expect(other).toHaveTextContent(/Authentication: SASL\/SCRAM.*Another account.*Account 999988887777.*Rejected.*None/);
    expect(screen.queryByRole("button", { name: /^Accept/ })).not.toBeInTheDocument();
    expect(screen.getAllByRole("button", { name: /^Reject/ })).toHaveLength(1);
    await expectAccessible(container);
  });

  it("are rejected with a typed word where they work, and read again", async () => {
    const [first] = mskConnections;
    let rejected = false;
    const { client, user } = openMsk({
      mskConnections: async () => [
        { ...first!, connection: { ...first!.connection, state: rejected ? "REJECTING" : "AVAILABLE" }, mayReject: !rejected },
      ],
      rejectMskConnection: async () => {
        rejected = true;
        return null;
      },
    });
    await rowsOf(MSK_TABLE);
    await user.click(screen.getByRole("button", { name: /^Reject/ }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/ClickPipes with IAM access control lose the connection to the cluster at once/)).toBeVisible();
    expect(dialog.getByText("kafka:RejectClientVpcConnection")).toBeVisible();
    await user.type(dialog.getByRole("textbox"), "reject{Enter}");
    await waitFor(() => expect(client.calls).toContainEqual({ command: "rejectMskConnection", args: [CLUSTER, first!.connection.arn] }));
    expect(await screen.findByText("Being rejected")).toBeVisible();
  });

  it("are marked where the run made them, and come first", async () => {
    const [first, second] = mskConnections;
    renderPiece(
      <MskConnections clusterArn={CLUSTER} now={now} ofThisRun={[first!.connection.arn]} />,
      fakeClient({ mskConnections: async () => [second!, first!] }),
    );
    const [own, other] = await rowsOf(MSK_TABLE);
    expect(own).toHaveTextContent(/…\/11111111-2222-4333-8444-555555555555-7.*ClickPipes, this run's/);
    expect(within(own!).getByRole("button", { name: `Copy Connection ARN ${first!.connection.arn}` })).toBeInTheDocument();
    expect(other).not.toHaveTextContent("this run's");
  });

  it("of another account, of this one, and of nobody known are told apart without alarm", async () => {
    const [first] = mskConnections;
    const by = (owner: string | null) => ({ ...first!, connection: { ...first!.connection, arn: `arn-of-${owner}`, owner } });
    openMsk({ mskConnections: async () => [by("999988887777"), by("111122223333"), by(null)] });
    const rows = await rowsOf(MSK_TABLE);
    const badges = ["Another account", "This account", "Not known"].map((words, index) => within(rows[index]!).getByText(words));
    for (const badge of badges) expect(badge.className).toMatch(/badge-color-grey/);
  });

  it("say where the cluster is not in this account", async () => {
    openMsk({ mskConnections: refuses({ ...GONE, operation: "ListClientVpcConnections" }) });
    expect(await screen.findByText(/is not in this account: 111122223333/)).toBeVisible();
  });
});
