// What was chosen on the network step, for the review; what is used of what is there already stands in a part of its own.
import Button from "@cloudscape-design/components/button";
import type { KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";

import { customDnsEnabled, type Draft } from "./draft";
import { AUTHENTICATIONS } from "./MskNetwork";
import type { EndpointServiceDraft } from "./pathDrafts";

type Items = { label: string; value: string }[];

export function chosenItems(draft: Draft, onEdit: () => void): KeyValuePairsProps.Item[] {
  const dns: Items = customDnsEnabled(draft) && draft.path !== "mskMultiVpc" ? [{ label: "Custom private DNS", value: "Enabled, as you said" }] : [];
  return [...ofPath(draft), ...dns].map((item) => ({
    ...item,
    info: <EditLink what={item.label.toLowerCase()} onClick={onEdit} />,
  }));
}

function ofPath({ path, by, vpcResource, msk, endpointService }: Draft): Items {
  switch (path) {
    case "vpcResource":
      return vpcResource.extent === "everything" ? placeItems(vpcResource) : [];
    case "mskMultiVpc":
      return [{ label: "Authentication", value: msk.authentication === null ? "None" : AUTHENTICATIONS[msk.authentication] }];
    case "endpointService":
      return endpointServiceItems(endpointService, by === "key");
    case null:
      return [];
  }
}

function placeItems({ subnetIds, securityGroupIds }: { subnetIds: string[]; securityGroupIds: string[] }): Items {
  return [
    { label: "Subnets", value: subnetIds.join(", ") },
    { label: "Security groups", value: securityGroupIds.join(", ") || "None" },
  ];
}

function endpointServiceItems(of: EndpointServiceDraft, byKey: boolean): Items {
  const { extent, changes, privateDnsName, acceptance } = of;
  return [
    ...(extent === "everything" ? placeItems(of) : [{ label: "Changes of the load balancer", value: changes.map((it) => CHANGE_WORDS[it]).join(", ") || "None" }]),
    ...(extent !== "onService" && privateDnsName.trim() !== "" ? [{ label: "Private DNS name", value: privateDnsName.trim() }] : []),
    { label: "Acceptance", value: byKey && acceptance === "byRun" ? "By Pipelink, after comparing owner and endpoint ID" : "By you" },
  ];
}

const CHANGE_WORDS: Record<EndpointServiceDraft["changes"][number], string> = {
  enableCrossZone: "cross-zone load balancing on",
  stopEnforcingInboundRules: "inbound rules not enforced on PrivateLink traffic",
};

export function EditLink({ what, onClick }: { what: string; onClick: () => void }) {
  return (
    <Button variant="inline-link" ariaLabel={`Edit ${what}`} onClick={onClick}>
      Edit
    </Button>
  );
}
