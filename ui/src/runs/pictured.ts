// The picture of a run. A change of a gateway's groups makes nothing: the gateway is there before and after it, so that
// it is never drawn as made or removed; a group that was taken off again is left out.
import type { RunPage, Topology } from "../ipc/bindings";
import { groupChange } from "./runWords";

export function pictured({ run, topology }: Pick<RunPage, "run" | "topology">): Topology {
  const change = groupChange(run);
  if (!change) return topology;
  const isGateway = (id: string | null) => id === change.gatewayId;
  const isNew = (id: string | null) =>
    id !== null && change.securityGroupIds.includes(id) && !change.previousSecurityGroupIds.includes(id);
  const gone = new Set(
    run.state.state === "undone" ? topology.nodes.filter(({ resourceId }) => isNew(resourceId)).map(({ id }) => id) : [],
  );
  return {
    nodes: topology.nodes
      .filter(({ id }) => !gone.has(id))
      .map((node) => (isGateway(node.resourceId) ? { ...node, step: null } : node)),
    edges: topology.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
  };
}
