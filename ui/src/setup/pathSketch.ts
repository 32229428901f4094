// The picture of each path before anything is chosen: what it is made of, not what will be made. From the review on, the
// picture comes from the plan itself.
import type { Edge, Lane, Node, PathKind, Topology } from "../ipc/bindings";
import type { NamedSource } from "./sourceDraft";

export function sketch(path: PathKind, source: NamedSource | null): Topology {
  const own = node("account", "source", source?.what ?? "Your source", { name: source?.name || null });
  const endpoint = node("clickHouse", "endpoint", "Reverse private endpoint", { step: "endpoint" });
  const clickpipes = node("clickHouse", "clickpipes", "ClickPipes account");
  const { added, edges } = ADDS[path](source?.ports ? `TCP ${source.ports}` : null);
  return { nodes: [own, ...added, endpoint, clickpipes], edges };
}

interface Addition {
  added: Node[];
  edges: Edge[];
}

const ADDS: Record<PathKind, (ports: string | null) => Addition> = {
  vpcResource: (ports) => ({
    added: [
      added("gateway", "Resource gateway"),
      added("configuration", "Resource configuration"),
      added("share", "Resource share"),
    ],
    edges: [
      edge("gateway", "source", ports),
      edge("configuration", "gateway"),
      edge("share", "configuration"),
      edge("share", "clickpipes", "shared with"),
      edge("endpoint", "gateway"),
    ],
  }),
  mskMultiVpc: () => ({
    added: [added("connectivity", "Multi-VPC connectivity"), added("policy", "Cluster policy")],
    edges: [
      edge("connectivity", "source"),
      edge("policy", "source"),
      edge("policy", "clickpipes", "lets in"),
      edge("endpoint", "connectivity"),
    ],
  }),
  endpointService: (ports) => ({
    added: [
      added("target-group", "Target group"),
      added("load-balancer", "Network Load Balancer"),
      added("endpoint-service", "VPC endpoint service"),
    ],
    edges: [
      edge("target-group", "source", ports),
      edge("load-balancer", "target-group"),
      edge("endpoint-service", "load-balancer"),
      edge("endpoint-service", "clickpipes", "lets in"),
      edge("endpoint", "endpoint-service"),
    ],
  }),
};

function added(id: string, title: string): Node {
  return node("added", id, title, { step: id });
}

function node(lane: Lane, id: string, title: string, over: Partial<Node> = {}): Node {
  return { id, lane, title, name: null, resourceId: null, step: null, host: null, ...over };
}

function edge(from: string, to: string, label: string | null = null): Edge {
  return { from, to, label };
}
