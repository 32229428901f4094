// What AWS bills for what one step makes, at AWS's own list price, asked for now. No price is known here: where AWS does
// not tell one, it is not known, and the set-up goes on all the same.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import type { Action, OutputName, Price } from "../ipc/bindings";
import { ProblemLine } from "../shared/ProblemAlert";
import type { CommandState } from "../shared/useCommand";

interface CostProps {
  action: Action;
  region: string;
  prices: CommandState<Price[]>;
}

export function Cost({ action, region, prices }: CostProps) {
  if (!prices.data) {
    return prices.problem ? (
      <StatusIndicator type="info" colorOverride="grey" wrapText>
        Not known. <ProblemLine problem={prices.problem} />{" "}
        <Button variant="inline-link" onClick={prices.reload} loading={prices.loading}>
          Ask again
        </Button>
      </StatusIndicator>
    ) : (
      <StatusIndicator type="loading">Asking AWS for its list price</StatusIndicator>
    );
  }
  const known = prices.data.filter(({ of }) => MAKES[action.action].includes(of));
  if (known.length === 0) {
    return (
      <StatusIndicator type="info" colorOverride="grey" wrapText>
        {LOOKED_UP.has(action.action) ? `Not known: AWS's price list names none for it in ${region}.` : "Pipelink does not look this price up."}{" "}
        See AWS&apos;s page of {PRICE_PAGES[action.action] ?? "PrivateLink"} prices.
      </StatusIndicator>
    );
  }
  return (
    <SpaceBetween size="xxs">
      {known.map((price) => (
        <div key={`${price.unit} ${price.description} ${price.usd}`}>
          <div>
            {trimmed(price.usd)} USD per {price.unit}
          </div>
          <Box variant="small" display="block">
            {price.description}
          </Box>
        </div>
      ))}
      <Box variant="small" display="block">
        AWS Price List, {region}
        {since(known)}
      </Box>
    </SpaceBetween>
  );
}

/** What Pipelink asks AWS's price list about. */
const LOOKED_UP: ReadonlySet<Action["action"]> = new Set<Action["action"]>(["createResourceGateway"]);

/** On which of AWS's pages a price stands that the list does not tell; PrivateLink's unless said otherwise. */
const PRICE_PAGES: Partial<Record<Action["action"], string>> = {
  createLoadBalancer: "Elastic Load Balancing",
  updateMskConnectivity: "Amazon MSK",
};

/** What each action makes that AWS could bill. */
const MAKES: Record<Action["action"], readonly OutputName[]> = {
  createResourceGateway: ["gatewayId"],
  createResourceConfiguration: ["configurationId", "configurationArn"],
  createConfigurationGroup: ["configurationId", "configurationArn"],
  createChildConfiguration: ["configurationId", "configurationArn"],
  createResourceShare: ["shareArn"],
  updateGatewaySecurityGroups: [],
  updateMskConnectivity: ["clusterArn"],
  allowInClusterPolicy: [],
  awaitMskConnection: [],
  readBootstrapBrokers: [],
  createTargetGroup: ["targetGroupArn"],
  createLoadBalancer: ["loadBalancerArn"],
  enableCrossZone: [],
  stopEnforcingInboundRules: [],
  createListener: ["listenerArn"],
  registerTargets: [],
  createEndpointService: ["endpointServiceId"],
  allowPrincipal: [],
  addSupportedRegion: ["endpointServiceId"],
  awaitDnsRecord: [],
  verifyPrivateDns: [],
  acceptEndpointConnection: [],
  awaitConnectionAcceptance: [],
  awaitEndpointConnection: [],
  createReversePrivateEndpoint: ["endpointId", "vpcEndpointId"],
  awaitShareAcceptance: [],
  awaitEndpointReady: [],
};

/** AWS writes ten decimals: the zeros at the end say nothing. At least two stay. */
export function trimmed(usd: string): string {
  return usd.replace(/(\.\d\d\d*?)0+$/, "$1");
}

/** Since when the prices hold, where they say so alike. */
function since(prices: readonly Price[]): string {
  const days = new Set(prices.map(({ effectiveFrom }) => effectiveFrom?.slice(0, 10) ?? ""));
  const [day] = days;
  return days.size === 1 && day ? `, in force since ${day}` : "";
}
