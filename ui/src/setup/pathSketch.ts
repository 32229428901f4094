// The picture of the VPC resource path before anything is chosen: what it is made of, not what will be made.
// From the review on, the picture comes from the plan itself.
import type { Topology } from "../ipc/bindings";
import type { NamedSource } from "./sourceDraft";

export function vpcResourceSketch(source: NamedSource | null): Topology {
  return {
    nodes: [
      {
        id: "source",
        lane: "account",
        title: source?.what ?? "Your database",
        name: source?.name || null,
        resourceId: null,
        step: null,
      },
      { id: "gateway", lane: "added", title: "Resource gateway", name: null, resourceId: null, step: "gateway" },
      {
        id: "configuration",
        lane: "added",
        title: "Resource configuration",
        name: null,
        resourceId: null,
        step: "configuration",
      },
      { id: "share", lane: "added", title: "Resource share", name: null, resourceId: null, step: "share" },
      {
        id: "endpoint",
        lane: "clickHouse",
        title: "Reverse private endpoint",
        name: null,
        resourceId: null,
        step: "endpoint",
      },
      { id: "clickpipes", lane: "clickHouse", title: "ClickPipes account", name: null, resourceId: null, step: null },
    ],
    edges: [
      { from: "gateway", to: "source", label: source?.ports ? `TCP ${source.ports}` : null },
      { from: "configuration", to: "gateway", label: null },
      { from: "share", to: "configuration", label: null },
      { from: "share", to: "clickpipes", label: "shared with" },
      { from: "endpoint", to: "gateway", label: null },
    ],
  };
}
