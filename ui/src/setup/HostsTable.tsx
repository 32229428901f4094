// The source as it was understood: its hosts, the addresses that become targets, the ports that listeners get, and how
// many load balancers that takes.
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";

import type { EndpointServicePage, HostRow } from "../ipc/bindings";

export function HostsTable({ page }: { page: EndpointServicePage }) {
  const several = page.loadBalancerCount > 1;
  return (
    <Table<HostRow>
      variant="container"
      wrapLines
      cellVerticalAlign="top"
      items={page.hosts}
      ariaLabels={{ tableLabel: "Hosts" }}
      header={
        <Header variant="h2" counter={`(${page.hosts.length})`} description={page.layout}>
          What stands behind the load balancer
        </Header>
      }
      columnDefinitions={[
        {
          id: "host",
          header: "Host",
          isRowHeader: true,
          minWidth: 185,
          cell: (host) => (
            <>
              <Box fontWeight="bold">
                <span className="setup-name">{nameOf(host)}</span>
              </Box>
              {host.names.slice(1).map((name) => (
                <Box key={name} variant="small" display="block">
                  <span className="setup-name">{name}</span>
                </Box>
              ))}
              {host.registry && (
                <Box variant="small" display="block">
                  Schema registry
                </Box>
              )}
            </>
          ),
        },
        {
          id: "targets",
          header: "Targets",
          minWidth: 140,
          cell: ({ addresses, toldBy }) => (
            <>
              {addresses.length === 0 ? (
                <StatusIndicator type="error" wrapText>
                  Address not known
                </StatusIndicator>
              ) : (
                addresses.map((address) => <div key={address}>{address}</div>)
              )}
              <Box variant="small">{toldBy}</Box>
            </>
          ),
        },
        { id: "port", header: "Listener and target port", minWidth: 110, cell: ({ port }) => `TCP ${port}` },
        ...(several
          ? [{ id: "loadBalancer", header: "Load balancer", minWidth: 100, cell: (host: HostRow) => `Number ${host.loadBalancer}` }]
          : []),
      ]}
    />
  );
}

/** The first name, or the address. */
function nameOf({ names, addresses }: HostRow): string {
  return names[0] ?? addresses[0] ?? "Not known";
}
