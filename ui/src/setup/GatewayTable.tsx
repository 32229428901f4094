// The resource gateways that are there already, each with the answer to "can this source be reached through it".
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import type { TableProps } from "@cloudscape-design/components/table";

import type { GatewayOffer, ResourceGateway } from "../ipc/bindings";
import { FIT_COLUMN, NamedCell } from "./offerCells";
import { PickTable } from "./PickTable";

interface GatewayTableProps {
  offers: readonly GatewayOffer[];
  picked: string;
  onPick: (id: string) => void;
}

export function GatewayTable({ offers, picked, onPick }: GatewayTableProps) {
  return (
    <PickTable<GatewayOffer>
      label="Resource gateways"
      header={
        <Header
          variant="h2"
          counter={`(${offers.length})`}
          description="The one picked stays as it is: its subnets, its security groups, and where it looks names up."
        >
          Resource gateways that are there
        </Header>
      }
      items={offers}
      columns={COLUMNS}
      idOf={({ gateway }) => gateway.id}
      nameOf={({ gateway }) => `${gateway.name} (${gateway.id})`}
      textOf={({ gateway }) => `${gateway.name} ${gateway.id}`}
      picked={picked === "" ? [] : [picked]}
      onPick={([id]) => id !== undefined && onPick(id)}
      isDisabled={({ verdict }) => verdict === "failure"}
      empty={<Box color="text-body-secondary">No resource gateway in this VPC.</Box>}
    />
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<GatewayOffer>[] = [
  {
    id: "gateway",
    header: "Resource gateway",
    isRowHeader: true,
    minWidth: 170,
    cell: ({ gateway }) => <NamedCell {...gateway} />,
  },
  {
    id: "where",
    header: "Where it is",
    minWidth: 190,
    cell: ({ gateway, zoneIds }) => (
      <>
        <div>{zoneIds.length === 0 ? "Zones not known" : zoneIds.join(", ")}</div>
        <Box variant="small" display="block">
          Subnets: {gateway.subnetIds.join(", ") || "not known"}
        </Box>
        <Box variant="small" display="block">
          Security groups: {gateway.securityGroupIds.join(", ") || "none"}
        </Box>
      </>
    ),
  },
  { id: "names", header: "Looks names up in", minWidth: 120, cell: ({ gateway }) => resolutionWords(gateway) },
  FIT_COLUMN,
];

function resolutionWords({ dnsResolution }: ResourceGateway): string {
  switch (dnsResolution) {
    case "public":
      return "Public DNS";
    case "inVpc":
      return "The VPC's resolver";
    case null:
      return "Not known";
  }
}
