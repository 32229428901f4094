// The Network Load Balancers that are there already, each with the answer to "can an endpoint service be made on it, and
// does it lead to the source".
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import type { TableProps } from "@cloudscape-design/components/table";

import type { LoadBalancer, LoadBalancerOffer } from "../ipc/bindings";
import { FactList, FIT_COLUMN, LeadsThere, NamedCell } from "./offerCells";
import { PickTable } from "./PickTable";

interface LoadBalancerTableProps {
  offers: readonly LoadBalancerOffer[];
  picked: string;
  onPick: (arn: string) => void;
}

export function LoadBalancerTable({ offers, picked, onPick }: LoadBalancerTableProps) {
  return (
    <PickTable<LoadBalancerOffer>
      label="Load balancers"
      header={
        <Header
          variant="h2"
          counter={`(${offers.length})`}
          description="The one you choose stays as it is, except for what you tick below."
        >
          Network Load Balancers that are there
        </Header>
      }
      items={offers}
      columns={COLUMNS}
      idOf={({ loadBalancer }) => loadBalancer.arn}
      nameOf={({ loadBalancer }) => loadBalancer.name}
      textOf={({ loadBalancer }) => `${loadBalancer.name} ${loadBalancer.arn}`}
      picked={picked === "" ? [] : [picked]}
      onPick={([arn]) => arn !== undefined && onPick(arn)}
      isDisabled={({ verdict }) => verdict === "failure"}
      empty={<Box color="text-body-secondary">No Network Load Balancer in this VPC.</Box>}
    />
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<LoadBalancerOffer>[] = [
  {
    id: "loadBalancer",
    header: "Load balancer",
    isRowHeader: true,
    minWidth: 160,
    cell: ({ loadBalancer: { name, state, scheme } }) => <NamedCell name={name} id={scheme} status={state} />,
  },
  {
    ...FIT_COLUMN,
    cell: (offer) => (
      <>
        {FIT_COLUMN.cell(offer)}
        <LeadsThere leads={offer.leadsThere} />
      </>
    ),
  },
  {
    id: "where",
    header: "As it is",
    minWidth: 210,
    cell: ({ loadBalancer, zoneIds }) => (
      <>
        <FactList facts={[`Zones: ${zoneIds.join(", ") || "not known"}`, ...facts(loadBalancer)]} />
        {loadBalancer.enforcesInboundRules === true && <Badge color="severity-medium">Enforces inbound rules</Badge>}
      </>
    ),
  },
];

function facts({ listeners, crossZone, securityGroupIds }: LoadBalancer): string[] {
  return [
    listeners.state === "known"
      ? `Listeners: ${listeners.value.map(({ protocol, port }) => `${protocol} ${port}`).join(", ") || "none"}`
      : "Listeners not known",
    // Read only of the one picked: of the others there is nothing to say.
    ...(crossZone.state === "known" ? [`Cross-zone load balancing ${crossZone.value ? "on" : "off"}`] : []),
    `Security groups: ${securityGroupIds.join(", ") || "none"}`,
  ];
}
