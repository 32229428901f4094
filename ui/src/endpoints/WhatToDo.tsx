// What the admin can do about an endpoint that does not work: accept its connection with a command to copy, or set the
// connection up again.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { navigate } from "../frame/routes";
import type { BoardRow, ReversePrivateEndpoint } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";

export function WhatToDo({ row: { endpoint } }: { row: BoardRow }) {
  switch (endpoint.status.status) {
    case "pendingAcceptance":
      return endpoint.kind.kind === "vpcEndpointService" ? <Accept endpoint={endpoint} /> : null;
    case "failed":
    case "rejected":
    case "expired":
      return <Button onClick={() => navigate({ page: "setup" })}>Set up again</Button>;
    default:
      return null;
  }
}

function Accept({ endpoint }: { endpoint: ReversePrivateEndpoint }) {
  const command = acceptCommand(endpoint);
  if (command === null) {
    return (
      <Box>
        In the AWS console, open the VPC endpoint service and accept the connection under Endpoint connections. ClickHouse
        has not said yet which VPC endpoint it is.
      </Box>
    );
  }
  return (
    <SpaceBetween size="xxs">
      <div>With the AWS CLI, in the account of the VPC endpoint service:</div>
      <Box variant="code">
        <CopyValue value={command} what="command that accepts the connection" />
      </Box>
    </SpaceBetween>
  );
}

/** A service's name as AWS forms it: com.amazonaws.vpce.REGION.vpce-svc-ID. */
const SERVICE_NAME = /^com\.amazonaws\.vpce\.([a-z0-9-]+)\.(vpce-svc-[0-9a-z]+)$/;
const VPC_ENDPOINT = /^vpce-[0-9a-z]+$/;

/**
 * The command that accepts the connection. Only from names in AWS's own form: what is pasted into a terminal must not
 * hold anything else that ClickHouse answered with.
 */
export function acceptCommand({ endpointServiceName, endpointId }: ReversePrivateEndpoint): string | null {
  const [, region, service] = SERVICE_NAME.exec(endpointServiceName ?? "") ?? [];
  if (region === undefined || service === undefined || !VPC_ENDPOINT.test(endpointId ?? "")) return null;
  return `aws ec2 accept-vpc-endpoint-connections --service-id ${service} --vpc-endpoint-ids ${endpointId} --region ${region}`;
}
