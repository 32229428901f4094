// The picture of an endpoint service plan that makes one of everything per broker.
import type { Topology } from "../ipc/bindings";
import { CLUSTER } from "./connectionFixtures";
import { ordersAnalytics } from "./fixtures";

/** The picture of so many brokers, each with a load balancer, a service and an endpoint of its own. */
export function brokersTopology(hosts: readonly string[]): Topology {
  const shared: Topology["nodes"] = [
    { id: "vpc", lane: "account", title: "VPC", name: null, resourceId: "vpc-0e79ac9aca8d7f7d3", step: null, host: null },
    { id: "source", lane: "account", title: "MSK cluster", name: "clickstream-express", resourceId: CLUSTER, step: null, host: null },
    { id: "service", lane: "clickHouse", title: "ClickHouse service", name: null, resourceId: ordersAnalytics.id, step: null, host: null },
  ];
  const nodes = hosts.flatMap((host, index): Topology["nodes"] => {
    const at = index + 1;
    return [
      { id: `10.0.0.${at}:9098`, lane: "account", title: "Broker", name: null, resourceId: `10.0.0.${at}:9098`, step: null, host },
      { id: `target-group-${at}`, lane: "added", title: "Target group", name: `clickstream-${at}`, resourceId: null, step: `targets-${at}`, host },
      { id: `load-balancer-${at}`, lane: "added", title: "Network Load Balancer", name: `clickstream-${at}`, resourceId: null, step: `load-balancer-${at}`, host },
      { id: `endpoint-service-${at}`, lane: "added", title: "VPC endpoint service", name: `clickstream-${at}`, resourceId: null, step: `service-${at}`, host },
      { id: `endpoint-${at}`, lane: "clickHouse", title: "Reverse private endpoint", name: `clickstream-${at}`, resourceId: null, step: `ready-${at}`, host },
      { id: `private-name-${at}`, lane: "clickHouse", title: "Private DNS name", name: null, resourceId: host, step: `endpoint-${at}`, host },
    ];
  });
  const edges = hosts.flatMap((_, index): Topology["edges"] => {
    const at = index + 1;
    return [
      { from: `target-group-${at}`, to: `10.0.0.${at}:9098`, label: "TCP 9098" },
      { from: `10.0.0.${at}:9098`, to: "source", label: "part of" },
      { from: `load-balancer-${at}`, to: `target-group-${at}`, label: "listens on TCP 9098" },
      { from: `endpoint-service-${at}`, to: `load-balancer-${at}`, label: null },
      { from: `endpoint-${at}`, to: `endpoint-service-${at}`, label: "TCP 9098" },
      { from: `private-name-${at}`, to: `endpoint-${at}`, label: null },
      { from: "service", to: `endpoint-${at}`, label: null },
    ];
  });
  return { nodes: [...shared, ...nodes], edges };
}

export function brokerNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `b-${index + 1}.clickstreamexpress.4tqz81.c7.kafka.us-east-1.amazonaws.com`);
}
