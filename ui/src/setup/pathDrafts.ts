// What is chosen for each of the three paths, and the choices that Rust takes made of it. Switching paths leaves the parts
// of the other two as they are.
import type {
  Acceptance,
  Choices,
  LoadBalancerChange,
  MskAuthentication,
  Names,
  ServiceChoice,
} from "../ipc/bindings";
import type { EndpointServiceExtent, VpcResourceExtent } from "./pathTypes";
import { clusterOf, endpointServiceSource, vpcResourceSource, type SourceDraft } from "./sourceDraft";

/** What every path takes alike. */
export interface Shared {
  service: ServiceChoice;
  customDnsEnabled: boolean;
}

export interface VpcResourceDraft {
  /** The source that the picks below were made for; they start from its defaults. */
  readFor: string | null;
  /** What is made, and what of that is there already. */
  extent: VpcResourceExtent["extent"];
  /** The gateway and the configuration to build upon, where the extent says so; empty until one is picked. */
  gatewayId: string;
  configurationId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  names: Names;
}

export const NO_VPC_RESOURCE: VpcResourceDraft = {
  readFor: null,
  extent: "everything",
  gatewayId: "",
  configurationId: "",
  subnetIds: [],
  securityGroupIds: [],
  names: { gateway: "", configuration: "", share: "", description: "" },
};

export interface MskDraft {
  readFor: string | null;
  /** None until the cluster is read, and where none can be chosen. */
  authentication: MskAuthentication | null;
  description: string;
}

export const NO_MSK: MskDraft = { readFor: null, authentication: null, description: "" };

export interface EndpointServiceDraft {
  readFor: string | null;
  extent: EndpointServiceExtent["extent"];
  /** The load balancer and the service to build upon, where the extent says so; empty until one is picked. */
  loadBalancerArn: string;
  serviceId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  /** Of load balancers, target groups and services. */
  name: string;
  /** What of the load balancer that is there is changed on the way. */
  changes: LoadBalancerChange[];
  privateDnsName: string;
  acceptance: Acceptance;
  /** Which of the ports of an MSK cluster's brokers. */
  brokerAuthentication: MskAuthentication;
  description: string;
}

export const NO_ENDPOINT_SERVICE: EndpointServiceDraft = {
  readFor: null,
  extent: "everything",
  loadBalancerArn: "",
  serviceId: "",
  subnetIds: [],
  securityGroupIds: [],
  name: "",
  changes: [],
  privateDnsName: "",
  acceptance: "byRun",
  brokerAuthentication: "saslIam",
  description: "",
};

export function vpcResourceChoices(source: SourceDraft, of: VpcResourceDraft, { service, customDnsEnabled }: Shared): Choices {
  return {
    path: "vpcResource",
    source: vpcResourceSource(source),
    service,
    extent: vpcResourceExtent(of),
    shareName: of.names.share,
    customDnsEnabled,
    description: of.names.description,
  };
}

function vpcResourceExtent({ extent, names, gatewayId, configurationId, subnetIds, securityGroupIds }: VpcResourceDraft): VpcResourceExtent {
  switch (extent) {
    case "everything":
      return { extent, subnetIds, securityGroupIds, gatewayName: names.gateway, configurationName: names.configuration };
    case "onGateway":
      return { extent, gatewayId, configurationName: names.configuration };
    case "onConfiguration":
      return { extent, configurationId };
  }
}

export function mskChoices(source: SourceDraft, of: MskDraft, { service }: Shared): Choices {
  return {
    path: "mskMultiVpc",
    clusterArn: clusterOf(source),
    // Rust has no word for none; without one the wizard does not go on to where it counts.
    authentication: of.authentication ?? "saslIam",
    service,
    description: of.description,
  };
}

export function endpointServiceChoices(source: SourceDraft, of: EndpointServiceDraft, { service, customDnsEnabled }: Shared): Choices {
  return {
    path: "endpointService",
    source: endpointServiceSource(source, of.brokerAuthentication),
    service,
    extent: endpointServiceExtent(of),
    // A service that is there keeps the name it has; the field is not shown.
    privateDnsName: of.extent === "onService" ? "" : of.privateDnsName,
    customDnsEnabled,
    acceptance: of.acceptance,
    description: of.description,
  };
}

function endpointServiceExtent(of: EndpointServiceDraft): EndpointServiceExtent {
  const { extent, subnetIds, securityGroupIds, name, loadBalancerArn, serviceId, changes } = of;
  switch (extent) {
    case "everything":
      return { extent, subnetIds, securityGroupIds, name };
    case "onLoadBalancer":
      return { extent, loadBalancerArn, name, changes };
    case "onService":
      return { extent, serviceId, changes };
  }
}
