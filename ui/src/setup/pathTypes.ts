// The three paths by name, and the shapes that the choices of each have: read off the one type that Rust takes.
import type { Choices, PathKind } from "../ipc/bindings";

type ChoicesOf<Path extends PathKind> = Extract<Choices, { path: Path }>;

export type VpcResourceChoices = ChoicesOf<"vpcResource">;
export type MskChoices = ChoicesOf<"mskMultiVpc">;
export type EndpointServiceChoices = ChoicesOf<"endpointService">;

export type VpcResourceSource = VpcResourceChoices["source"];
export type EndpointServiceSource = EndpointServiceChoices["source"];

/** What of a VPC resource is made, and what is there already. */
export type VpcResourceExtent = VpcResourceChoices["extent"];
/** What of an endpoint service is made, and what is there already. */
export type EndpointServiceExtent = EndpointServiceChoices["extent"];

/** The paths as AWS and ClickHouse call them. */
export const PATH_NAMES: Record<PathKind, string> = {
  vpcResource: "VPC resource",
  mskMultiVpc: "MSK multi-VPC connectivity",
  endpointService: "VPC endpoint service",
};
