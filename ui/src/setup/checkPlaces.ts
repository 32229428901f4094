// Where the choice is made that a check judges, so that its card leads there. A check on what nobody chooses here has no
// such place: its remedy says what to do.
import type { CheckId } from "../ipc/bindings";
import type { Draft, StepName } from "./draft";

export interface CheckPlace {
  step: StepName;
  label: string;
}

const SOURCE: CheckPlace = { step: "source", label: "Change the source" };
const PATH: CheckPlace = { step: "source", label: "Change the source or path" };
const SERVICE: CheckPlace = { step: "account", label: "Change the service" };
const SUBNETS: CheckPlace = { step: "network", label: "Change the subnets" };
const GROUPS: CheckPlace = { step: "network", label: "Change the security groups" };
const AUTHENTICATION: CheckPlace = { step: "network", label: "Change the authentication" };
const NAMES: CheckPlace = { step: "network", label: "Change the names" };
const USED: CheckPlace = { step: "network", label: "Change what is used" };

const PLACES: Partial<Record<CheckId, CheckPlace>> = {
  clickPipesRegion: SERVICE,
  serviceAwake: SERVICE,
  multiRegionRight: SERVICE,
  notPublic: SOURCE,
  databaseAvailable: SOURCE,
  sameVpc: SOURCE,
  nameResolves: SOURCE,
  sourceNames: SOURCE,
  rdsProxy: SOURCE,
  targetAddress: SOURCE,
  mskType: PATH,
  mskVersion: PATH,
  mskInstance: PATH,
  mskUnauthenticated: PATH,
  mskAuthentication: AUTHENTICATION,
  mskAcls: AUTHENTICATION,
  mskConnectionFree: AUTHENTICATION,
  mskPolicy: { step: "network", label: "Look at the policy" },
  customDnsPreview: { step: "network", label: "Change the answer" },
  subnetOwner: SUBNETS,
  freeBlocks: SUBNETS,
  subnetSize: SUBNETS,
  zoneSpread: SUBNETS,
  networkAcls: SUBNETS,
  loadBalancerZones: SUBNETS,
  securityGroupPath: GROUPS,
  reuseFits: USED,
  quotas: USED,
  loadBalancerState: USED,
  loadBalancerScheme: USED,
  listenerPort: USED,
  targetHealth: USED,
  crossZone: USED,
  clientIpPreservation: USED,
  inboundRules: USED,
  idleTimeout: USED,
  serviceState: USED,
  names: NAMES,
  privateDnsName: NAMES,
};

/** What is there is used as it is: of it neither subnets nor security groups nor targets are chosen here. */
const OF_WHAT_IS_MADE: ReadonlySet<CheckPlace> = new Set([SUBNETS, GROUPS]);

/** The place of a check, in what was chosen. */
export function placeOf(id: CheckId, draft: Draft): CheckPlace | undefined {
  const place = PLACES[id];
  if (!place) return undefined;
  const standing = buildsUpon(draft);
  if (standing && (OF_WHAT_IS_MADE.has(place) || id === "targetAddress")) return USED;
  return place;
}

/** Whether something is used that is there already. */
function buildsUpon({ path, vpcResource, endpointService }: Draft): boolean {
  switch (path) {
    case "vpcResource":
      return vpcResource.extent !== "everything";
    case "endpointService":
      return endpointService.extent !== "everything";
    case "mskMultiVpc":
    case null:
      return false;
  }
}
