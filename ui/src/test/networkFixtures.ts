// What the wizard's first pages list: the databases of the region, the services, the VPC's network, and what is there
// already and could be used.
import type {
  ConfigurationOffer,
  GatewayOffer,
  NetworkPage,
  ResourceConfiguration,
  ResourceGateway,
  Source,
  SourcesPage,
  SubnetRow,
  Vpc,
} from "../ipc/bindings";
import { coldArchive, hex, ordersAnalytics, service, webEvents } from "./fixtures";

export const ARN = "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres";
export const VPC = "vpc-0e79ac9aca8d7f7d3";
export const TLS_HOST = "orders-postgres.cluster-cx7k2m9qp4ab.us-east-1.rds.amazonaws.com";

function source(name: string, over: Partial<Source> = {}): Source {
  return {
    arn: `arn:aws:rds:us-east-1:111122223333:db:${name}`,
    name,
    what: "RDS for MySQL instance",
    engine: "mysql",
    status: "available",
    vpcId: VPC,
    port: 3306,
    path: "vpcResource",
    paths: ["vpcResource", "endpointService"],
    eligible: true,
    reason: "Private, in one VPC: a VPC resource reaches it by its ARN.",
    ...over,
  };
}

/** The ARN of an MSK cluster. */
export function clusterArn(name: string): string {
  return `arn:aws:kafka:us-east-1:111122223333:cluster/${name}/${hex(name, 8)}-7`;
}

function msk(name: string, over: Partial<Source>): Source {
  return source(name, {
    arn: clusterArn(name),
    what: "MSK cluster",
    engine: "kafka",
    status: "active",
    vpcId: null,
    port: null,
    path: "mskMultiVpc",
    paths: ["mskMultiVpc", "endpointService"],
    reason: "MSK multi-VPC connectivity fits: ClickHouse recommends it for MSK.",
    ...over,
  });
}

/** Too small for multi-VPC connectivity. */
export const smallCluster: Source = msk("clicks-small", {
  path: "endpointService",
  paths: ["endpointService"],
  reason: "Brokers of kafka.t3.small have no multi-VPC connectivity. VPC endpoint service fits.",
});

export const vpcs: Vpc[] = [
  { id: VPC, name: "prod", cidr: "10.20.0.0/16", isDefault: false },
  { id: "vpc-0a1f4c7e2b9d85630", name: "shared-services", cidr: "10.40.0.0/16", isDefault: false },
  { id: "vpc-0d93b1e5a7c2f4860", name: null, cidr: "172.31.0.0/16", isDefault: true },
];

export const sources: SourcesPage = {
  sources: [
    source("orders-postgres", { arn: ARN, what: "Aurora PostgreSQL cluster", engine: "postgres", port: 5432 }),
    source("inventory-mysql"),
    source("storefront-postgres", {
      arn: "arn:aws:rds:us-east-1:111122223333:cluster:storefront-postgres",
      what: "Aurora PostgreSQL cluster",
      engine: "postgres",
      port: 5432,
      eligible: false,
      reason: "It has a public address: make it private, or use the IP allow list.",
    }),
    msk("events-msk", {}),
    msk("audit-serverless", {
      what: "MSK Serverless cluster",
      path: "vpcResource",
      paths: ["vpcResource"],
      reason: "VPC resource fits MSK Serverless: a gateway that looks names up within the VPC, and custom private DNS.",
    }),
  ],
  vpcs,
  unread: [],
  services: {
    state: "known",
    value: [
      {
        service: ordersAnalytics,
        clickpipesRegion: { state: "region", region: "us-east-1", why: "Services in us-east-1 use it." },
      },
      {
        service: webEvents,
        clickpipesRegion: {
          state: "region",
          region: "eu-central-1",
          why: "Services in eu-west-1 made before 20 January 2026 use it.",
        },
      },
      {
        service: coldArchive,
        clickpipesRegion: { state: "region", region: "us-east-1", why: "Services in us-east-1 use it." },
      },
      {
        service: service("ads-gcp", { provider: "gcp", region: "us-central1" }),
        clickpipesRegion: { state: "notOnAws", provider: "gcp" },
      },
    ],
  },
};

function subnet(name: string, zone: string, cidr: string, over: Partial<SubnetRow> = {}): SubnetRow {
  return {
    subnet: {
      id: `subnet-${hex(name, 17)}`,
      name,
      vpcId: VPC,
      cidr,
      availabilityZone: "us-east-1a",
      availabilityZoneId: zone,
      availableAddresses: 243,
      ownerId: "111122223333",
      state: "available",
    },
    freeBlocks: { state: "counted", count: 12 },
    sourceZone: true,
    verdict: "passed",
    reason: "12 free /28 blocks.",
    ...over,
  };
}

const first = subnet("prod-data-1a", "use1-az4", "10.20.1.0/24");
const second = subnet("prod-data-1b", "use1-az6", "10.20.2.0/24");
export const GROUP = "sg-0c3e5a1b7d9f2468a";

export const network: NetworkPage = {
  vpcId: VPC,
  vpcName: "prod",
  subnets: [
    first,
    second,
    subnet("prod-tiny-1c", "use1-az1", "10.20.4.64/27", {
      freeBlocks: { state: "counted", count: 0 },
      verdict: "failure",
      sourceZone: false,
      reason: "No free /28 block: the gateway and the endpoint need one each.",
    }),
  ],
  securityGroups: [
    {
      group: {
        id: GROUP,
        name: "clickpipes-gateway",
        description: "Resource gateways for ClickPipes",
        vpcId: VPC,
        rules: [
          {
            id: "sgr-0a1b2c3d4e5f60718",
            egress: true,
            protocol: "-1",
            fromPort: null,
            toPort: null,
            peer: { kind: "ipv4", value: "0.0.0.0/0" },
          },
        ],
      },
      verdict: "passed",
      reason: "orders-db lets it in on port 5432.",
      decidingRules: ["sgr-0a1b2c3d4e5f60718"],
    },
    {
      group: { id: "sg-0d4f6b2c8e0a1357b", name: "locked-down", description: "No way out", vpcId: VPC, rules: [] },
      verdict: "failure",
      reason: "It lets nothing out, so the gateway would not reach port 5432.",
      decidingRules: [],
    },
  ],
  defaultSubnetIds: [first.subnet.id, second.subnet.id],
  defaultSecurityGroupIds: [GROUP],
  gateways: [],
  configurations: [],
  names: {
    gateway: "orders-postgres-gateway",
    configuration: "orders-postgres",
    share: "orders-postgres-clickpipes",
    description: "orders-postgres",
  },
  unread: [],
};


export const gateway: ResourceGateway = {
  id: "rgw-0c4e8a2f6b1d97350",
  arn: "arn:aws:vpc-lattice:us-east-1:111122223333:resourcegateway/rgw-0c4e8a2f6b1d97350",
  name: "shared-data-gateway",
  status: "ACTIVE",
  vpcId: VPC,
  subnetIds: [first.subnet.id, second.subnet.id],
  securityGroupIds: [GROUP],
  dnsResolution: "public",
  serviceManaged: false,
};

const inVpcGateway: ResourceGateway = {
  ...gateway,
  id: "rgw-07b3d5f9e1a2c8460",
  arn: "arn:aws:vpc-lattice:us-east-1:111122223333:resourcegateway/rgw-07b3d5f9e1a2c8460",
  name: "internal-names-gateway",
  dnsResolution: "inVpc",
};

export const configuration: ResourceConfiguration = {
  id: "rcfg-0f7a3c9e5b1d28460",
  arn: "arn:aws:vpc-lattice:us-east-1:111122223333:resourceconfiguration/rcfg-0f7a3c9e5b1d28460",
  name: "orders-postgres-reporting",
  status: "ACTIVE",
  failureReason: null,
  gatewayId: gateway.id,
  definition: { type: "database", arn: ARN },
};

export const gatewayOffers: GatewayOffer[] = [
  { gateway, zoneIds: ["use1-az4", "use1-az6"], verdict: "passed", reason: "ACTIVE, in the source's VPC, and it reaches port 5432." },
  {
    gateway: inVpcGateway,
    zoneIds: ["use1-az4"],
    verdict: "failure",
    reason: "It looks names up in the VPC, and such a gateway takes no database by its ARN.",
  },
];

export const configurationOffers: ConfigurationOffer[] = [
  { configuration, gateway, verdict: "passed", reason: "ACTIVE, and it leads to this database." },
];

/** The same network with a gateway and a configuration that are there already. */
export const networkWithOffers: NetworkPage = {
  ...network,
  gateways: gatewayOffers,
  configurations: configurationOffers,
};
