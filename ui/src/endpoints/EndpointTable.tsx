// Every endpoint as last seen: filter, sort, pages, and columns to choose. Thousands of rows stay quick, since
// only one page of them is drawn.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CollectionPreferences, {
  type CollectionPreferencesProps,
} from "@cloudscape-design/components/collection-preferences";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import Table from "@cloudscape-design/components/table";
import { useEffect, useMemo, useState } from "react";

import type { Board } from "../ipc/bindings";
import { columns, COLUMNS, type TableRow } from "./columns";
import { FILTERS, tableRows } from "./tableRows";
import { unreadIds } from "./useBoard";

const PREFERENCES: CollectionPreferencesProps.Preferences = {
  pageSize: 25,
  wrapLines: true,
  contentDensity: "comfortable",
  contentDisplay: COLUMNS.map(({ id }) => ({ id, visible: true })),
};

/** Suggested are only values that many rows share: thousands of names would make the list useless and slow. */
const SUGGESTED: ReadonlySet<string> = new Set(["status", "turn", "kind", "service", "region"]);

function suggestions(all: readonly PropertyFilterProps.FilteringOption[]): PropertyFilterProps.FilteringOption[] {
  return all.filter(({ propertyKey }) => SUGGESTED.has(propertyKey));
}

/** A mark of the User Timing API, once, when rows have been painted: the second frame begins after the first was. */
function markFirstRows() {
  const name = "first endpoint rows";
  if (performance.getEntriesByName(name, "mark").length > 0) return;
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(name)));
}

export function EndpointTable({ board, now }: { board: Board; now: number }) {
  const [preferences, setPreferences] = useState(PREFERENCES);
  const rows = useMemo(() => tableRows(board), [board]);
  const unread = useMemo(() => unreadIds(board), [board]);
  const { items, collectionProps, propertyFilterProps, filteredItemsCount, paginationProps, actions } =
    useCollection<TableRow>(rows, {
      propertyFiltering: {
        filteringProperties: FILTERS,
        empty: <Box textAlign="center">No endpoints</Box>,
        noMatch: (
          <Box textAlign="center" padding="m">
            <p>No endpoint matches the filter</p>
            <Button onClick={() => actions.setPropertyFiltering({ tokens: [], operation: "and" })}>Clear the filter</Button>
          </Box>
        ),
      },
      pagination: { pageSize: preferences.pageSize ?? 25 },
      // What is deleted soonest comes first, as long as nothing else is asked for.
      sorting: { defaultState: { sortingColumn: { sortingField: "deletion" } } },
    });
  const filtered = propertyFilterProps.query.tokens.length > 0;
  const shown = items.length > 0;
  useEffect(() => {
    if (shown) markFirstRows();
  }, [shown]);

  return (
    <Table
      {...collectionProps}
      trackBy="id"
      items={items}
      columnDefinitions={columns(now, unread)}
      columnDisplay={preferences.contentDisplay ?? []}
      wrapLines={preferences.wrapLines}
      cellVerticalAlign="top"
      contentDensity={preferences.contentDensity}
      stripedRows={preferences.stripedRows}
      ariaLabels={{ tableLabel: "Endpoints" }}
      header={
        <Header variant="h2" counter={filtered ? `(${filteredItemsCount} of ${rows.length})` : `(${rows.length})`}>
          Reverse private endpoints
        </Header>
      }
      filter={
        <PropertyFilter
          {...propertyFilterProps}
          filteringOptions={suggestions(propertyFilterProps.filteringOptions)}
          filteringPlaceholder="Filter by name, status, service, DNS name"
          filteringAriaLabel="Filter endpoints"
          countText={filteredItemsCount === 1 ? "1 match" : `${filteredItemsCount} matches`}
          expandToViewport
        />
      }
      pagination={rows.length > (preferences.pageSize ?? 25) ? <Pagination {...paginationProps} /> : undefined}
      preferences={
        <CollectionPreferences
          title="Table preferences"
          confirmLabel="Apply"
          cancelLabel="Cancel"
          preferences={preferences}
          onConfirm={({ detail }) => setPreferences(detail)}
          pageSizePreference={{ options: [25, 50, 100].map((value) => ({ value, label: `${value} endpoints` })) }}
          wrapLinesPreference={{}}
          contentDensityPreference={{}}
          contentDisplayPreference={{ options: COLUMNS.map((column) => ({ ...column })) }}
        />
      }
    />
  );
}
