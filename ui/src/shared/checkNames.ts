// What each check looks at, in a few words: for a place that has only the check's ID, such as a run's record of what
// was accepted. Where the check itself is at hand, its own headline says more.
import type { CheckId } from "../ipc/bindings";

export const CHECK_NAMES: Record<CheckId, string> = {
  clickPipesRegion: "Region of the service's ClickPipes",
  partition: "AWS partition",
  notPublic: "No public address of the database",
  databaseAvailable: "State of the database",
  sameVpc: "VPC of the database",
  subnetOwner: "Owner of the subnets",
  freeBlocks: "Free /28 blocks in the subnets",
  subnetSize: "Size of the subnets",
  zoneSpread: "Availability zones of the subnets",
  securityGroupPath: "Path through the security groups",
  names: "Names",
  existingEndpoint: "An endpoint that reaches the source already",
  serviceAwake: "State of the ClickHouse service",
  networkAcls: "Path through the network ACLs",
  latticeInRegion: "VPC Lattice in the region",
  reuseFits: "Fit of what is there already",
  nameResolves: "Resolution of the domain name",
  quotas: "Room in the account's quotas",
  externalSharing: "Sharing outside of the organization",
  shareOnce: "One share for one endpoint",
};
