// What an endpoint was made from: the IDs on both sides, and the inputs of its kind.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";

import type { BoardRow, ReversePrivateEndpoint } from "../ipc/bindings";
import { authenticationWords } from "../shared/connections/connectionWords";
import { CopyValue } from "../shared/CopyValue";
import { kindWords } from "../shared/endpointWords";

export function Inputs({ row }: { row: BoardRow }) {
  const { endpoint, service } = row;
  const values: [string, string | null][] = [
    ["Endpoint ID in ClickHouse", endpoint.id],
    ["VPC endpoint ID in AWS", endpoint.endpointId],
    ...ofItsKind(endpoint),
    ["ClickHouse service ID", service.id],
  ];
  return (
    <Container header={<Header variant="h2">What it was made from</Header>}>
      <KeyValuePairs
        columns={2}
        items={[
          { label: "Description", value: <span className="pipelink-copy-value">{endpoint.description || "None"}</span> },
          { label: "Kind", value: kindWords(endpoint.kind) },
          ...(endpoint.kind.kind === "mskMultiVpc"
            ? [{ label: "Authentication", value: authenticationWords(endpoint.mskAuthentication, "Not told by ClickHouse") }]
            : []),
          ...values.flatMap(([label, value]) =>
            value === null ? [] : [{ label, value: <CopyValue value={value} what={label} /> }],
          ),
        ]}
      />
    </Container>
  );
}

/** The inputs that only some kinds have; of a kind newer than this program all that there are. */
function ofItsKind(endpoint: ReversePrivateEndpoint): [string, string | null][] {
  return [
    ["Resource configuration ID", endpoint.resourceConfigurationId],
    ["Resource share ARN", endpoint.resourceShareArn],
    ["VPC endpoint service name", endpoint.endpointServiceName],
    ["MSK cluster ARN", endpoint.mskClusterArn],
  ];
}
