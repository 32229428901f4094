// The VPC's subnets, with what decides whether a gateway fits: the zone's ID and the free /28 blocks.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import type { TableProps } from "@cloudscape-design/components/table";

import type { FreeBlocks, SubnetRow } from "../ipc/bindings";
import { FIT_COLUMN } from "./offerCells";
import { PickTable } from "./PickTable";
import { subnetColumn, subnetName, subnetText, ZONE_COLUMN } from "./subnetCells";

interface SubnetTableProps {
  rows: readonly SubnetRow[];
  vpc: string;
  accountId: string;
  picked: readonly string[];
  onPick: (ids: string[]) => void;
  loading: boolean;
  onReload: () => void;
}

export function SubnetTable({ rows, vpc, accountId, picked, onPick, loading, onReload }: SubnetTableProps) {
  return (
    <PickTable<SubnetRow>
      label="Subnets"
      many
      header={
        <Header
          variant="h2"
          counter={`(${picked.length}/${rows.length})`}
          description={`Subnets of ${vpc}. The gateway takes 16 addresses in a row in each, the endpoint as many again.`}
          actions={
            <Button iconName="refresh" ariaLabel="Read the network again" onClick={onReload} loading={loading} />
          }
        >
          Subnets
        </Header>
      }
      items={rows}
      columns={columns(accountId)}
      idOf={({ subnet }) => subnet.id}
      nameOf={subnetName}
      textOf={subnetText}
      picked={picked}
      onPick={onPick}
      isDisabled={({ subnet, verdict }) => verdict === "failure" && !picked.includes(subnet.id)}
      empty={<Box color="text-body-secondary">No subnets could be listed in this VPC.</Box>}
    />
  );
}

function columns(accountId: string): readonly TableProps.ColumnDefinition<SubnetRow>[] {
  return [
    subnetColumn(accountId),
    ZONE_COLUMN,
    {
      id: "free",
      header: "Free",
      minWidth: 120,
      cell: ({ subnet, freeBlocks }) => (
        <>
          <div>{blocksWords(freeBlocks)}</div>
          <Box variant="small" display="block">
            {counted(subnet.availableAddresses, "address", "addresses")}
          </Box>
        </>
      ),
    },
    FIT_COLUMN,
  ];
}

function blocksWords(blocks: FreeBlocks): string {
  switch (blocks.state) {
    case "counted":
      return counted(blocks.count, "/28 block", "/28 blocks");
    case "unaligned":
      return "No aligned /28 block";
    case "notKnown":
      return "/28 blocks not known";
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
