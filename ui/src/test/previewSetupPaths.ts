// What can be looked at in the preview of the wizard's three paths: the recommendation, and the network step of MSK
// multi-VPC connectivity and of an endpoint service, each in its states.
import type { Client } from "../ipc/client";
import { STEPS, type Draft, type StepName } from "../setup/draft";
import { NO_ENDPOINT_SERVICE, NO_MSK, type EndpointServiceDraft } from "../setup/pathDrafts";
import { defaultsKey, NO_SOURCE, type SourceDraft } from "../setup/sourceDraft";
import { refuses, silent } from "./fakeClient";
import { ordersAnalytics, webEvents } from "./fixtures";
import { ARN, clusterArn, smallCluster, sources, vpcs } from "./networkFixtures";
import { balancingPage, balancingWithOffers, brokersPage, CLUSTER_ARN, closedMskPage, endpointService, loadBalancer, mskPage, openMskPage } from "./networkFixturesPaths";
import type { PreviewState } from "./previewSetup";

const CLUSTER: SourceDraft = { ...NO_SOURCE, arn: CLUSTER_ARN };
const DATABASE: SourceDraft = { ...NO_SOURCE, arn: ARN };
const HOSTS: SourceDraft = {
  ...NO_SOURCE,
  kind: "hosts",
  hosts: "b-1.events.example.com:9092\nb-2.events.example.com:9092\nb-3.events.example.com:9092",
  addresses: "10.20.1.15\n10.20.2.15\n10.20.3.15",
  registry: "registry.events.example.com:8081",
  vpcId: vpcs[0]?.id ?? "",
};

const SERVICE: Partial<Draft> = { by: "key", organizationId: ordersAnalytics.organizationId, serviceId: ordersAnalytics.id };

function msk(step: StepName, over: Partial<Draft> = {}): Partial<Draft> {
  return {
    ...SERVICE,
    step: STEPS.indexOf(step),
    source: CLUSTER,
    path: "mskMultiVpc",
    msk: { ...NO_MSK, readFor: defaultsKey(CLUSTER), authentication: "saslIam", description: "events-msk" },
    ...over,
  };
}

function balancing(part: Partial<EndpointServiceDraft> = {}, source = DATABASE): Partial<Draft> {
  return {
    ...SERVICE,
    step: STEPS.indexOf("network"),
    source,
    path: "endpointService",
    endpointService: {
      ...NO_ENDPOINT_SERVICE,
      readFor: defaultsKey(source),
      subnetIds: balancingPage.defaultSubnetIds,
      name: "orders-postgres",
      description: "orders-postgres",
      ...part,
    },
  };
}

const denied = (action: string) => ({ code: "accessDenied" as const, action, message: "is not authorized to perform" });
const there: Partial<Client> = { loadBalancing: async () => balancingWithOffers };
const LONG = "a-name-as-long-as-aws-allows-it-to-be-and-then-some-more-of-it-up-to-the-63rd";

export const SETUP_PATH_STATES: Record<string, PreviewState> = {
  "path-msk": { draft: { source: CLUSTER, path: "mskMultiVpc" } },
  "path-serverless": { draft: { source: { ...NO_SOURCE, arn: clusterArn("audit-serverless") } } },
  "path-small": {
    answers: { sources: async () => ({ ...sources, sources: [smallCluster] }) },
    draft: { source: { ...NO_SOURCE, arn: smallCluster.arn } },
  },
  "path-hosts": { draft: { source: HOSTS } },
  "path-hosts-balanced": { draft: { source: HOSTS, path: "endpointService", pathPicked: true, answers: { runsOn: "vpcHost", clickpipesRegionSame: null, privateName: null }, ...SERVICE } },
  "path-asking": {
    draft: { source: { ...HOSTS, kind: "domainName", name: "orders.db.internal.example.com" }, answers: { runsOn: "vpcHost", clickpipesRegionSame: null, privateName: null }, ...SERVICE },
  },
  "path-loading": { answers: { advise: silent() }, draft: { source: CLUSTER } },
  "path-refused": { answers: { advise: refuses({ code: "internal", message: "not answered" }) }, draft: { source: CLUSTER } },
  "path-unfit": { draft: { ...msk("account"), source: DATABASE, path: "vpcResource", serviceId: webEvents.id } },
  "msk-network": { draft: msk("network") },
  "msk-network-open": { answers: { mskCluster: async () => openMskPage }, draft: msk("network") },
  "msk-network-closed": {
    answers: { mskCluster: async () => closedMskPage },
    draft: msk("network", { msk: { ...NO_MSK, readFor: defaultsKey(CLUSTER) } }),
  },
  "msk-network-loading": { answers: { mskCluster: silent() }, draft: msk("network") },
  "msk-network-denied": { answers: { mskCluster: refuses(denied("kafka:DescribeClusterV2")) }, draft: msk("network") },
  "msk-network-partly": {
    answers: { mskCluster: async () => ({ ...mskPage, policy: { statements: [], added: null, summary: "The policy could not be read." }, unread: [denied("kafka:GetClusterPolicy")] }) },
    draft: msk("network"),
  },
  "msk-network-long": { answers: { mskCluster: async () => ({ ...mskPage, name: LONG, clusterArn: clusterArn(LONG) }) }, draft: msk("network") },
  "balancing-network": { draft: balancing() },
  "balancing-brokers": { answers: { loadBalancing: async () => brokersPage }, draft: balancing({}, HOSTS) },
  "balancing-load-balancer": { answers: there, draft: balancing({ extent: "onLoadBalancer", loadBalancerArn: loadBalancer.arn }) },
  "balancing-service": { answers: there, draft: balancing({ extent: "onService", serviceId: endpointService.id }) },
  "balancing-wrong": {
    answers: { loadBalancing: async () => ({ ...balancingPage, hosts: [], wrong: [{ field: "source", rule: "The database was not found in this account and region." }] }) },
    draft: balancing(),
  },
  "balancing-loading": { answers: { loadBalancing: silent() }, draft: balancing() },
  "balancing-denied": { answers: { loadBalancing: refuses(denied("elasticloadbalancing:DescribeLoadBalancers")) }, draft: balancing() },
  "balancing-partly": {
    answers: { loadBalancing: async () => ({ ...balancingPage, subnets: [], unread: [denied("ec2:DescribeSubnets")] }) },
    draft: balancing(),
  },
};
