// The connections behind one endpoint: of its VPC endpoint service, or of its MSK cluster. They are read only where the
// account in use can hold them: a name or ARN says region, an ARN the account too.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";

import { useAccount } from "../accounts/AccountContext";
import { navigate } from "../frame/routes";
import type { ReversePrivateEndpoint } from "../ipc/bindings";
import { MskConnections } from "../shared/connections/MskConnections";
import { ServiceConnections } from "../shared/connections/ServiceConnections";
import { clusterOf, serviceOf } from "./awsSide";

export function Connections({ endpoint, now }: { endpoint: ReversePrivateEndpoint; now: number }) {
  const { account } = useAccount();
  if (!account) return null;
  const { accountId, region } = account.identity;
  switch (endpoint.kind.kind) {
    case "vpcEndpointService": {
      const service = serviceOf(endpoint);
      if (!service) return <Elsewhere what="VPC endpoint service" where={null} />;
      if (service.region !== region) return <Elsewhere what="VPC endpoint service" where={`region ${service.region}`} />;
      // Read again when ClickHouse says something new of the endpoint.
      return <ServiceConnections key={endpoint.id} serviceId={service.id} now={now} seen={endpoint.status.status} />;
    }
    case "mskMultiVpc": {
      const cluster = clusterOf(endpoint);
      if (!cluster) return <Elsewhere what="MSK cluster" where={null} />;
      if (cluster.accountId !== accountId || cluster.region !== region) {
        return <Elsewhere what="MSK cluster" where={`account ${cluster.accountId}, region ${cluster.region}`} />;
      }
      return <MskConnections key={endpoint.id} clusterArn={cluster.arn} now={now} seen={endpoint.status.status} />;
    }
    case "vpcResource":
    case "other":
      return null;
  }
}

/** Its connections are not to be seen from here. */
function Elsewhere({ what, where }: { what: string; where: string | null }) {
  return (
    <Container header={<Header variant="h2">Connections</Header>}>
      {where === null ? (
        <Alert type="info">ClickHouse does not name the {what} in AWS's own form, so its connections cannot be looked up.</Alert>
      ) : (
        <Alert
          type="info"
          action={<Button onClick={() => navigate({ page: "accounts" })}>Choose an account</Button>}
        >
          The {what} is in {where}: open that one to see its connections.
        </Alert>
      )}
    </Container>
  );
}
