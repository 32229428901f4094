// What an endpoint leads to in AWS, read off the names that ClickHouse gives. Only names in AWS's own form: what is called
// or pasted into a terminal must not hold anything else that ClickHouse answered with.
import type { ReversePrivateEndpoint } from "../ipc/bindings";

/** A service's name as AWS forms it: com.amazonaws.vpce.REGION.vpce-svc-ID. */
const SERVICE_NAME = /^com\.amazonaws\.vpce\.([a-z0-9-]+)\.(vpce-svc-[0-9a-z]+)$/;
const CLUSTER = /^arn:aws[a-z-]*:kafka:([a-z0-9-]+):(\d{12}):cluster\/[A-Za-z0-9_.-]+\/[A-Za-z0-9-]+$/;
const VPC_ENDPOINT = /^vpce-[0-9a-z]+$/;

/** The VPC endpoint service that it connects to. */
export function serviceOf({ endpointServiceName }: ReversePrivateEndpoint): { id: string; region: string } | null {
  const [, region, id] = SERVICE_NAME.exec(endpointServiceName ?? "") ?? [];
  return region === undefined || id === undefined ? null : { id, region };
}

/** The MSK cluster that it connects to. */
export function clusterOf(endpoint: ReversePrivateEndpoint): { arn: string; region: string; accountId: string } | null {
  const [arn, region, accountId] = CLUSTER.exec(endpoint.mskClusterArn ?? "") ?? [];
  return arn === undefined || region === undefined || accountId === undefined ? null : { arn, region, accountId };
}

/** The command that accepts its connection. */
export function acceptCommand(endpoint: ReversePrivateEndpoint): string | null {
  const service = serviceOf(endpoint);
  if (service === null || !VPC_ENDPOINT.test(endpoint.endpointId ?? "")) return null;
  return `aws ec2 accept-vpc-endpoint-connections --service-id ${service.id} --vpc-endpoint-ids ${endpoint.endpointId} --region ${service.region}`;
}
