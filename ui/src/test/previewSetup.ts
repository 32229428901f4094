// What can be looked at of the wizard in the preview: each step in each of its states, with the choices that lead there.
import type { Check, ReviewPage, Source, Vpc } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { STEPS, type Draft, type StepName } from "../setup/draft";
import { NO_VPC_RESOURCE, type VpcResourceDraft } from "../setup/pathDrafts";
import { defaultsKey, NO_SOURCE, type SourceDraft } from "../setup/sourceDraft";
import type { FakeOptions } from "./fakeClient";
import { refuses, silent } from "./fakeClient";
import { ordersAnalytics } from "./fixtures";
import { ARN, configuration, gateway, network, networkWithOffers, sources, vpcs } from "./networkFixtures";
import { SETUP_PATH_STATES } from "./previewSetupPaths";
import { failedCheck, passedCheck, plan, review, reviewPage, topology, warningCheck } from "./setupFixtures";

export interface PreviewState {
  answers?: Partial<Client>;
  options?: FakeOptions;
  /** Choices made already. */
  draft?: Partial<Draft>;
}

const DATABASE: SourceDraft = { ...NO_SOURCE, arn: ARN };
const NAME: SourceDraft = {
  ...NO_SOURCE,
  kind: "domainName",
  name: "orders.db.internal.example.com",
  resolution: "inVpc",
  vpcId: vpcs[0]?.id ?? "",
};

/** The choices with which a step is shown. */
function at(step: StepName, over: Partial<Draft> = {}): Partial<Draft> {
  const source = over.source ?? DATABASE;
  return {
    step: STEPS.indexOf(step),
    source,
    by: "key",
    organizationId: ordersAnalytics.organizationId,
    serviceId: ordersAnalytics.id,
    path: "vpcResource",
    vpcResource: {
      ...NO_VPC_RESOURCE,
      readFor: defaultsKey(source),
      subnetIds: network.defaultSubnetIds,
      securityGroupIds: network.defaultSecurityGroupIds,
      names: network.names,
    },
    ...over,
  };
}

/** The same with something of AWS used that is there. */
function onThere(part: Partial<VpcResourceDraft>): Partial<Draft> {
  return { vpcResource: { ...NO_VPC_RESOURCE, ...at("network").vpcResource, ...part } };
}

const denied = (action: string) => ({ code: "accessDenied" as const, action, message: "is not authorized to perform" });

const LONG = "a-name-as-long-as-aws-allows-it-to-be-and-then-some-more-of-it-up-to-the-63rd";

const [first, second] = sources.sources;
const model = first as Source;
const many: Source[] = Array.from({ length: 5000 }, (_, index) => ({
  ...model,
  arn: `${ARN}-${index}`,
  name: `orders-${index}`,
}));
const manyVpcs: Vpc[] = Array.from({ length: 300 }, (_, index) => ({
  id: `vpc-${index.toString(16).padStart(17, "0")}`,
  name: index % 3 === 0 ? null : `team-${index}`,
  cidr: `10.${index % 256}.0.0/16`,
  isDefault: false,
}));

const unanswered: Check = {
  id: "quotas",
  verdict: "notKnown",
  headline: "Not known whether the quotas of the account leave room",
  evidence: ["servicequotas:ListServiceQuotas was refused"],
  why: "With a quota used up, AWS refuses to create the gateway or the configuration.",
  remedy: { text: "Ask for servicequotas:ListServiceQuotas, or look at the quotas of VPC Lattice in the console.", command: null, button: "retry" },
};

/** A review whose names are as long as they can be. */
const longReview: ReviewPage = {
  ...reviewPage,
  plan: { ...plan, source: { ...plan.source, name: LONG } },
  steps: review.map((step) => ({ ...step, result: `${step.result} ${LONG}`, cli: `${step.cli} --tags '${LONG}'` })),
  topology: { ...topology, nodes: topology.nodes.map((node) => ({ ...node, name: node.name === null ? null : LONG })) },
};

const reuse: ReviewPage = {
  ...reviewPage,
  plan: {
    ...plan,
    uses: [
      {
        what: "resourceGateway",
        id: gateway.id,
        name: gateway.name,
        subnetIds: gateway.subnetIds,
        securityGroupIds: gateway.securityGroupIds,
      },
    ],
    steps: plan.steps.slice(1),
  },
  steps: review.slice(1),
  topology: {
    ...topology,
    nodes: topology.nodes.map((node) =>
      node.id === "gateway" ? { ...node, name: gateway.name, resourceId: gateway.id, step: null } : node,
    ),
  },
};

const withOffers: Partial<Client> = { network: async () => networkWithOffers };

export const SETUP_STATES: Record<string, PreviewState> = {
  "setup-source": { draft: { source: DATABASE } },
  "setup-name": { draft: { source: NAME } },
  "setup-name-wrong": {
    draft: { source: { ...NAME, name: "orders db" } },
    answers: {
      validate: async () => [
        { field: "source", rule: "Use a domain name: letters, digits and hyphens, with dots between them." },
        { field: "ports", rule: "Use ports and ranges of ports from 1 to 65535." },
      ],
    },
  },
  "setup-address": { draft: { source: { ...NAME, kind: "ipAddress", address: "10.20.1.15" } } },
  "setup-loading": { answers: { sources: silent() } },
  "setup-empty": { answers: { sources: async () => ({ ...sources, sources: [] }) } },
  "setup-one": { answers: { sources: async () => ({ ...sources, sources: [model] }) } },
  "setup-denied": { answers: { sources: refuses(denied("rds:DescribeDBClusters")) } },
  "setup-offline": {
    answers: { sources: refuses({ code: "unreachable", party: "aws", operation: "DescribeDBClusters", message: "timed out" }) },
  },
  "setup-partly": {
    answers: { sources: async () => ({ ...sources, sources: second ? [second] : [], unread: [denied("rds:DescribeDBClusters")] }) },
  },
  "setup-many": { answers: { sources: async () => ({ ...sources, sources: many, vpcs: manyVpcs }) } },
  "setup-long": {
    answers: { sources: async () => ({ ...sources, sources: [{ ...model, name: LONG }, { ...model, arn: "b", name: `${LONG}${LONG}` }] }) },
    draft: { source: DATABASE },
  },
  "setup-account": { draft: at("account") },
  "setup-account-keyless": {
    answers: { sources: async () => ({ ...sources, services: { state: "unknown", problem: { code: "keyMissing" } } }) },
    draft: at("account"),
  },
  "setup-network": { answers: withOffers, draft: at("network") },
  "setup-network-new": { draft: at("network") },
  "setup-network-loading": { answers: { network: silent() }, draft: at("network") },
  "setup-network-denied": { answers: { network: refuses(denied("ec2:DescribeSubnets")) }, draft: at("network") },
  "setup-network-partly": {
    answers: { network: async () => ({ ...network, subnets: [], unread: [denied("ec2:DescribeSubnets")] }) },
    draft: at("network"),
  },
  "setup-gateway": { answers: withOffers, draft: at("network", onThere({ extent: "onGateway", gatewayId: gateway.id })) },
  "setup-configuration": {
    answers: withOffers,
    draft: at("network", onThere({ extent: "onConfiguration", configurationId: configuration.id })),
  },
  "setup-checks": {
    answers: { checks: async () => ({ checks: [failedCheck, warningCheck, unanswered, passedCheck], existing: null }) },
    draft: at("checks"),
  },
  "setup-checks-loading": { answers: { checks: silent() }, draft: at("checks") },
  "setup-review": { draft: at("review") },
  "setup-review-reuse": {
    answers: { ...withOffers, review: async () => reuse },
    draft: at("review", onThere({ extent: "onGateway", gatewayId: gateway.id })),
  },
  "setup-review-accepted": {
    draft: { ...at("review"), accepted: [warningCheck.id, unanswered.id], findings: [warningCheck, unanswered, passedCheck] },
  },
  "setup-review-noprice": { answers: { prices: refuses(denied("pricing:GetProducts")) }, draft: at("review") },
  ...SETUP_PATH_STATES,
  "setup-review-long": { answers: { review: async () => longReview }, draft: at("review") },
};
