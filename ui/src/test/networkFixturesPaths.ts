// What the network step shows on the other two paths: the MSK cluster events-msk with its policy and authentications, and
// load balancers and endpoint services in front of orders-postgres.
import type {
  ConnectivityUpdate,
  EndpointService,
  EndpointServiceOffer,
  EndpointServicePage,
  HostRow,
  LoadBalancer,
  LoadBalancerOffer,
  MskPage,
} from "../ipc/bindings";
import { hex } from "./fixtures";
import { clusterArn, network, VPC } from "./networkFixtures";

export const CLUSTER_ARN = clusterArn("events-msk");

const off = { iam: false, scram: false, tls: false };

/** Multi-VPC connectivity that has to be turned on first, which takes hours. */
const update: ConnectivityUpdate = {
  previous: { ...off, scram: true },
  schemes: { ...off, scram: true, iam: true },
  usual: { fromMinutes: 15, toMinutes: 105 + 15 },
};

export const mskPage: MskPage = {
  clusterArn: CLUSTER_ARN,
  name: "events-msk",
  facts: [
    { label: "Type", value: "PROVISIONED" },
    { label: "State", value: "ACTIVE" },
    { label: "Kafka version", value: "2.8.1" },
    { label: "Brokers", value: "3 of kafka.m5.large" },
    { label: "Multi-VPC connectivity", value: "SASL/SCRAM" },
    { label: "VPC", value: VPC },
  ],
  subnets: network.subnets.slice(0, 2).map(({ subnet }) => subnet),
  authentications: [
    {
      authentication: "saslIam",
      onCluster: true,
      update,
      verdict: "passed",
      reason: "Multi-VPC connectivity is turned on for IAM first: usually 15 to 120 minutes, by an estimate.",
    },
    {
      authentication: "saslScram",
      onCluster: true,
      update: null,
      verdict: "failure",
      reason: "A connection of ClickPipes has it already.",
    },
  ],
  defaultAuthentication: "saslIam",
  connections: [],
  policy: {
    statements: [
      {
        name: "PartnerAccess",
        effect: "Allow",
        principals: ["arn:aws:iam::444455556666:root"],
        actions: ["kafka:CreateVpcConnection", "kafka:GetBootstrapBrokers"],
        conditional: true,
      },
    ],
    added: '{\n  "Sid": "Pipelink<run ID>",\n  "Effect": "Allow"\n}',
    summary: "One statement is added. All others stay as they are.",
  },
  description: "events-msk",
  unread: [],
};

/** Connectivity is on and ClickPipes may connect: nothing of the cluster is changed. */
export const openMskPage: MskPage = {
  ...mskPage,
  authentications: mskPage.authentications.map((row) => ({
    ...row,
    update: null,
    verdict: "passed",
    reason: "Multi-VPC connectivity is on already.",
  })),
  policy: { ...mskPage.policy, added: null, summary: "The policy lets ClickPipes connect already. It is not changed." },
};

/** Neither authentication can be chosen. */
export const closedMskPage: MskPage = {
  ...mskPage,
  authentications: mskPage.authentications.map((row) => ({ ...row, verdict: "failure", reason: "It is off on the cluster." })),
  defaultAuthentication: null,
};

function host(name: string, port: number, over: Partial<HostRow> = {}): HostRow {
  return {
    names: [name],
    addresses: [`10.20.1.${10 + (port % 100)}`],
    toldBy: "What the name resolves to now.",
    port,
    registry: false,
    loadBalancer: 1,
    ...over,
  };
}

export const loadBalancer: LoadBalancer = {
  arn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/orders-nlb/50dc6c495c0c9188",
  name: "orders-nlb",
  scheme: "internal",
  state: "active",
  vpcId: VPC,
  zones: [{ zone: "us-east-1a", subnetId: network.defaultSubnetIds[0] ?? "" }],
  securityGroupIds: ["sg-0c3e5a1b7d9f2468a"],
  enforcesInboundRules: true,
  addressType: "ipv4",
  crossZone: { state: "known", value: false },
  listeners: {
    state: "known",
    value: [
      {
        arn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/net/orders-nlb/50dc6c495c0c9188/1",
        protocol: "TCP",
        port: 5432,
        targetGroupArns: [],
        idleTimeout: { state: "known", value: 350 },
      },
    ],
  },
};

const otherLoadBalancer: LoadBalancer = {
  ...loadBalancer,
  arn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/web/60dc6c495c0c9199",
  name: "web",
  scheme: "internet-facing",
  securityGroupIds: [],
  enforcesInboundRules: null,
};

export const loadBalancerOffers: LoadBalancerOffer[] = [
  { loadBalancer, zoneIds: ["use1-az4"], leadsThere: true, verdict: "warning", reason: "It leads to the source, from one zone only." },
  { loadBalancer: otherLoadBalancer, zoneIds: [], leadsThere: false, verdict: "failure", reason: "It faces the internet." },
];

export const endpointService: EndpointService = {
  id: `vpce-svc-${hex("orders-service", 17)}`,
  serviceName: `com.amazonaws.vpce.us-east-1.vpce-svc-${hex("orders-service", 17)}`,
  name: "orders-service",
  state: "Available",
  acceptanceRequired: true,
  loadBalancerArns: [loadBalancer.arn],
  zones: ["us-east-1a"],
  zoneIds: ["use1-az4"],
  supportedRegions: [],
  privateDns: { privateDnsName: "orders.example.com", state: "verified", txtName: null, txtValue: null },
  principals: { state: "known", value: [] },
  connections: { state: "known", value: [] },
};

export const serviceOffers: EndpointServiceOffer[] = [
  {
    service: endpointService,
    letsClickpipes: false,
    connections: [],
    otherRegions: [],
    leadsThere: true,
    verdict: "passed",
    reason: "It leads to the source.",
  },
  {
    service: { ...endpointService, id: `vpce-svc-${hex("failed", 17)}`, name: null, state: "Failed", acceptanceRequired: false },
    letsClickpipes: null,
    connections: [],
    otherRegions: [],
    leadsThere: false,
    verdict: "failure",
    reason: "Its state is Failed.",
  },
];

/** Nothing is there: everything is made for one database. */
export const balancingPage: EndpointServicePage = {
  wrong: [],
  vpcId: VPC,
  vpcName: "prod",
  authentications: [],
  hosts: [host("orders-postgres.cluster-cx7k2m9qp4ab.us-east-1.rds.amazonaws.com", 5432)],
  loadBalancerCount: 1,
  layout: "One load balancer in front of the source, one service, one endpoint.",
  previewNeeded: false,
  subnets: network.subnets.map(({ subnet, sourceZone, verdict }) => ({
    subnet,
    sourceZone,
    verdict,
    reason: verdict === "failure" ? "Too few free addresses." : "Room for a load balancer.",
  })),
  defaultSubnetIds: network.defaultSubnetIds,
  defaultSecurityGroupIds: [],
  securityGroups: network.securityGroups,
  withoutGroups: { verdict: "passed", reason: "The source's groups let the subnets in on port 5432." },
  loadBalancers: [],
  services: [],
  name: "orders-postgres",
  description: "orders-postgres",
  unread: [],
};

/** The same with a load balancer and a service that are there already. */
export const balancingWithOffers: EndpointServicePage = {
  ...balancingPage,
  loadBalancers: loadBalancerOffers,
  services: serviceOffers,
};

/** Three brokers with the same port: a load balancer, a service and an endpoint for each, under their own names. */
export const brokersPage: EndpointServicePage = {
  ...balancingPage,
  hosts: [1, 2, 3].map((number) =>
    host(`b-${number}.events.example.com`, 9092, { addresses: [`10.20.${number}.15`], loadBalancer: number }),
  ),
  loadBalancerCount: 3,
  layout: "3 load balancers, 3 services and 3 endpoints: hosts with the same port are told apart by their names only.",
  previewNeeded: true,
  name: "events",
  description: "events",
};

/** The same of an MSK cluster, which takes one way to authenticate and not the other. */
export const mskBrokersPage = (scram: boolean): EndpointServicePage => ({
  ...brokersPage,
  authentications: [
    {
      authentication: "saslIam",
      port: 9098,
      verdict: scram ? "failure" : "passed",
      reason: scram ? "Cluster events-msk does not take IAM." : "Cluster events-msk takes IAM.",
    },
    { authentication: "saslScram", port: 9096, verdict: "passed", reason: "Cluster events-msk takes SCRAM." },
  ],
});
