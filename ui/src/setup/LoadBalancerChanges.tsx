// What of a load balancer that is there is changed on the way, if the admin ticks it: never unasked, since others may use
// the load balancer. The checks offer the same.
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { EndpointServicePage, LoadBalancer, LoadBalancerChange } from "../ipc/bindings";
import { changeEndpointService, type Draft } from "./draft";
import type { EndpointServiceDraft } from "./pathDrafts";

export function LoadBalancerChanges({ page, draft: { endpointService } }: { page: EndpointServicePage; draft: Draft }) {
  const { changes } = endpointService;
  const used = usedLoadBalancers(page, endpointService);
  const offered = CHANGES.filter(({ change, applies }) => changes.includes(change) || used.some(applies));
  if (endpointService.extent === "everything" || offered.length === 0) return null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Of ${used.map(({ name }) => name).join(", ") || "the load balancer"}. Others may use it too: nothing is changed unless you tick it, and undoing the run changes it back.`}
        >
          Changes of the load balancer
        </Header>
      }
    >
      <SpaceBetween size="s">
        {offered.map(({ change, label, description }) => (
          <Checkbox
            key={change}
            checked={changes.includes(change)}
            description={description}
            onChange={({ detail }) => changeEndpointService({ changes: withChange(changes, change, detail.checked) })}
          >
            {label}
          </Checkbox>
        ))}
      </SpaceBetween>
    </Container>
  );
}

interface Offered {
  change: LoadBalancerChange;
  label: string;
  description: string;
  /** Whether there is something to change. */
  applies: (loadBalancer: LoadBalancer) => boolean;
}

const CHANGES: readonly Offered[] = [
  {
    change: "enableCrossZone",
    label: "Turn cross-zone load balancing on",
    description: "Traffic then reaches targets in every zone, whichever zone it comes in. AWS can bill the data between zones.",
    applies: ({ crossZone }) => crossZone.state === "known" && !crossZone.value,
  },
  {
    change: "stopEnforcingInboundRules",
    label: "Stop enforcing inbound rules on PrivateLink traffic",
    description: "The inbound rules of its security groups then do not count for what comes through endpoint services. They still count for all other traffic.",
    applies: ({ enforcesInboundRules }) => enforcesInboundRules === true,
  },
];

/** The load balancers that are there and used, as far as they were read. */
function usedLoadBalancers(page: EndpointServicePage, of: EndpointServiceDraft): LoadBalancer[] {
  const service = page.services.find((offer) => offer.service.id === of.serviceId)?.service;
  const arns = of.extent === "onLoadBalancer" ? [of.loadBalancerArn] : of.extent === "onService" ? (service?.loadBalancerArns ?? []) : [];
  return page.loadBalancers.map(({ loadBalancer }) => loadBalancer).filter(({ arn }) => arns.includes(arn));
}

/** The changes with one ticked or not, each once. */
export function withChange(all: readonly LoadBalancerChange[], change: LoadBalancerChange, on: boolean): LoadBalancerChange[] {
  const others = all.filter((one) => one !== change);
  return on ? [...others, change] : others;
}
