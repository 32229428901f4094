// What a step that waits needs beyond its line in the list: the record to publish, the connections to look at, how long AWS
// takes. Shown while the run goes on and while it stands still, so that the values are at hand either way.
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Action, Run, RunPage, RunStep, TxtRecord } from "../../ipc/bindings";
import { CopyValue } from "../../shared/CopyValue";
import { actionOf, valueOf } from "../actionWords";
import { ConnectivityWait } from "./ConnectivityWait";
import { DnsRecord } from "./DnsRecord";
import { RunConnections } from "./RunConnections";

interface WaitPartProps {
  page: RunPage;
  now: number;
  /** The account in use is the run's own. */
  here: boolean;
}

export function WaitPart({ page: { run, review, sheet }, now, here }: WaitPartProps) {
  const open = openStep(run);
  if (!open) return null;
  const { step, action } = open;
  switch (action.action) {
    case "updateMskConnectivity":
      return step.state.state === "waiting" && run.state.state === "running" ? (
        <ConnectivityWait step={step} words={review.find(({ id }) => id === step.id)} now={now} />
      ) : null;
    case "awaitDnsRecord":
      return (
        <DnsRecord
          name={action.privateDnsName}
          record={sheet.txtRecord}
          step={step}
          inSandbox={run.account.kind === "sandbox"}
        />
      );
    case "verifyPrivateDns":
      return <EarlierRecord run={run} record={sheet.txtRecord} name={action.privateDnsName} />;
    case "acceptEndpointConnection":
    case "awaitConnectionAcceptance":
    case "awaitEndpointConnection":
      return here ? (
        <RunConnections run={run} now={now}>
          <WhichOne run={run} action={action} />
        </RunConnections>
      ) : null;
    case "awaitMskConnection":
      return here ? <RunConnections run={run} now={now} /> : null;
    default:
      return null;
  }
}

/** Whether that part shows the connections already. */
export function waitShowsConnections(run: Run): boolean {
  const action = openStep(run)?.action.action;
  return (
    action === "acceptEndpointConnection" ||
    action === "awaitConnectionAcceptance" ||
    action === "awaitEndpointConnection" ||
    action === "awaitMskConnection"
  );
}

/** The step at which a run stands that waits, or came to a problem there. */
function openStep(run: Run): { step: RunStep; action: Action } | undefined {
  if (run.state.state !== "running" && run.state.state !== "stopped") return undefined;
  const step = run.steps.find(({ state }) => state.state !== "done");
  if (!step || step.state.state === "pending") return undefined;
  const action = actionOf(run, step);
  return action && { step, action };
}

/** AWS looked for the record and has not found it: what to publish is that of the step before. */
function EarlierRecord({ run, record, name }: { run: Run; record: TxtRecord | null; name: string }) {
  for (const step of run.steps) {
    const action = actionOf(run, step);
    if (action?.action === "awaitDnsRecord" && action.privateDnsName === name) {
      return <DnsRecord name={name} record={record} step={step} inSandbox={run.account.kind === "sandbox"} />;
    }
  }
  return null;
}

/** Which of the connections it is about. */
function WhichOne({ run, action }: { run: Run; action: Action }) {
  if (action.action === "awaitEndpointConnection") {
    const service = valueOf(run, action.service) ?? "SERVICE_ID";
    const command = `aws ec2 accept-vpc-endpoint-connections --service-id ${service} --vpc-endpoint-ids ID_THAT_CLICKHOUSE_SHOWS --region ${run.identity.region}`;
    return (
      <SpaceBetween size="xs">
        <div>
          Without an API key, Pipelink cannot ask ClickHouse which endpoint is yours, and offers none for acceptance. Compare
          the VPC endpoint ID that ClickHouse shows with the table, then accept that one in the AWS console or with the AWS
          CLI. The account alone proves nothing: every ClickHouse customer's endpoint belongs to it.
        </div>
        <Box variant="code">
          <CopyValue value={command} what="command that accepts the connection" />
        </Box>
      </SpaceBetween>
    );
  }
  if (action.action !== "awaitConnectionAcceptance" && action.action !== "acceptEndpointConnection") return null;
  const endpoint = valueOf(run, action.endpoint);
  return (
    <div>
      {endpoint === null ? (
        "ClickHouse has not said yet which VPC endpoint it is."
      ) : (
        <>
          ClickHouse reports this endpoint: <CopyValue value={endpoint} what="VPC endpoint ID that ClickHouse reports" />
        </>
      )}
    </div>
  );
}
