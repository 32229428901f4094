// What was called and what came back, folded.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";

import type { Run } from "../ipc/bindings";
import { precise } from "../shared/time";

const PAGE = 50;

export function CallLog({ run }: { run: Run }) {
  const { items, collectionProps, paginationProps } = useCollection(run.log, { pagination: { pageSize: PAGE } });
  return (
    <ExpandableSection variant="container" headerText="Log of calls" headerCounter={`(${run.log.length})`}>
      <Table
        {...collectionProps}
        pagination={run.log.length > PAGE ? <Pagination {...paginationProps} /> : undefined}
        variant="embedded"
        contentDensity="compact"
        wrapLines
        items={items}
        empty={<Box color="text-body-secondary">Nothing has been called yet.</Box>}
        columnDefinitions={[
          { id: "at", header: "Time", width: 220, cell: ({ at }) => <time dateTime={at}>{moment(at)}</time> },
          { id: "step", header: "Step", width: 140, cell: ({ step }) => step ?? "Run" },
          { id: "text", header: "What happened", cell: ({ text }) => text },
        ]}
        ariaLabels={{ tableLabel: "Log of calls" }}
      />
    </ExpandableSection>
  );
}

/** To the second: the order of calls is told by it. */
function moment(at: string): string {
  const parsed = Date.parse(at);
  return Number.isNaN(parsed) ? at : precise(parsed);
}
