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
    minWidth: 165,
    cell: ({ gateway }) => <NamedCell {...gateway} />,
  },
  FIT_COLUMN,
  {
    id: "where",
    header: "As it is",
    minWidth: 210,
    cell: ({ gateway, zoneIds }) => (
      <>
        <div>{zoneIds.length === 0 ? "Zones not known" : zoneIds.join(", ")}</div>
        <Box variant="small" display="block">
          Looks names up: {resolutionWords(gateway)}
        </Box>
        <Ids of="Subnets" ids={gateway.subnetIds} none="not known" />
        <Ids of="Security groups" ids={gateway.securityGroupIds} none="none" />
      </>
    ),
  },
];

function Ids({ of, ids, none }: { of: string; ids: readonly string[]; none: string }) {
  return (
    <>
      <Box variant="small" display="block">
        {of}
        {ids.length === 0 ? `: ${none}` : ":"}
      </Box>
      {ids.map((id) => (
        <Box key={id} variant="small" display="block">
          {id}
        </Box>
      ))}
    </>
  );
}

function resolutionWords({ dnsResolution }: ResourceGateway): string {
  switch (dnsResolution) {
    case "public":
      return "in public DNS";
    case "inVpc":
      return "with the VPC's own resolver";
    case null:
      return "not known where";
  }
}
