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
  sourceRegion: string;
  /** Whether the path reaches ClickPipes in another region than the source's. */
  crossesRegions: boolean;
  pickedId: string;
  loading: boolean;
  onReload: () => void;
}

export function ServiceTable({ rows, sourceRegion, crossesRegions, pickedId, loading, onReload }: ServiceTableProps) {
  return (
    <PickTable<ServiceRow>
      label="ClickHouse services"
      header={
        <Header
          variant="h3"
          counter={`(${rows.length})`}
          description={
            crossesRegions
              ? `The source is in ${sourceRegion}. The endpoint service is opened for the region of the service's ClickPipes where that is another one.`
              : `The source is in ${sourceRegion}. This path reaches no further than its region, so the service's ClickPipes must run there too.`
          }
          actions={
            <Button iconName="refresh" ariaLabel="Read the services again" onClick={onReload} loading={loading} />
          }
        >
          Services
        </Header>
      }
      items={rows}
      columns={columns(sourceRegion, crossesRegions)}
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
function columns(sourceRegion: string, crossesRegions: boolean): readonly TableProps.ColumnDefinition<ServiceRow>[] {
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
                {where.region === sourceRegion ? (
                  <div>{where.region}</div>
                ) : crossesRegions ? (
                  <div>{where.region}: another region</div>
                ) : (
                  <StatusIndicator type="error" wrapText>
                    {where.region}: not the source's region
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
