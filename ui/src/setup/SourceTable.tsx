// The region's databases and clusters to pick from. Those that do not fit stay in the list with the reason, so that
// nobody looks for them elsewhere.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";

import type { Source } from "../ipc/bindings";
import { PATH_NAMES } from "./pathTypes";
import { PickTable } from "./PickTable";

interface SourceTableProps {
  sources: readonly Source[] | undefined;
  /** Some of what is listed here could not be read; the page says why. */
  partly: boolean;
  loading: boolean;
  region: string;
  pickedArn: string;
  onPick: (source: Source) => void;
  onReload: () => void;
}

export function SourceTable({ sources, partly, loading, region, pickedArn, onPick, onReload }: SourceTableProps) {
  return (
    <PickTable<Source>
      label="Sources"
      header={
        <Header
          variant="h2"
          counter={sources ? `(${sources.length.toLocaleString("en")})` : ""}
          description={`Databases and clusters in ${region}.`}
          actions={<Button iconName="refresh" ariaLabel="Read the sources again" onClick={onReload} loading={loading} />}
        >
          Sources
        </Header>
      }
      items={sources ?? []}
      columns={COLUMNS}
      idOf={(source) => source.arn}
      nameOf={(source) => source.name}
      textOf={(source) => `${source.name} ${source.arn} ${source.what} ${source.vpcId ?? ""}`}
      picked={pickedArn === "" ? [] : [pickedArn]}
      onPick={([arn]) => {
        const picked = sources?.find((source) => source.arn === arn);
        if (picked) onPick(picked);
      }}
      isDisabled={(source) => !source.eligible}
      loading={loading && !sources}
      loadingText={`Looking for databases and clusters in ${region}`}
      empty={<NoSources region={region} partly={partly} />}
    />
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<Source>[] = [
  {
    id: "name",
    header: "Source",
    isRowHeader: true,
    minWidth: 180,
    cell: (source) => (
      <>
        <Box fontWeight="bold">{source.name}</Box>
        <Box variant="small" display="block">
          {source.what}
        </Box>
        <Box variant="small" display="block">
          {source.port === null ? source.status : `${source.status}, port ${source.port}`}
        </Box>
        {source.vpcId !== null && (
          <Box variant="small" display="block">
            {source.vpcId}
          </Box>
        )}
      </>
    ),
  },
  {
    id: "fit",
    header: "Fit",
    minWidth: 170,
    cell: (source) => (
      <SpaceBetween size="xxs">
        <Badge color={source.eligible ? "blue" : "grey"}>{fitWords(source)}</Badge>
        <Box variant="small">{source.reason}</Box>
      </SpaceBetween>
    ),
  },
];

/** The path that fits best, where the source can be set up now. */
function fitWords({ eligible, path }: Source): string {
  return eligible && path !== null ? PATH_NAMES[path] : "Not possible";
}

function NoSources({ region, partly }: { region: string; partly: boolean }) {
  if (partly) return <Box color="text-body-secondary">Nothing could be listed. The reason is above.</Box>;
  return (
    <SpaceBetween size="xs" alignItems="center">
      <Box variant="strong">No databases or clusters in {region}</Box>
      <Box color="text-body-secondary">
        Pipelink lists RDS and Aurora databases and MSK clusters. Choose another region in the account picker, or name
        what is to be reached by its domain name, its address or its hosts.
      </Box>
    </SpaceBetween>
  );
}
