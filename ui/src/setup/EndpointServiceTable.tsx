// The endpoint services that are there already, each with the answer to "can it be built upon": whom it lets in, who has
// connected, from which regions, and whether it leads to the source.
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import type { TableProps } from "@cloudscape-design/components/table";

import type { EndpointServiceOffer } from "../ipc/bindings";
import { FactList, FIT_COLUMN, LeadsThere, NamedCell } from "./offerCells";
import { PickTable } from "./PickTable";

interface EndpointServiceTableProps {
  offers: readonly EndpointServiceOffer[];
  picked: string;
  onPick: (id: string) => void;
}

export function EndpointServiceTable({ offers, picked, onPick }: EndpointServiceTableProps) {
  return (
    <PickTable<EndpointServiceOffer>
      label="Endpoint services"
      header={
        <Header
          variant="h2"
          counter={`(${offers.length})`}
          description="The one you choose stays as it is. Only ClickPipes' account and region are added to it if they are missing."
        >
          Endpoint services that are there
        </Header>
      }
      items={offers}
      columns={COLUMNS}
      idOf={({ service }) => service.id}
      nameOf={({ service }) => (service.name === null ? service.id : `${service.name} (${service.id})`)}
      textOf={({ service }) => `${service.name ?? ""} ${service.id} ${service.serviceName}`}
      picked={picked === "" ? [] : [picked]}
      onPick={([id]) => id !== undefined && onPick(id)}
      isDisabled={({ verdict }) => verdict === "failure"}
      empty={<Box color="text-body-secondary">No endpoint service in this VPC.</Box>}
    />
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<EndpointServiceOffer>[] = [
  {
    id: "service",
    header: "Endpoint service",
    isRowHeader: true,
    minWidth: 165,
    cell: ({ service: { id, name, state } }) => <NamedCell name={name ?? id} id={name === null ? "No name" : id} status={state} />,
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
    id: "asItIs",
    header: "As it is",
    minWidth: 200,
    cell: (offer) => <FactList facts={facts(offer)} />,
  },
];

function facts({ service, letsClickpipes, connections, otherRegions }: EndpointServiceOffer): string[] {
  return [
    service.acceptanceRequired ? "Each connection has to be accepted" : "Accepts every connection by itself",
    letsWords(letsClickpipes),
    service.connections.state === "known" ? connectionWords(connections.length) : "Connections not known",
    `Zones: ${(service.zoneIds.length > 0 ? service.zoneIds : service.zones).join(", ") || "not known"}`,
    `Other regions: ${otherRegions.join(", ") || "none"}`,
    ...(service.privateDns === null ? [] : [`Private DNS name: ${service.privateDns.privateDnsName}`]),
  ];
}

function letsWords(lets: boolean | null): string {
  if (lets === null) return "Not known whether ClickPipes' account may connect";
  return lets ? "ClickPipes' account may connect" : "ClickPipes' account may not connect yet: it is added";
}

function connectionWords(count: number): string {
  if (count === 0) return "No connections";
  return count === 1 ? "1 connection" : `${count} connections`;
}
