// The connections of other VPCs to an MSK cluster: whose they are, for which authentication, and how to reject one. MSK has
// no acceptance: who may connect the cluster policy says.
import { useAccount } from "../../accounts/AccountContext";
import { accountName } from "../../accounts/accountWords";
import type { ClientVpcConnection, MskConnectionRow } from "../../ipc/bindings";
import { useClient } from "../../ipc/ClientContext";
import { CLICKPIPES_ACCOUNT } from "../clickPipesAccount";
import { ConnectionTable, type ConnectionView } from "./ConnectionTable";
import { authenticationWords, mskConnectionState } from "./connectionWords";
import { RejectDialog } from "./RejectDialog";
import { useConnections } from "./useConnections";

interface MskConnectionsProps {
  /** `arn:aws:kafka:...`. */
  clusterArn: string;
  now: number;
  /** Read again whenever it changes: what a run last saw. */
  seen?: string;
  /** The connections of the run whose page this is. */
  ofThisRun?: readonly string[];
  /** One was rejected: what the page says of the cluster may not hold any more. */
  onRejected?: () => void;
}

export function MskConnections({ clusterArn, now, seen, ofThisRun = [], onRejected }: MskConnectionsProps) {
  const client = useClient();
  const { account } = useAccount();
  const all = useConnections(() => client.mskConnections(clusterArn), [client, clusterArn, seen]);
  const { read, asked } = all;
  const row = asked?.row.connection;
  const where = account ? `${account.identity.accountId} (${accountName(account.account)}), ${account.identity.region}` : "";
  return (
    <>
      <ConnectionTable
        title="Connections to the cluster"
        description="From other VPCs. The cluster policy says who may connect: there is nothing to accept."
        idWords="Connection ARN"
        idWidth={165}
        kindWords="Authentication"
        read={read}
        views={read.data?.map((one) => viewOf(one, account?.identity.accountId, ofThisRun))}
        none="No connection from another VPC yet."
        gone={`The cluster ${clusterArn} is not in this account: ${where}.`}
        said={all.said}
        now={now}
        onReject={(id) => all.ask("reject", read.data?.find(({ connection }) => connection.arn === id))}
      />
      {row && (
        <RejectDialog
          id={row.arn}
          breaks={breaks(row)}
          call="kafka:RejectClientVpcConnection"
          where={where}
          works={mskConnectionState(row.state).works}
          busy={all.busy}
          refused={all.refused}
          onDismiss={all.dismiss}
          onConfirm={() =>
            void all.confirm(
              () => client.rejectMskConnection(clusterArn, row.arn).then(() => onRejected?.()),
              `Rejected ${row.arn}.`,
            )
          }
        />
      )}
    </>
  );
}

function viewOf({ connection, mayReject }: MskConnectionRow, accountId: string | undefined, ofThisRun: readonly string[]): ConnectionView {
  return {
    id: connection.arn,
    // What is before it, the other columns and the page say.
    short: `…/${connection.arn.split("/").at(-1) ?? connection.arn}`,
    whose: whose(connection.owner, accountId),
    why: null,
    owner: connection.owner,
    kind: authenticationWords(connection.authentication),
    state: mskConnectionState(connection.state),
    createdAt: connection.createdAt,
    mayAccept: false,
    mayReject,
    ofThisRun: ofThisRun.includes(connection.arn),
  };
}

/** The cluster policy let in whoever is connected: another account is nothing to act upon. */
function whose(owner: string | null, accountId: string | undefined): ConnectionView["whose"] {
  switch (owner) {
    case CLICKPIPES_ACCOUNT:
      return { words: "ClickPipes", color: "blue" };
    case null:
      return { words: "Not known", color: "grey" };
    case accountId:
      return { words: "This account", color: "grey" };
    default:
      return { words: "Another account", color: "grey" };
  }
}

/** What stops working when it is rejected. */
function breaks({ owner, state, authentication }: ClientVpcConnection): string {
  const { works } = mskConnectionState(state);
  if (owner !== CLICKPIPES_ACCOUNT) {
    const who = owner === null ? "Whoever made it" : `Whoever made it in account ${owner}`;
    return works ? `${who} loses the connection to the cluster at once.` : `${who} gets no connection to the cluster.`;
  }
  const pipes = `ClickPipes with ${authenticationWords(authentication)}`;
  return works
    ? `${pipes} lose the connection to the cluster at once: yours, or those of another ClickHouse customer whom the cluster policy lets in.`
    : `${pipes} get no connection to the cluster: yours, or those of another ClickHouse customer whom the cluster policy lets in.`;
}
