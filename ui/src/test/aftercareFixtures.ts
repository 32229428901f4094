// Values for what can be done with a run after it ended: deleting what it made, and changing its gateway's groups.
import type { GatewayGroupsPage, Removal, SecurityGroupRow } from "../ipc/bindings";
import type { CommandClient } from "../ipc/client";

export const VPC = "vpc-0e79ac9aca8d7f7d3";
export const GATEWAY = "rgw-0f1e2d3c4b5a69788";
export const SHARE = "arn:aws:ram:us-east-1:111122223333:resource-share/9e2f6a10-77c4-4f0b-9d35-1234567890ab";
export const GROUPS = { now: "sg-0c3e5a1b7d9f2468a", other: "sg-0a9b8c7d6e5f41302", closed: "sg-0d4f6b2c8e0a1357b" };

/** Everything of the whole run, last thing first. */
export function removal(over: Partial<Removal> = {}): Removal {
  return {
    items: [
      {
        step: "endpoint",
        what: "Reverse private endpoint",
        id: "5a1d7c3e-0b2f-4c68-8d94-0a1b2c3d4e5f",
        call: "clickPipeReversePrivateEndpointDelete",
        onlyIfAsked: false,
      },
      { step: "share", what: "Resource share", id: SHARE, call: "ram:DeleteResourceShare", onlyIfAsked: false },
      {
        step: "configuration",
        what: "Resource configuration",
        id: "rcfg-0a9b8c7d6e5f41302",
        call: "vpc-lattice:DeleteResourceConfiguration",
        onlyIfAsked: false,
      },
      { step: "gateway", what: "Resource gateway", id: GATEWAY, call: "vpc-lattice:DeleteResourceGateway", onlyIfAsked: false },
    ],
    breaks: [],
    unread: [],
    ...over,
  };
}

/** A pipe reads through the endpoint, and another one most likely does. */
export const breaking: Removal = removal({
  breaks: [
    {
      what: "ClickPipe",
      name: "orders CDC",
      because: "It names this endpoint.",
      inferred: false,
    },
    {
      what: "ClickPipe",
      name: "orders history",
      because: "It connects to one of the endpoint's DNS names.",
      inferred: true,
    },
  ],
});

/** Whether a pipe uses the endpoint could not be read. */
export const partlyRead: Removal = removal({
  unread: [{ code: "keyForbidden", operation: "clickPipeGetList", message: "403" }],
});

function group(id: string, name: string, verdict: SecurityGroupRow["verdict"], reason: string): SecurityGroupRow {
  return {
    group: { id, name, description: "", vpcId: VPC, rules: [] },
    verdict,
    reason,
    decidingRules: [],
  };
}

export const gatewayGroups: GatewayGroupsPage = {
  gateway: {
    id: GATEWAY,
    arn: `arn:aws:vpc-lattice:us-east-1:111122223333:resourcegateway/${GATEWAY}`,
    name: "orders-postgres-gateway",
    status: "ACTIVE",
    vpcId: VPC,
    subnetIds: [],
    securityGroupIds: [GROUPS.now],
    dnsResolution: "public",
    serviceManaged: false,
  },
  groups: [
    group(GROUPS.now, "clickpipes-gateway", "passed", "orders-db lets it in on port 5432."),
    group(GROUPS.other, "data-clients", "passed", "orders-db lets it in on port 5432."),
    group(GROUPS.closed, "locked-down", "failure", "It lets nothing out, so the gateway would not reach port 5432."),
  ],
};

/** The run that a change of groups begins. */
export const GROUP_RUN = "0199c1ab-0000-7c3e-9a44-2b7f1e6d8c06";

/** The answers of the commands that come after a run. */
export function aftercareAnswers() {
  return {
    removal: async () => removal(),
    gatewayGroups: async () => gatewayGroups,
    changeGatewayGroups: async () => GROUP_RUN,
  } satisfies Partial<CommandClient>;
}
