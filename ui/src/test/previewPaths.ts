// What can be looked at of the other two paths in the preview: their runs as they wait and end, the dialog that undoes one,
// and the connections of an endpoint.
import type { ConnectionRow, ReversePrivateEndpoint, RunPage } from "../ipc/bindings";
import { removal } from "./aftercareFixtures";
import { brokerNames, brokersTopology } from "./brokerFixtures";
import { CLUSTER, notProven, OURS, SERVICE_NAME } from "./connectionFixtures";
import { refuses, silent } from "./fakeClient";
import { board, pendingRow } from "./fixtures";
import {
  acceptanceWaiting,
  dnsFailed,
  dnsWaiting,
  mskByHand,
  mskDone,
  mskSlow,
  mskUndone,
  serviceByHand,
  serviceDone,
  targetUnhealthy,
} from "./pathFixtures";
import type { PreviewState } from "./previewSetup";

const showing = (page: RunPage): PreviewState => ({ answers: { runs: async () => [page.run], runPage: async () => page } });

/** The page of that endpoint, whose address the preview is opened with. */
function endpointOf(over: Partial<ReversePrivateEndpoint>, answers: PreviewState["answers"] = {}): PreviewState {
  const shown = { ...pendingRow, endpoint: { ...pendingRow.endpoint, ...over } };
  return { answers: { board: async () => board({ rows: [shown] }), ...answers } };
}

const onService = { endpointServiceName: SERVICE_NAME, endpointId: OURS };
const onCluster: Partial<ReversePrivateEndpoint> = {
  kind: { kind: "mskMultiVpc" },
  endpointServiceName: null,
  mskClusterArn: CLUSTER,
  mskAuthentication: "SASL_IAM",
};
const denied = { code: "accessDenied" as const, action: "ec2:DescribeVpcEndpointConnections", message: "is not authorized" };
const gone = { code: "notFound" as const, party: "aws" as const, operation: "DescribeVpcEndpointConnections", message: "" };

const many: ConnectionRow[] = Array.from({ length: 5000 }, (_, index) => ({
  ...notProven,
  connection: { ...notProven.connection, vpcEndpointId: `vpce-${index.toString(16).padStart(17, "0")}` },
}));

export const PATH_STATES: Record<string, PreviewState> = {
  "run-dns": showing(dnsWaiting()),
  "run-dns-failed": showing(dnsFailed),
  "run-acceptance": showing(acceptanceWaiting),
  "run-target": showing(targetUnhealthy),
  "run-service-hand": showing(serviceByHand),
  "run-service-done": showing(serviceDone),
  "run-brokers": showing({ ...serviceDone, topology: brokersTopology(brokerNames(9)) }),
  "run-brokers-three": showing({ ...serviceDone, topology: brokersTopology(brokerNames(3)) }),
  "run-msk-slow": showing(mskSlow),
  "run-msk-hand": showing(mskByHand),
  "run-msk-done": showing(mskDone),
  "run-msk-undone": showing(mskUndone),
  "removal-msk": {
    answers: {
      ...showing(mskDone).answers,
      removal: async () =>
        removal({
          items: [
            { step: "policy", what: "Statement in the cluster policy", id: "Pipelink0199c1aa", call: "kafka:PutClusterPolicy", onlyIfAsked: false },
            {
              step: "connectivity",
              what: "Multi-VPC connectivity of the cluster, back to none",
              id: CLUSTER,
              call: "kafka:UpdateConnectivity",
              onlyIfAsked: true,
            },
          ],
        }),
    },
  },
  "endpoint-service": endpointOf(onService),
  "endpoint-service-loading": endpointOf(onService, { endpointConnections: silent() }),
  "endpoint-service-none": endpointOf(onService, { endpointConnections: async () => [] }),
  "endpoint-service-denied": endpointOf(onService, { endpointConnections: refuses(denied) }),
  "endpoint-service-gone": endpointOf(onService, { endpointConnections: refuses(gone) }),
  "endpoint-service-many": endpointOf(onService, { endpointConnections: async () => many }),
  "endpoint-msk": endpointOf(onCluster),
  "endpoint-msk-elsewhere": endpointOf({ ...onCluster, mskClusterArn: CLUSTER.replace("us-east-1", "eu-west-1") }),
};
