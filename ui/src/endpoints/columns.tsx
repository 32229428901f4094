// The columns of the endpoint table.
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import Popover from "@cloudscape-design/components/popover";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";

import { hrefOf } from "../frame/routes";
import type { BoardRow } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { Deadline } from "../shared/Deadline";
import { EndpointStatusIndicator } from "../shared/EndpointStatusIndicator";
import { RelativeTime } from "../shared/RelativeTime";
import type { TableRow } from "./tableRows";

export type { TableRow } from "./tableRows";

/** All columns with their names, in order. */
export const COLUMNS = [
  { id: "name", label: "Name", alwaysVisible: true },
  { id: "status", label: "Status" },
  { id: "deletion", label: "Deleted by ClickHouse" },
  { id: "dns", label: "DNS names" },
  { id: "pipes", label: "Used by" },
  { id: "kind", label: "Kind" },
  { id: "service", label: "Service" },
  { id: "region", label: "Region" },
] as const;

export function columns(now: number, unread: ReadonlySet<string>): TableProps.ColumnDefinition<TableRow>[] {
  return [
    {
      id: "name",
      header: "Name",
      sortingField: "name",
      isRowHeader: true,
      minWidth: 170,
      cell: ({ name, id }) => (
        <Link href={hrefOf({ page: "endpoint", endpoint: id })}>
          <span className="pipelink-copy-value">{name}</span>
        </Link>
      ),
    },
    {
      id: "status",
      header: "Status",
      sortingField: "status",
      minWidth: 170,
      cell: ({ row }) => <Status row={row} now={now} unread={unread.has(row.service.id)} />,
    },
    {
      id: "deletion",
      header: "Deleted by ClickHouse",
      sortingField: "deletion",
      minWidth: 180,
      cell: ({ row }) => (row.deletion ? <Deadline window={row.deletion} now={now} /> : "–"),
    },
    { id: "dns", header: "DNS names", minWidth: 260, cell: ({ row }) => <DnsNames row={row} /> },
    {
      id: "pipes",
      header: "Used by",
      sortingField: "pipes",
      minWidth: 120,
      cell: ({ row }) => <Pipes row={row} />,
    },
    { id: "kind", header: "Kind", sortingField: "kind", cell: ({ kind }) => kind },
    {
      id: "service",
      header: "Service",
      sortingField: "service",
      minWidth: 140,
      cell: ({ service }) => <span className="pipelink-copy-value">{service}</span>,
    },
    { id: "region", header: "Region", sortingField: "region", cell: ({ region }) => region },
  ];
}

function Status({ row, now, unread }: { row: BoardRow; now: number; unread: boolean }) {
  return (
    <>
      <EndpointStatusIndicator status={row.endpoint.status} turn={row.turn} />
      {unread && (
        <Box variant="small" display="block">
          Service not read, last seen <RelativeTime at={row.seenAt} now={now} />
        </Box>
      )}
    </>
  );
}

function DnsNames({ row }: { row: BoardRow }) {
  const [first, ...more] = row.endpoint.dnsNames;
  if (first === undefined) return "–";
  return (
    <>
      <CopyValue value={first} what="DNS name" />
      <Box variant="small" display="block">
        {row.port !== null && `Port ${row.port}`}
        {row.port !== null && more.length > 0 && ", "}
        {more.length > 0 && `${more.length} more ${more.length === 1 ? "name" : "names"}`}
      </Box>
    </>
  );
}

function Pipes({ row }: { row: BoardRow }) {
  if (row.pipes === null) return <StatusIndicator type="info">Not known</StatusIndicator>;
  if (row.pipes.length === 0) return "No pipe";
  return (
    <Popover
      header="ClickPipes"
      content={row.pipes.map((pipe) => (
        <div key={pipe.id}>
          {pipe.name} ({pipe.state})
        </div>
      ))}
    >
      {row.pipes.length === 1 ? "1 pipe" : `${row.pipes.length} pipes`}
    </Popover>
  );
}
