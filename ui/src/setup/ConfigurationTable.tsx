// The resource configurations that lead to the source already, each with the answer to "can another share of it be
// made".
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import type { TableProps } from "@cloudscape-design/components/table";

import type { ConfigurationOffer, Definition, PortRange } from "../ipc/bindings";
import { FIT_COLUMN, NamedCell } from "./offerCells";
import { PickTable } from "./PickTable";

interface ConfigurationTableProps {
  offers: readonly ConfigurationOffer[];
  picked: string;
  onPick: (id: string) => void;
}

export function ConfigurationTable({ offers, picked, onPick }: ConfigurationTableProps) {
  return (
    <PickTable<ConfigurationOffer>
      label="Resource configurations"
      header={
        <Header
          variant="h2"
          counter={`(${offers.length})`}
          description="The one picked stays as it is, and so does the gateway it is on. It is only shared once more."
        >
          Resource configurations that lead to this source
        </Header>
      }
      items={offers}
      columns={COLUMNS}
      idOf={({ configuration }) => configuration.id}
      nameOf={({ configuration }) => `${configuration.name} (${configuration.id})`}
      textOf={({ configuration }) => `${configuration.name} ${configuration.id}`}
      picked={picked === "" ? [] : [picked]}
      onPick={([id]) => id !== undefined && onPick(id)}
      isDisabled={({ verdict }) => verdict === "failure"}
      empty={<Box color="text-body-secondary">No resource configuration leads to this source.</Box>}
    />
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<ConfigurationOffer>[] = [
  {
    id: "configuration",
    header: "Resource configuration",
    isRowHeader: true,
    minWidth: 180,
    cell: ({ configuration }) => <NamedCell {...configuration} />,
  },
  FIT_COLUMN,
  {
    id: "target",
    header: "As it is",
    minWidth: 195,
    cell: ({ configuration, gateway }) => (
      <>
        <div>Leads to {definitionWords(configuration.definition)}</div>
        <Box variant="small" display="block">
          On gateway {gateway?.name ?? "not known"}
        </Box>
        {configuration.gatewayId !== null && (
          <Box variant="small" display="block">
            {configuration.gatewayId}
          </Box>
        )}
      </>
    ),
  },
];

function definitionWords(definition: Definition | null): string {
  switch (definition?.type) {
    case "database":
      return definition.arn;
    case "domainName":
      return `${definition.name}, port ${definition.ports.map(portWords).join(", ")}`;
    case "ipAddress":
      return `${definition.address}, port ${definition.ports.map(portWords).join(", ")}`;
    case undefined:
      return "something not known";
  }
}

function portWords({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}
