// What the admin can do about an endpoint that does not work: accept its connection, in the table below or with a command to
// copy, or set the connection up again.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { navigate } from "../frame/routes";
import type { BoardRow, ReversePrivateEndpoint } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { acceptCommand } from "./awsSide";

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
        Accept the connection below, or in the AWS console under Endpoint connections of the VPC endpoint service.
        ClickHouse has not said yet which VPC endpoint it is.
      </Box>
    );
  }
  return (
    <SpaceBetween size="xxs">
      <div>
        Accept the connection of <CopyValue value={endpoint.endpointId ?? ""} what="VPC endpoint ID" /> below, under
        Connections. Or with the AWS CLI, in the account of the VPC endpoint service:
      </div>
      <Box variant="code">
        <CopyValue value={command} what="command that accepts the connection" />
      </Box>
    </SpaceBetween>
  );
}
