// Gives the gateway of a run other security groups: what it has now, which groups would do, the call and its undo. The
// change is a run of its own, to which the page then goes.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import { accountName } from "../accounts/accountWords";
import { navigate } from "../frame/routes";
import type { GatewayGroupsPage, Run } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { SecurityGroupTable } from "../setup/SecurityGroupTable";
import { Dialog } from "../shared/Dialog";
import { ProblemAlert } from "../shared/ProblemAlert";
import { belongsTo } from "../shared/runAccount";
import { useAction, useCommand } from "../shared/useCommand";
import { hasGateway } from "./runWords";

/** The button and what it opens; nothing where the run has ended without a gateway, or belongs elsewhere. */
export function ChangeGroups({ run }: { run: Run }) {
  const { account } = useAccount();
  const [asking, setAsking] = useState(false);
  const ended = run.state.state === "done" || run.state.state === "left";
  if (!ended || !hasGateway(run) || !belongsTo(run, account)) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>Change security groups</Button>
      {asking && <GroupsDialog run={run} onDismiss={() => setAsking(false)} />}
    </>
  );
}

function GroupsDialog({ run, onDismiss }: { run: Run; onDismiss: () => void }) {
  const client = useClient();
  const page = useCommand(() => client.gatewayGroups(run.id), [client, run.id]);
  const [chosen, setChosen] = useState<string[]>();
  const change = useAction((shown: string[], groups: string[]) => client.changeGatewayGroups(run.id, shown, groups));
  const { data } = page;
  const current = data?.gateway.securityGroupIds ?? [];
  const picked = chosen ?? current.filter((id) => data?.groups.some(({ group }) => group.id === id));
  const notYet = !data
    ? "The gateway is not read yet."
    : sameSet(picked, current)
      ? "The gateway has these groups already."
      : undefined;

  async function confirm() {
    const begun = await change.run(current, picked);
    if (begun === undefined) return;
    onDismiss();
    navigate({ page: "run", run: begun });
  }

  return (
    <Dialog
      visible
      size="max"
      header={`Change the security groups of the gateway for ${run.plan.source.name}`}
      confirm={`Change in ${run.identity.accountId} (${accountName(run.account)})`}
      notYet={notYet}
      busy={change.busy}
      onDismiss={onDismiss}
      onConfirm={() => void confirm()}
    >
      <SpaceBetween size="m">
        {change.problem && <ProblemAlert problem={change.problem} />}
        {page.problem && <ProblemAlert problem={page.problem} onRetry={page.reload} retrying={page.loading} />}
        {!data && !page.problem && <StatusIndicator type="loading">Reading the gateway and its groups</StatusIndicator>}
        {data && (
          <SpaceBetween size="m">
            <What data={data} run={run} />
            <Unlisted data={data} />
            <SecurityGroupTable rows={data.groups} picked={picked} onPick={setChosen} />
            {!reaches(data, picked) && (
              <Alert type="warning" header="The connection breaks with this choice">
                None of the chosen groups is known to let the gateway reach port {run.plan.source.port}.
              </Alert>
            )}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Dialog>
  );
}

/** What is changed where, by which call, and how it is undone. */
function What({ data: { gateway }, run }: { data: GatewayGroupsPage; run: Run }) {
  return (
    <KeyValuePairs
      columns={3}
      items={[
        {
          label: "Resource gateway",
          value: (
            <span className="pipelink-copy-value">
              {gateway.name} ({gateway.id})
            </span>
          ),
        },
        {
          label: "Call",
          value: (
            <>
              <Box variant="code">vpc-lattice:UpdateResourceGateway</Box>
              <Box variant="small" display="block">
                in {run.identity.accountId}, {run.identity.region}
              </Box>
            </>
          ),
        },
        {
          label: "Undo",
          value: `The same call with the groups that it has now: ${gateway.securityGroupIds.join(", ") || "none"}`,
        },
      ]}
    />
  );
}

/** Groups that the gateway has and the VPC's list has not: a change would take them off unseen. */
function Unlisted({ data: { gateway, groups } }: { data: GatewayGroupsPage }) {
  const unlisted = gateway.securityGroupIds.filter((id) => !groups.some(({ group }) => group.id === id));
  if (unlisted.length === 0) return null;
  return (
    <Alert type="warning" header="The gateway has a group that is not listed">
      {unlisted.join(", ")} could not be read in the VPC. A change takes it off the gateway.
    </Alert>
  );
}

/** Rules of all groups add up: one open path is enough. */
function reaches({ groups }: GatewayGroupsPage, picked: readonly string[]): boolean {
  return groups.some(({ group, verdict }) => picked.includes(group.id) && (verdict === "passed" || verdict === "warning"));
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id));
}
