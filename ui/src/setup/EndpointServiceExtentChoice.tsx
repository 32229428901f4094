// What is made for an endpoint service and what is used of what is there already. Shown only where something is there.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tiles, { type TilesProps } from "@cloudscape-design/components/tiles";

import type { EndpointServicePage } from "../ipc/bindings";
import { changeEndpointService, type Draft } from "./draft";
import { Field } from "./Field";
import { bestOf, OfferWords } from "./offerTiles";
import type { EndpointServiceDraft } from "./pathDrafts";
import type { EndpointServiceExtent } from "./pathTypes";

type Extent = EndpointServiceExtent["extent"];

export function EndpointServiceExtentChoice({ page, draft }: { page: EndpointServicePage; draft: Draft }) {
  const { loadBalancers, services } = page;
  if (loadBalancers.length === 0 && services.length === 0) {
    return page.unread.length > 0 ? null : (
      <StatusIndicator type="info" colorOverride="grey" wrapText>
        This VPC has no Network Load Balancer and no endpoint service: the run makes both.
      </StatusIndicator>
    );
  }
  return (
    <Field
      label="What is there, and what is made"
      description="Undoing the run removes only what the run made."
      stretch
    >
      <Tiles
        value={draft.endpointService.extent}
        onChange={({ detail }) => changeEndpointService(extentPart(detail.value as Extent, page, draft.endpointService))}
        columns={loadBalancers.length > 0 && services.length > 0 ? 3 : 2}
        items={tiles(page, draft.by === "hand")}
      />
    </Field>
  );
}

function tiles({ loadBalancers, services, loadBalancerCount }: EndpointServicePage, byHand: boolean): TilesProps.TilesDefinition[] {
  const endpoint = byHand ? "" : " and an endpoint";
  const onService: TilesProps.TilesDefinition = {
    value: "onService",
    label: "Use an endpoint service that is there",
    description: (
      <OfferWords offers={services}>
        Only what it lacks{endpoint} {byHand ? "is" : "are"} made.
      </OfferWords>
    ),
  };
  const onLoadBalancer: TilesProps.TilesDefinition = {
    value: "onLoadBalancer",
    label: "Use a load balancer that is there",
    description: (
      <OfferWords offers={loadBalancers}>
        An endpoint service on it{endpoint} {byHand ? "is" : "are"} made.
      </OfferWords>
    ),
  };
  return [
    ...(services.length > 0 ? [onService] : []),
    ...(loadBalancers.length > 0 ? [onLoadBalancer] : []),
    {
      value: "everything",
      label: loadBalancerCount > 1 ? "Make new ones for each host" : "Make new ones",
      description: `Load balancer, target group, listener, service${byHand ? "" : " and endpoint"} are made, and undoing the run removes all of them.`,
    },
  ];
}

/** The extent with its best fit picked, unless the admin picked one before. */
function extentPart(extent: Extent, page: EndpointServicePage, of: EndpointServiceDraft): Partial<EndpointServiceDraft> {
  switch (extent) {
    case "everything":
      return { extent };
    case "onLoadBalancer":
      return { extent, changes: [], loadBalancerArn: of.loadBalancerArn || (bestOf(page.loadBalancers)?.loadBalancer.arn ?? "") };
    case "onService":
      return { extent, changes: [], serviceId: of.serviceId || (bestOf(page.services)?.service.id ?? "") };
  }
}
