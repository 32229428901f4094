// What the wizard reads from Rust: sources, network, checks and review, each for exactly the choices it was read
// for: what was read for other choices is never shown. The checks are read afresh each time their step is opened.
import { useEffect } from "react";

import type {
  ChecksPage,
  EndpointServicePage,
  MskAuthentication,
  MskPage,
  NetworkPage,
  Price,
  ReversePrivateEndpoint,
  ReviewPage,
  ServiceRow,
  SourcesPage,
} from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useChanged, useCommand, type CommandState } from "../shared/useCommand";
import {
  change,
  changeEndpointService,
  changeMsk,
  changeSource,
  changeVpcResource,
  choicesKey,
  choicesOf,
  pairKey,
  sourceKey,
  STEPS,
  type Draft,
} from "./draft";
import { clusterOf, defaultsKey, endpointServiceSource, vpcResourceSource } from "./sourceDraft";
import { useAdvice, type AdviceReading } from "./useAdvice";
import { useReading } from "./useReading";

export interface Readings {
  sources: CommandState<SourcesPage>;
  /** The services, where they could be read. */
  services: ServiceRow[] | undefined;
  /** A Ready endpoint of the chosen service that reaches the source already; `null` where there is none. */
  existing: CommandState<ReversePrivateEndpoint | null>;
  advice: AdviceReading;
  /** What the network step shows, each for its own path: only that of the path taken is read. */
  network: CommandState<NetworkPage>;
  msk: CommandState<MskPage>;
  loadBalancing: CommandState<EndpointServicePage>;
  checks: CommandState<ChecksPage>;
  review: CommandState<ReviewPage>;
  /** AWS's prices of what it bills, in the region, read for the review. */
  prices: CommandState<Price[]>;
}

const SOURCE = STEPS.indexOf("source");
const ACCOUNT = STEPS.indexOf("account");
const CHECKS = STEPS.indexOf("checks");
const REVIEW = STEPS.indexOf("review");

export function useReadings(draft: Draft, region: string): Readings {
  const client = useClient();
  const sources = useCommand(() => client.sources(), [client]);
  useChanged((what) => {
    if (what === "account") sources.reload();
  });
  const advice = useAdvice(draft, sources.data, region);
  const key = choicesKey(draft);
  // Read one step ahead, while the admin looks at the account and the service.
  const source = sourceKey(draft);
  const readFor = (path: Draft["path"]) => (draft.step > SOURCE && draft.path === path && source !== "" ? source : null);
  const network = useReading(readFor("vpcResource"), () => client.network(vpcResourceSource(draft.source)));
  const msk = useReading(readFor("mskMultiVpc"), () => client.mskCluster(clusterOf(draft.source)));
  const loadBalancing = useReading(readFor("endpointService"), () =>
    client.loadBalancing(endpointServiceSource(draft.source, draft.endpointService.brokerAuthentication)),
  );
  const paired = draft.step === ACCOUNT && draft.by === "key" && source !== "" && draft.serviceId !== "";
  const existing = useReading(paired ? pairKey(draft) : null, () => client.existingEndpoint(choicesOf(draft)));
  const checks = useReading(draft.step === CHECKS ? key : null, () => client.checks(choicesOf(draft)));
  const review = useReading(draft.step === REVIEW ? key : null, () => client.review(choicesOf(draft)));
  const prices = useReading(draft.step === REVIEW ? "prices" : null, () => client.prices());

  // One VPC is no choice.
  const vpcs = sources.data?.vpcs;
  const onlyVpc = vpcs?.length === 1 ? vpcs[0]?.id : undefined;
  useEffect(() => {
    if (onlyVpc !== undefined && draft.source.vpcId === "") changeSource({ vpcId: onlyVpc });
  }, [onlyVpc, draft.source.vpcId]);

  // Without services to choose from, the endpoint is created by hand.
  const services = sources.data?.services;
  const known = services?.state;
  useEffect(() => {
    if (known === undefined) return;
    if (known === "unknown") change({ by: "hand", byPicked: false });
    else if (!draft.byPicked) change({ by: "key" });
  }, [known, draft.byPicked]);

  useDefaults(draft, network.data, msk.data, loadBalancing.data);

  // Ticks belong to the choices they were made for.
  const shown = checks.data !== undefined;
  useEffect(() => {
    if (shown && draft.acceptedFor !== key) change({ accepted: [], acceptedFor: key });
  }, [shown, draft.acceptedFor, key]);

  // The review names the ticked warnings by what was found.
  const found = checks.data;
  useEffect(() => {
    if (found) change({ findings: found.checks });
  }, [found]);

  return {
    sources,
    services: services?.state === "known" ? services.value : undefined,
    existing,
    advice,
    network,
    msk,
    loadBalancing,
    checks,
    review,
    prices,
  };
}

/** The defaults of a source are taken once; from then on the picks are the admin's. */
function useDefaults(
  { source, vpcResource, msk, endpointService }: Draft,
  network: NetworkPage | undefined,
  cluster: MskPage | undefined,
  balancing: EndpointServicePage | undefined,
): void {
  const readFor = defaultsKey(source);
  useEffect(() => {
    if (!network || vpcResource.readFor === readFor) return;
    changeVpcResource({
      readFor,
      extent: "everything",
      gatewayId: "",
      configurationId: "",
      subnetIds: network.defaultSubnetIds,
      securityGroupIds: network.defaultSecurityGroupIds,
      names: network.names,
    });
  }, [network, readFor, vpcResource.readFor]);
  useEffect(() => {
    if (!cluster || msk.readFor === readFor) return;
    changeMsk({ readFor, authentication: cluster.defaultAuthentication, description: cluster.description });
  }, [cluster, readFor, msk.readFor]);
  useEffect(() => {
    if (!balancing || endpointService.readFor === readFor) return;
    // What the cluster does not take is no default; everything else is read again for the other one's port.
    const taken = takenInstead(balancing, endpointService.brokerAuthentication);
    if (taken) {
      changeEndpointService({ brokerAuthentication: taken });
      return;
    }
    // Of a source that is not understood there are no defaults.
    if (balancing.wrong.length > 0) return;
    changeEndpointService({
      readFor,
      extent: "everything",
      loadBalancerArn: "",
      serviceId: "",
      subnetIds: balancing.defaultSubnetIds,
      securityGroupIds: balancing.defaultSecurityGroupIds,
      name: balancing.name,
      changes: [],
      privateDnsName: "",
      description: balancing.description,
    });
  }, [balancing, readFor, endpointService.readFor, endpointService.brokerAuthentication]);
}

/** Another authentication that can be chosen, where the one that is cannot. */
function takenInstead({ authentications }: EndpointServicePage, chosen: MskAuthentication): MskAuthentication | undefined {
  const row = authentications.find(({ authentication }) => authentication === chosen);
  if (row?.verdict !== "failure") return undefined;
  return authentications.find(({ verdict }) => verdict !== "failure")?.authentication;
}
