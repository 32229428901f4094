// A table to pick rows from: one or several, with a filter and pages once there are many. The wizard's sources,
// services, subnets and security groups all look and behave alike through it.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ReactNode } from "react";

/** From how many rows on a filter is worth its room. */
const MANY = 6;
const PAGE = 10;

interface PickTableProps<T> {
  label: string;
  header?: ReactNode;
  items: readonly T[];
  columns: readonly TableProps.ColumnDefinition<T>[];
  idOf: (item: T) => string;
  nameOf: (item: T) => string;
  /** What the filter looks through. */
  textOf: (item: T) => string;
  many?: boolean;
  picked: readonly string[];
  onPick: (ids: string[]) => void;
  isDisabled?: (item: T) => boolean;
  loading?: boolean;
  loadingText?: string;
  empty: ReactNode;
}

export function PickTable<T>(props: PickTableProps<T>) {
  const { items: all, idOf, nameOf, textOf, picked, onPick, isDisabled } = props;
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount, actions } = useCollection(all, {
    filtering: {
      filteringFunction: (item, text) => textOf(item).toLowerCase().includes(text.trim().toLowerCase()),
      empty: props.empty,
      noMatch: (
        <SpaceBetween size="xs" alignItems="center">
          <Box color="text-body-secondary">Nothing matches the filter</Box>
          <Button onClick={() => actions.setFiltering("")}>Clear the filter</Button>
        </SpaceBetween>
      ),
    },
    pagination: { pageSize: PAGE },
  });
  const selected = all.filter((item) => picked.includes(idOf(item)));

  return (
    <Table<T>
      {...collectionProps}
      variant="container"
      items={items}
      columnDefinitions={props.columns}
      trackBy={idOf}
      selectionType={props.many ? "multi" : "single"}
      selectedItems={selected}
      onSelectionChange={({ detail }) => onPick(detail.selectedItems.map(idOf))}
      onRowClick={({ detail: { item } }) => {
        if (!props.many && !isDisabled?.(item)) onPick([idOf(item)]);
      }}
      {...(isDisabled ? { isItemDisabled: isDisabled } : {})}
      loading={props.loading ?? false}
      loadingText={props.loadingText ?? "Loading"}
      wrapLines
      cellVerticalAlign="top"
      header={props.header}
      filter={
        all.length >= MANY ? (
          <TextFilter
            {...filterProps}
            filteringPlaceholder="Find by name or ID"
            filteringAriaLabel={`Filter: ${props.label}`}
            countText={filteredItemsCount === 1 ? "1 match" : `${filteredItemsCount ?? 0} matches`}
          />
        ) : undefined
      }
      pagination={all.length > PAGE ? <Pagination {...paginationProps} /> : undefined}
      ariaLabels={{
        tableLabel: props.label,
        selectionGroupLabel: props.label,
        itemSelectionLabel: (_, item) => nameOf(item),
        allItemsSelectionLabel: () => `All: ${props.label}`,
      }}
    />
  );
}
