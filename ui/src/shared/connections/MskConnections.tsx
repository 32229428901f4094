// The connections of other VPCs to an MSK cluster: whose they are, for which authentication, and how to reject one. MSK has
// no acceptance: who may connect the cluster policy says.
import { useAccount } from "../../accounts/AccountContext";
import { accountName } from "../../accounts/accountWords";
import type { ClientVpcConnection } from "../../ipc/bindings";
import { useClient } from "../../ipc/ClientContext";
import { CLICKPIPES_ACCOUNT } from "../clickPipesAccount";
import { ConnectionTable, ownerWords, type ConnectionView } from "./ConnectionTable";
import { authenticationWords, mskConnectionState } from "./connectionWords";
import { RejectDialog } from "./RejectDialog";
import { useConnections } from "./useConnections";

interface MskConnectionsProps {
  /** `arn:aws:kafka:...`. */
  clusterArn: string;
  now: number;
  /** Read again whenever it changes: what a run last saw. */
  seen?: string;
  /** One was rejected: what the page says of the cluster may not hold any more. */
  onRejected?: () => void;
}

export function MskConnections({ clusterArn, now, seen, onRejected }: MskConnectionsProps) {
  const client = useClient();
  const { account } = useAccount();
  const all = useConnections(() => client.mskConnections(clusterArn), [client, clusterArn, seen]);
  const { read, asked } = all;
  const row = asked?.row;
  const where = account ? `${account.identity.accountId} (${accountName(account.account)}), ${account.identity.region}` : "";
  return (
    <>
      <ConnectionTable
        title="Connections to the cluster"
        description={<span className="pipelink-copy-value">From other VPCs, to {clusterArn}.</span>}
        idWords="Connection ARN"
        kindWords="Authentication"
        read={read}
        views={read.data?.map(viewOf)}
        none="No connection from another VPC yet."
        gone={`The cluster ${clusterArn} is not in this account: ${where}.`}
        said={all.said}
        now={now}
        onReject={(id) => all.ask("reject", read.data?.find(({ arn }) => arn === id))}
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

function viewOf(connection: ClientVpcConnection): ConnectionView {
  return {
    id: connection.arn,
    whose:
      connection.owner === CLICKPIPES_ACCOUNT
        ? { words: "ClickPipes", color: "blue" }
        : { words: "Foreign", color: "severity-high" },
    why: null,
    owner: connection.owner,
    kind: authenticationWords(connection.authentication),
    state: mskConnectionState(connection.state),
    createdAt: connection.createdAt,
    mayAccept: false,
  };
}

/** What stops working when it is rejected. */
function breaks({ owner, state, authentication }: ClientVpcConnection): string {
  const { works } = mskConnectionState(state);
  if (owner !== CLICKPIPES_ACCOUNT) {
    return works
      ? `Whoever made it in ${ownerWords(owner).toLowerCase()} loses the connection to the cluster at once.`
      : `Whoever made it in ${ownerWords(owner).toLowerCase()} gets no connection to the cluster.`;
  }
  const pipes = `ClickPipes with ${authenticationWords(authentication)}`;
  return works
    ? `${pipes} lose the connection to the cluster at once: yours, or those of another ClickHouse customer whom the cluster policy lets in.`
    : `${pipes} get no connection to the cluster: yours, or those of another ClickHouse customer whom the cluster policy lets in.`;
}
