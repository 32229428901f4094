// What each step has to have before the wizard goes on: its fields, by kind of source and path, and what stands against
// what is picked there. Rust judges; this only knows what stands on which step.
import type { CheckId, Field, Verdict } from "../ipc/bindings";
import { choicesKey, STEPS, type Draft } from "./draft";
import type { EndpointServiceExtent, VpcResourceExtent } from "./pathTypes";
import { defaultsKey, type SourceKind } from "./sourceDraft";
import type { Readings } from "./useReadings";

/** The fields of the source step. */
const SOURCE_FIELDS: Record<SourceKind, readonly Field[]> = {
  listed: ["source"],
  domainName: ["source", "ports", "vpc", "addresses"],
  ipAddress: ["source", "ports", "vpc"],
  hosts: ["source", "addresses", "registry", "registryAddress", "vpc"],
};

/** The fields of the network step; what is there already has no fields of its own. */
const VPC_RESOURCE_FIELDS: Record<VpcResourceExtent["extent"], readonly Field[]> = {
  everything: ["subnets", "securityGroups", "gatewayName", "configurationName", "shareName", "description"],
  onGateway: ["gateway", "configurationName", "shareName", "description"],
  onConfiguration: ["configuration", "shareName", "description"],
};

const ENDPOINT_SERVICE_FIELDS: Record<EndpointServiceExtent["extent"], readonly Field[]> = {
  everything: ["subnets", "securityGroups", "loadBalancerName", "privateDnsName", "description"],
  onLoadBalancer: ["loadBalancer", "loadBalancerName", "privateDnsName", "description"],
  onService: ["endpointService", "description"],
};

/** The fields that describe a service which nobody can ask. */
export const SERVICE_FIELDS: readonly Field[] = ["serviceRegion", "createdOn"];

/** The fields of a step, of the one in view unless another is asked for. */
export function fieldsOf(draft: Draft, step = draft.step): readonly Field[] {
  switch (STEPS[step]) {
    case "source":
      return SOURCE_FIELDS[draft.source.kind];
    case "account":
      return SERVICE_FIELDS;
    case "network":
      return networkFields(draft);
    default:
      return [];
  }
}

function networkFields(draft: Draft): readonly Field[] {
  // Without a key nothing is described in ClickHouse, so that the field is not shown.
  return pathFields(draft).filter((field) => draft.by !== "hand" || field !== "description");
}

function pathFields(draft: Draft): readonly Field[] {
  switch (draft.path) {
    case "vpcResource":
      return VPC_RESOURCE_FIELDS[draft.vpcResource.extent];
    case "mskMultiVpc":
      return ["authentication", "description"];
    case "endpointService":
      return ENDPOINT_SERVICE_FIELDS[draft.endpointService.extent];
    case null:
      return [];
  }
}

export const PATH_MISSING = "Choose a path, or answer what is asked.";

/** What stands against the source that is picked from the list. */
export function sourceError({ source: { kind, arn } }: Draft, { sources }: Readings): string | undefined {
  if (kind !== "listed") return undefined;
  if (arn === "") return "Choose a source.";
  const source = sources.data?.sources.find((listed) => listed.arn === arn);
  if (sources.data && !source) return "The source chosen before is not there any more. Choose another one.";
  if (source && !source.eligible) return source.reason;
  return undefined;
}

/** That no path is taken yet, or that it is not known yet which one fits what was just entered. */
export function pathError(draft: Draft, { advice }: Readings): string | undefined {
  if (!advice.outlook && advice.loading) return "Wait until it is known which path fits.";
  return draft.path === null ? PATH_MISSING : undefined;
}

/** What the path stands on has to be read; and what is used of it has to be there still, and to fit. */
export function networkError(draft: Draft, readings: Readings): string | undefined {
  switch (draft.path) {
    case "vpcResource":
      return vpcResourceError(draft, readings);
    case "mskMultiVpc":
      return mskError(draft, readings);
    case "endpointService":
      return endpointServiceError(draft, readings);
    case null:
      return PATH_MISSING;
  }
}

function vpcResourceError({ vpcResource, source }: Draft, { network }: Readings): string | undefined {
  if (!network.data || vpcResource.readFor !== defaultsKey(source)) return "The source's network has not been read yet.";
  const { gateways, configurations } = network.data;
  switch (vpcResource.extent) {
    case "everything":
      return undefined;
    case "onGateway":
      return pickError(vpcResource.gatewayId, gateways, ({ gateway }) => gateway.id);
    case "onConfiguration":
      return pickError(vpcResource.configurationId, configurations, ({ configuration }) => configuration.id);
  }
}

function mskError({ msk, source }: Draft, { msk: page }: Readings): string | undefined {
  if (!page.data || msk.readFor !== defaultsKey(source)) return "The cluster has not been read yet.";
  const picked = page.data.authentications.find(({ authentication }) => authentication === msk.authentication);
  if (!picked) return "Choose an authentication.";
  return picked.verdict === "failure" ? picked.reason : undefined;
}

function endpointServiceError({ endpointService, source }: Draft, { loadBalancing }: Readings): string | undefined {
  const wrong = loadBalancing.data?.wrong[0];
  if (wrong) return wrong.rule;
  if (!loadBalancing.data || endpointService.readFor !== defaultsKey(source)) {
    return "The load balancers have not been read yet.";
  }
  const by = loadBalancing.data.authentications.find(({ authentication }) => authentication === endpointService.brokerAuthentication);
  if (by?.verdict === "failure") return by.reason;
  const { loadBalancers, services } = loadBalancing.data;
  switch (endpointService.extent) {
    case "everything":
      return undefined;
    case "onLoadBalancer":
      return (
        pickError(endpointService.loadBalancerArn, loadBalancers, ({ loadBalancer }) => loadBalancer.arn) ??
        (endpointService.loadBalancerArn === "" ? "Choose a load balancer." : undefined)
      );
    case "onService":
      return (
        pickError(endpointService.serviceId, services, ({ service }) => service.id) ??
        (endpointService.serviceId === "" ? "Choose an endpoint service." : undefined)
      );
  }
}

/** What stands against the offer that is picked; nothing where none is picked, which is said at the field. */
function pickError<T extends { verdict: Verdict; reason: string }>(
  picked: string,
  offers: readonly T[],
  idOf: (offer: T) => string,
): string | undefined {
  if (picked === "") return undefined;
  const offer = offers.find((one) => idOf(one) === picked);
  if (!offer) return "What was chosen to be used is not there any more. Choose another one, or make new ones.";
  return offer.verdict === "failure" ? offer.reason : undefined;
}

/** Why the checks do not let the wizard go on, and the ticks that are missing. */
export function checksError(draft: Draft, { checks }: Readings): { why: string | undefined; missing: readonly CheckId[] } {
  if (checks.loading || !checks.data) return { why: "Wait until the checks are done.", missing: [] };
  const found = checks.data.checks;
  if (found.some(({ verdict }) => verdict === "failure")) {
    return { why: "A check fails. Put it right and check again: going on is not possible.", missing: [] };
  }
  const ticked = draft.acceptedFor === choicesKey(draft) ? draft.accepted : [];
  const missing = found.filter(({ id, verdict }) => verdict !== "passed" && !ticked.includes(id)).map(({ id }) => id);
  return { why: missingWords(missing.length), missing };
}

function missingWords(count: number): string | undefined {
  if (count === 0) return undefined;
  return count === 1
    ? "One warning is not ticked yet. Tick it to go on, or change the choice."
    : `${count} warnings are not ticked yet. Tick them to go on, or change the choices.`;
}
