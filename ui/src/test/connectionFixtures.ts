// Values for connections of other accounts: to an endpoint service, each with whose it is, and to an MSK cluster.
import type { ConnectionRow, MskConnectionRow } from "../ipc/bindings";
import type { CommandClient } from "../ipc/client";
import { hours, pendingRow } from "./fixtures";

export const SERVICE_ID = "vpce-svc-0a1b2c3d4e5f60718";
export const SERVICE_NAME = `com.amazonaws.vpce.us-east-1.${SERVICE_ID}`;
export const CLUSTER = "arn:aws:kafka:us-east-1:111122223333:cluster/clickstream/5f0c7a3e-9d21-4b68-8c4f-1a2b3c4d5e6f-7";

/** The endpoint that ClickHouse reports. */
export const OURS = "vpce-0123456789abcdef0";
export const STRANGER = "vpce-0feedfacefeedface";
export const OTHER_CUSTOMER = "vpce-0ddddddddddddddd0";

function connection(id: string, over: Partial<ConnectionRow["connection"]> = {}): ConnectionRow["connection"] {
  return {
    serviceId: SERVICE_ID,
    vpcEndpointId: id,
    owner: "072088201116",
    region: "us-east-1",
    // The wire's letters, not the model's.
    state: "pendingAcceptance",
    createdAt: hours(-2),
    ...over,
  };
}

export const pendingOurs: ConnectionRow = {
  connection: connection(OURS),
  identity: { identity: "ours", endpointId: pendingRow.endpoint.id, description: "orders-postgres" },
  mayAccept: true,
  mayReject: true,
  why: `Owner and ID are those of your endpoint orders-postgres (${pendingRow.endpoint.id}).`,
};

export const availableOurs: ConnectionRow = {
  ...pendingOurs,
  connection: connection(OURS, { state: "Available" }),
  mayAccept: false,
};

export const foreign: ConnectionRow = {
  connection: connection(STRANGER, { owner: "999988887777" }),
  identity: { identity: "foreign" },
  mayAccept: false,
  mayReject: true,
  why: "It belongs to account 999988887777, not to ClickPipes' account.",
};

export const notProven: ConnectionRow = {
  connection: connection(OTHER_CUSTOMER, { region: null, createdAt: null }),
  identity: { identity: "clickPipesButUnknown" },
  mayAccept: false,
  mayReject: true,
  why: `It belongs to ClickPipes' account, but ClickHouse reports no endpoint of yours with the ID ${OTHER_CUSTOMER}: it can be another customer's.`,
};

export const serviceConnections = [pendingOurs, notProven, foreign];

const connectionArn = (owner: string, id: string) =>
  `arn:aws:kafka:us-east-1:111122223333:vpc-connection/${owner}/clickstream/${id}`;

export const mskConnections: MskConnectionRow[] = [
  {
    connection: {
      arn: connectionArn("072088201116", "11111111-2222-4333-8444-555555555555-7"),
      authentication: "SASL_IAM",
      state: "AVAILABLE",
      owner: "072088201116",
      createdAt: hours(-72),
    },
    clickpipes: true,
    mayReject: true,
  },
  {
    connection: {
      arn: connectionArn("999988887777", "66666666-7777-4888-8999-000000000000-7"),
      authentication: "SASL_SCRAM",
      state: "REJECTED",
      owner: "999988887777",
      createdAt: hours(-400),
    },
    clickpipes: false,
    mayReject: false,
  },
];

/** The answers of the commands about connections. */
export function connectionAnswers() {
  return {
    endpointConnections: async () => serviceConnections,
    acceptConnection: async () => null,
    rejectConnection: async () => null,
    mskConnections: async () => mskConnections,
    rejectMskConnection: async () => null,
  } satisfies Partial<CommandClient>;
}
