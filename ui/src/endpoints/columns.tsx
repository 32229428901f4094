// The columns of the endpoint table.
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import Popover from "@cloudscape-design/components/popover";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import { hrefOf } from "../frame/routes";
import type { BoardRow } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { Deadline } from "../shared/Deadline";
import { EndpointStatusIndicator } from "../shared/EndpointStatusIndicator";
import { RelativeTime } from "../shared/RelativeTime";
import "./endpoints.css";
import type { TableRow } from "./tableRows";

export type { TableRow } from "./tableRows";

/** All columns with their names, in order. */
export const COLUMNS = [
  { id: "name", label: "Name", alwaysVisible: true },
  { id: "status", label: "Status" },
  { id: "deletion", label: "Deletion by ClickHouse" },
  { id: "dns", label: "DNS names" },
  { id: "pipes", label: "Used by" },
  { id: "service", label: "Service and region" },
] as const;

export function columns(now: number, unread: ReadonlySet<string>): TableProps.ColumnDefinition<TableRow>[] {
  return [
    {
      id: "name",
      header: "Name",
      sortingField: "name",
      isRowHeader: true,
      minWidth: 140,
      cell: ({ name, id, kind }) => (
        <>
          <Link href={hrefOf({ page: "endpoint", endpoint: id })}>
            <span className="pipelink-table-name" title={name}>
              {name}
            </span>
          </Link>
          <Small>{kind}</Small>
        </>
      ),
    },
    {
      id: "status",
      header: "Status",
      sortingField: "status",
      minWidth: 150,
      cell: ({ row }) => <Status row={row} now={now} unread={unread.has(row.service.id)} />,
    },
    {
      id: "deletion",
      header: "Deletion",
      sortingField: "deletion",
      minWidth: 145,
      cell: ({ row }) => (row.deletion ? <Deadline window={row.deletion} now={now} /> : "–"),
    },
    { id: "dns", header: "DNS names", minWidth: 245, cell: ({ row }) => <DnsNames row={row} /> },
    {
      id: "pipes",
      header: "Used by",
      sortingField: "pipes",
      minWidth: 90,
      cell: ({ row }) => <Pipes row={row} />,
    },
    {
      id: "service",
      header: "Service",
      sortingField: "service",
      minWidth: 125,
      cell: ({ service, region }) => (
        <>
          <span className="pipelink-copy-value">{service}</span>
          <Small>{region}</Small>
        </>
      ),
    },
  ];
}

/** A quiet second line of a cell. */
function Small({ children }: { children: ReactNode }) {
  return (
    <Box variant="small" display="block" color="text-body-secondary">
      {children}
    </Box>
  );
}

function Status({ row, now, unread }: { row: BoardRow; now: number; unread: boolean }) {
  return (
    <>
      <EndpointStatusIndicator status={row.endpoint.status} turn={row.turn} />
      {unread && (
        <Small>
          Service not read, last seen <RelativeTime at={row.seenAt} now={now} />
        </Small>
      )}
    </>
  );
}

function DnsNames({ row }: { row: BoardRow }) {
  const [first, ...more] = row.endpoint.dnsNames;
  if (first === undefined) return "–";
  return (
    <CopyValue value={first} what="DNS name">
      {first}
      <Small>
        {row.port !== null && `Port ${row.port}`}
        {row.port !== null && more.length > 0 && ", "}
        {more.length > 0 && `${more.length} more ${more.length === 1 ? "name" : "names"}`}
      </Small>
    </CopyValue>
  );
}

function Pipes({ row }: { row: BoardRow }) {
  if (row.pipes === null) return "Not known";
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
