// The VPC's subnets, with what decides whether a gateway fits: the zone's ID and the free /28 blocks.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";

import type { FreeBlocks, SubnetRow } from "../ipc/bindings";
import { PickTable } from "./PickTable";
import { FIT_WORDS, VerdictBadge } from "./VerdictBadge";

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
      nameOf={({ subnet }) => (subnet.name === null ? subnet.id : `${subnet.name} (${subnet.id})`)}
      textOf={({ subnet }) => `${subnet.name ?? ""} ${subnet.id} ${subnet.availabilityZoneId} ${subnet.cidr ?? ""}`}
      picked={picked}
      onPick={onPick}
      isDisabled={({ subnet, verdict }) => verdict === "failure" && !picked.includes(subnet.id)}
      empty={<Box color="text-body-secondary">No subnets could be listed in this VPC.</Box>}
    />
  );
}

function columns(accountId: string): readonly TableProps.ColumnDefinition<SubnetRow>[] {
  return [
    {
      id: "subnet",
      header: "Subnet and CIDR",
      isRowHeader: true,
      minWidth: 185,
      cell: ({ subnet }) => (
        <>
          <Box fontWeight="bold">{subnet.name ?? subnet.id}</Box>
          {subnet.name !== null && (
            <Box variant="small" display="block">
              {subnet.id}
            </Box>
          )}
          <div>{subnet.cidr ?? "No IPv4"}</div>
          {subnet.ownerId !== accountId && (
            <Box variant="small" display="block">
              Shared by account {subnet.ownerId}
            </Box>
          )}
        </>
      ),
    },
    {
      id: "zone",
      header: "AZ ID",
      minWidth: 120,
      cell: ({ subnet, sourceZone }) => (
        <SpaceBetween size="xxxs">
          <span title={`${subnet.availabilityZone} in this account`}>{subnet.availabilityZoneId}</span>
          {sourceZone && <Box variant="small">Source's zone</Box>}
        </SpaceBetween>
      ),
    },
    {
      id: "free",
      header: "Free",
      minWidth: 140,
      cell: ({ subnet, freeBlocks }) => (
        <>
          <div>{blocksWords(freeBlocks)}</div>
          <Box variant="small" display="block">
            {counted(subnet.availableAddresses, "address", "addresses")}
          </Box>
        </>
      ),
    },
    {
      id: "verdict",
      header: "Fit",
      minWidth: 140,
      cell: ({ verdict, reason }) => (
        <SpaceBetween size="xxxs">
          <VerdictBadge verdict={verdict} words={FIT_WORDS} />
          <Box variant="small">{reason}</Box>
        </SpaceBetween>
      ),
    },
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
