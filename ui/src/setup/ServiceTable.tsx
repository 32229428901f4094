// The organization's services to pick from, each with the region its ClickPipes run in and why.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";

import type { ServiceRow } from "../ipc/bindings";
import { change } from "./draft";
import { PickTable } from "./PickTable";

interface ServiceTableProps {
  rows: readonly ServiceRow[];
  databaseRegion: string;
  pickedId: string;
  loading: boolean;
  onReload: () => void;
}

export function ServiceTable({ rows, databaseRegion, pickedId, loading, onReload }: ServiceTableProps) {
  return (
    <PickTable<ServiceRow>
      label="ClickHouse services"
      header={
        <Header
          variant="h3"
          counter={`(${rows.length})`}
          description={`The database is in ${databaseRegion}. A VPC resource reaches no further than its region, so the service's ClickPipes must run there too.`}
          actions={
            <Button iconName="refresh" ariaLabel="Read the services again" onClick={onReload} loading={loading} />
          }
        >
          Services
        </Header>
      }
      items={rows}
      columns={columns(databaseRegion)}
      idOf={({ service }) => service.id}
      nameOf={({ service }) => service.name}
      textOf={({ service }) => `${service.name} ${service.id} ${service.region} ${service.provider}`}
      picked={pickedId === "" ? [] : [pickedId]}
      onPick={([id]) => {
        const row = rows.find(({ service }) => service.id === id);
        if (row) change({ serviceId: row.service.id, organizationId: row.service.organizationId });
      }}
      isDisabled={({ clickpipesRegion }) => clickpipesRegion.state === "notOnAws"}
      empty={
        <Box color="text-body-secondary">The organization has no services. Create one in ClickHouse Cloud first.</Box>
      }
    />
  );
}

// A service elsewhere can be picked all the same: its check says what can be done about it.
function columns(databaseRegion: string): readonly TableProps.ColumnDefinition<ServiceRow>[] {
  return [
    {
      id: "name",
      header: "Service",
      isRowHeader: true,
      minWidth: 140,
      cell: ({ service }) => (
        <>
          <Box fontWeight="bold">{service.name}</Box>
          <Box variant="small">
            {providerName(service.provider)} {service.region}
          </Box>
        </>
      ),
    },
    { id: "state", header: "State", minWidth: 110, cell: ({ service }) => <ServiceState state={service.state} /> },
    {
      id: "clickpipes",
      header: "ClickPipes region",
      minWidth: 220,
      cell: ({ clickpipesRegion: where }) => {
        switch (where.state) {
          case "region":
            return (
              <SpaceBetween size="xxxs">
                {where.region === databaseRegion ? (
                  <div>{where.region}</div>
                ) : (
                  <StatusIndicator type="error" wrapText>
                    {where.region}: not the database's region
                  </StatusIndicator>
                )}
                <Box variant="small">{where.why}</Box>
              </SpaceBetween>
            );
          case "notOnAws":
            return (
              <StatusIndicator type="stopped" wrapText>
                On {providerName(where.provider)}: PrivateLink does not apply
              </StatusIndicator>
            );
          case "dependsOnDate":
            return (
              <SpaceBetween size="xxxs">
                <StatusIndicator type="info" colorOverride="grey">
                  Not known
                </StatusIndicator>
                <Box variant="small">
                  {where.fromThenOn} for services created on {where.since} or later, {where.before} for older ones. ClickHouse
                  does not say when this one was created.
                </Box>
              </SpaceBetween>
            );
        }
      },
    },
  ];
}

function ServiceState({ state }: { state: string }) {
  switch (state) {
    case "running":
      return <StatusIndicator type="success">Running</StatusIndicator>;
    case "idle":
      return (
        <StatusIndicator type="stopped" wrapText>
          Idle, has to be woken
        </StatusIndicator>
      );
    default:
      return (
        <StatusIndicator type="info" colorOverride="grey">
          {state}
        </StatusIndicator>
      );
  }
}

function providerName(provider: string): string {
  return { aws: "AWS", gcp: "Google Cloud", azure: "Azure" }[provider] ?? provider;
}
