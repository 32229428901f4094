// The connections to a VPC endpoint service, each with whose it is. Accepting is offered only where Rust has proven the
// connection by its owner and by the endpoint's ID, and asks Rust to prove it once more; rejecting is offered for any.
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import { useAccount } from "../../accounts/AccountContext";
import { accountName } from "../../accounts/accountWords";
import type { ConnectionRow } from "../../ipc/bindings";
import { useClient } from "../../ipc/ClientContext";
import { Dialog } from "../Dialog";
import { ProblemAlert } from "../ProblemAlert";
import { ConnectionTable, ownerWords, type ConnectionView } from "./ConnectionTable";
import { serviceConnectionState, waitsToBeAccepted } from "./connectionWords";
import { RejectDialog } from "./RejectDialog";
import { useConnections } from "./useConnections";

interface ServiceConnectionsProps {
  /** `vpce-svc-...`. */
  serviceId: string;
  now: number;
  /** Read again whenever it changes: what a run last saw. */
  seen?: string;
  /** The VPC endpoints of the run whose page this is. */
  ofThisRun?: readonly string[];
  children?: ReactNode;
}

export function ServiceConnections({ serviceId, now, seen, ofThisRun = [], children }: ServiceConnectionsProps) {
  const client = useClient();
  const { account } = useAccount();
  const all = useConnections(() => client.endpointConnections(serviceId), [client, serviceId, seen]);
  const { read, asked } = all;
  const row = asked?.row;
  const rowOf = (id: string) => read.data?.find(({ connection }) => connection.vpcEndpointId === id);
  const where = account ? `${account.identity.accountId} (${accountName(account.account)}), ${account.identity.region}` : "";
  return (
    <>
      <ConnectionTable
        title="Connections to the endpoint service"
        description={
          <span className="pipelink-copy-value">
            To {serviceId}. Owner and ID are compared with what ClickHouse reports.
          </span>
        }
        idWords="VPC endpoint ID"
        idWidth={235}
        kindWords="Region"
        read={read}
        views={read.data?.map((one) => viewOf(one, ofThisRun))}
        none="No connection yet. It appears here as soon as an endpoint asks for one."
        gone={`The VPC endpoint service ${serviceId} is not in this account: ${where}.`}
        said={all.said}
        now={now}
        onAccept={(id) => all.ask("accept", rowOf(id))}
        onReject={(id) => all.ask("reject", rowOf(id))}
      >
        {children}
      </ConnectionTable>
      {row && asked.act === "accept" && (
        <Dialog
          visible
          header={`Accept the connection of ${row.connection.vpcEndpointId}?`}
          confirm={`Accept in ${account?.identity.accountId ?? "this account"}`}
          busy={all.busy}
          onDismiss={all.dismiss}
          onConfirm={() => {
            const { vpcEndpointId } = row.connection;
            void all.confirm(
              () => client.acceptConnection(serviceId, vpcEndpointId),
              `Accepted ${vpcEndpointId}. AWS connects it now.`,
            );
          }}
        >
          <SpaceBetween size="m">
            {all.refused && <ProblemAlert problem={all.refused} />}
            <div>{row.why}</div>
            <KeyValuePairs
              columns={1}
              items={[
                { label: "Owner", value: ownerWords(row.connection.owner) },
                { label: "Endpoint service", value: `${serviceId} in ${where}` },
                { label: "Call", value: <Box variant="code">ec2:AcceptVpcEndpointConnections</Box> },
              ]}
            />
            <Box color="text-body-secondary">
              Owner and ID are read and compared once more before the call. Afterwards the ClickPipes of that service can
              reach what stands behind the endpoint service.
            </Box>
          </SpaceBetween>
        </Dialog>
      )}
      {row && asked.act === "reject" && (
        <RejectDialog
          id={row.connection.vpcEndpointId}
          breaks={breaks(row)}
          call="ec2:RejectVpcEndpointConnections"
          where={where}
          works={serviceConnectionState(row.connection.state).works}
          busy={all.busy}
          refused={all.refused}
          onDismiss={all.dismiss}
          onConfirm={() => {
            const { vpcEndpointId } = row.connection;
            void all.confirm(() => client.rejectConnection(serviceId, vpcEndpointId), `Rejected ${vpcEndpointId}.`);
          }}
        />
      )}
    </>
  );
}

function viewOf(row: ConnectionRow, ofThisRun: readonly string[]): ConnectionView {
  const { connection } = row;
  return {
    id: connection.vpcEndpointId,
    short: null,
    whose: whose(row),
    why: row.why,
    owner: connection.owner,
    kind: connection.region ?? "Not told by AWS",
    state: serviceConnectionState(connection.state),
    createdAt: connection.createdAt,
    mayAccept: row.mayAccept,
    mayReject: row.mayReject,
    ofThisRun: ofThisRun.includes(connection.vpcEndpointId),
  };
}

/** Colours stand out only where somebody has to decide: who is connected already was let in before. */
function whose({ identity, connection }: ConnectionRow): ConnectionView["whose"] {
  const waits = waitsToBeAccepted(connection.state);
  switch (identity.identity) {
    case "ours":
      return { words: "Yours", color: "blue" };
    case "clickPipesButUnknown":
      return { words: "ClickPipes, not proven to be yours", color: waits ? "severity-medium" : "grey" };
    case "foreign":
      return { words: "Foreign", color: waits ? "severity-high" : "grey" };
  }
}

/** What stops working when it is rejected. */
function breaks({ identity, connection }: ConnectionRow): string {
  const { works } = serviceConnectionState(connection.state);
  switch (identity.identity) {
    case "ours":
      return works
        ? `Every ClickPipe that uses ${identity.description || identity.endpointId} loses its connection at once. ClickHouse shows the endpoint as Rejected, and deletes it after a day.`
        : `${identity.description || identity.endpointId} does not come to Ready. ClickHouse shows it as Rejected, and deletes it after a day.`;
    case "clickPipesButUnknown":
      return `It can be another ClickHouse customer's, or one of yours that ClickHouse did not report.${
        works ? " Every ClickPipe that uses it loses its connection at once." : ""
      } ClickHouse deletes a rejected endpoint after a day.`;
    case "foreign":
      return works
        ? "Whoever made it loses the connection to your endpoint service at once."
        : "Whoever made it gets no connection to your endpoint service.";
  }
}
