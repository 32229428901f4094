// The finished runs as a table: how they ended, when, how long they took.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Pagination from "@cloudscape-design/components/pagination";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";

import { hrefOf } from "../frame/routes";
import type { Run } from "../ipc/bindings";
import { RelativeTime } from "../shared/RelativeTime";
import { stopwatch } from "../shared/time";
import { progressWords, runName, runShown } from "./runWords";

const PAGE = 20;

export function FinishedRuns({ runs, now }: { runs: readonly Run[]; now: number }) {
  const { items, collectionProps, paginationProps } = useCollection(runs, {
    pagination: { pageSize: PAGE },
    sorting: {},
  });
  return (
    <Table
      {...collectionProps}
      items={items}
      columnDefinitions={columns(now)}
      trackBy="id"
      wrapLines
      header={
        <Header variant="h2" counter={`(${runs.length})`}>
          Finished
        </Header>
      }
      pagination={runs.length > PAGE ? <Pagination {...paginationProps} /> : undefined}
      ariaLabels={{ tableLabel: "Finished runs" }}
    />
  );
}

function columns(now: number): TableProps.ColumnDefinition<Run>[] {
  return [
    {
      id: "source",
      header: "Source",
      isRowHeader: true,
      sortingComparator: (a, b) => runName(a).localeCompare(runName(b)),
      cell: (run) => (
        <Link href={hrefOf({ page: "run", run: run.id })}>
          <span className="pipelink-copy-value">{runName(run)}</span>
        </Link>
      ),
    },
    {
      id: "status",
      header: "Status",
      minWidth: 120,
      cell: (run) => {
        const { type, words } = runShown(run);
        return <StatusIndicator type={type}>{words}</StatusIndicator>;
      },
    },
    { id: "steps", header: "Steps", cell: progressWords },
    { id: "where", header: "Account and region", cell: (run) => `${run.identity.accountId}, ${run.identity.region}` },
    {
      id: "ended",
      header: "Ended",
      sortingComparator: (a, b) => (a.endedAt ?? "").localeCompare(b.endedAt ?? ""),
      cell: (run) => (run.endedAt === null ? "Not known" : <RelativeTime at={run.endedAt} now={now} />),
    },
    {
      id: "took",
      header: "Took",
      minWidth: 110,
      cell: (run) =>
        run.endedAt === null ? "Not known" : stopwatch(Date.parse(run.endedAt) - Date.parse(run.beganAt)),
    },
  ];
}
