// What is made and what is used of what is there already. Shown only where something is there: what fits comes first.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tiles, { type TilesProps } from "@cloudscape-design/components/tiles";

import type { NetworkPage } from "../ipc/bindings";
import { changeVpcResource, type Draft } from "./draft";
import { Field } from "./Field";
import { bestOf, OfferWords } from "./offerTiles";
import type { VpcResourceDraft } from "./pathDrafts";
import type { VpcResourceExtent } from "./pathTypes";

export function ExtentChoice({ page, draft }: { page: NetworkPage; draft: Draft }) {
  if (page.gateways.length === 0 && page.configurations.length === 0) return <NothingThere page={page} />;
  return (
    <Field
      label="What is there, and what is made"
      description="What is used and not made by this run stays as it is: undoing the run never touches it."
      stretch
    >
      <Tiles
        value={draft.vpcResource.extent}
        onChange={({ detail }) => changeVpcResource(extentPart(detail.value as VpcResourceExtent["extent"], page, draft.vpcResource))}
        columns={page.gateways.length > 0 && page.configurations.length > 0 ? 3 : 2}
        items={tiles(page, draft.by === "hand")}
      />
    </Field>
  );
}

/** Nothing can be used again; said only where everything could be read. */
function NothingThere({ page }: { page: NetworkPage }) {
  if (page.unread.length > 0) return null;
  return (
    <StatusIndicator type="info" colorOverride="grey" wrapText>
      No resource gateway is in this VPC, and no resource configuration leads to this source: both are made new.
    </StatusIndicator>
  );
}

function tiles(page: NetworkPage, byHand: boolean): TilesProps.TilesDefinition[] {
  const endpoint = byHand ? "" : " and an endpoint";
  const ofConfiguration = {
    value: "onConfiguration",
    label: "Use a resource configuration that is there",
    description: (
      <OfferWords offers={page.configurations}>
        It leads to this source already. Only a share{endpoint} {byHand ? "is" : "are"} made.
      </OfferWords>
    ),
  };
  const ofGateway = {
    value: "onGateway",
    label: "Use a resource gateway that is there",
    description: (
      <OfferWords offers={page.gateways}>
        A configuration on it, {byHand ? "and a share" : "a share and an endpoint"} are made.
      </OfferWords>
    ),
  };
  return [
    ...(page.configurations.length > 0 ? [ofConfiguration] : []),
    ...(page.gateways.length > 0 ? [ofGateway] : []),
    {
      value: "everything",
      label: "Make new ones",
      description: `A gateway, a configuration${byHand ? " and a share" : ", a share and an endpoint"} are made, and undoing the run removes all of them.`,
    },
  ];
}

/** The extent with its best fit picked, unless the admin picked one before. */
function extentPart(extent: VpcResourceExtent["extent"], page: NetworkPage, draft: VpcResourceDraft): Partial<VpcResourceDraft> {
  switch (extent) {
    case "everything":
      return { extent };
    case "onGateway":
      return { extent, gatewayId: draft.gatewayId || (bestOf(page.gateways)?.gateway.id ?? "") };
    case "onConfiguration":
      return { extent, configurationId: draft.configurationId || (bestOf(page.configurations)?.configuration.id ?? "") };
  }
}
