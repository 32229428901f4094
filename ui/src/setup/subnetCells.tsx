// What the tables of subnets have in common, whatever goes into the subnets: which subnet it is, and in which zone.
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";

import type { Subnet } from "../ipc/bindings";

interface Row {
  subnet: Subnet;
  sourceZone: boolean;
}

/** A subnet by its name, ID and addresses, and by its owner where that is another account. */
export function subnetColumn(accountId: string) {
  return {
    id: "subnet",
    header: "Subnet and CIDR",
    isRowHeader: true,
    minWidth: 160,
    cell: ({ subnet }: Row) => (
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
  } satisfies TableProps.ColumnDefinition<Row>;
}

/** A zone by its ID, which means the same zone in every account. */
export const ZONE_COLUMN = {
  id: "zone",
  header: "AZ ID",
  minWidth: 104,
  cell: ({ subnet, sourceZone }: Row) => (
    <SpaceBetween size="xxxs">
      <span className="pipelink-together" title={`${subnet.availabilityZone} in this account`}>{subnet.availabilityZoneId}</span>
      {sourceZone && <Box variant="small">Source&apos;s zone</Box>}
    </SpaceBetween>
  ),
} satisfies TableProps.ColumnDefinition<Row>;

export function subnetName({ subnet }: Row): string {
  return subnet.name === null ? subnet.id : `${subnet.name} (${subnet.id})`;
}

/** What the filter looks through. */
export function subnetText({ subnet }: Row): string {
  return `${subnet.name ?? ""} ${subnet.id} ${subnet.availabilityZoneId} ${subnet.cidr ?? ""}`;
}
