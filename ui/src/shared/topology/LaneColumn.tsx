// One column of the picture with its nodes: each with its name, ID, state in icon and word, and in words whom it connects to.
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useId } from "react";

import type { Edge, Node, Topology } from "../../ipc/bindings";
import { CopyValue } from "../CopyValue";
import { STATE_ICONS, STATE_TONES, STATE_WORDS, wasThere, type NodeState } from "./nodeState";

interface LaneColumnProps {
  title: { title: string; detail: string | undefined };
  nodes: readonly Node[];
  topology: Topology;
  states: ReadonlyMap<string, NodeState>;
}

export function LaneColumn({ title: { title, detail }, nodes, topology, states }: LaneColumnProps) {
  const id = useId();
  return (
    <li className="topology-lane">
      <div className="topology-lane-title" id={id}>
        <Box variant="strong">{title}</Box>
        {detail && (
          <Box variant="small" display="block">
            {detail}
          </Box>
        )}
      </div>
      <ol aria-labelledby={id} className="topology-nodes">
        {nodes.map((node) => (
          <NodeCard
            key={node.id}
            node={node}
            state={states.get(node.id) ?? "exists"}
            links={linksOf(node, topology)}
          />
        ))}
      </ol>
    </li>
  );
}

function NodeCard({ node, state, links }: { node: Node; state: NodeState; links: string[] }) {
  return (
    <li className={`topology-node topology-${STATE_TONES[state]}`} data-node={node.id}>
      <div className="topology-node-title">{node.title}</div>
      {node.name !== null && <div className="topology-node-name">{node.name}</div>}
      {node.resourceId !== null && (
        <div className="topology-node-id">
          <CopyValue value={node.resourceId} what={`ID of ${node.title.toLowerCase()}`} />
        </div>
      )}
      <div className="topology-node-state">
        <StatusIndicator
          type={STATE_ICONS[state]}
          wrapText
          {...(wasThere(state) ? { colorOverride: "grey" as const } : {})}
        >
          {STATE_WORDS[state]}
        </StatusIndicator>
      </div>
      {links.length > 0 && <div className="topology-node-links">Connects to: {links.join(", ")}</div>}
    </li>
  );
}

/** Whom a node connects to, in words; of several of a kind, such as subnets, each with its ID or name. */
function linksOf(node: Node, { nodes, edges }: Topology): string[] {
  const titleOf = (edge: Edge) => {
    const to = nodes.find(({ id }) => id === edge.to);
    if (!to) return edge.to;
    const alone = nodes.filter(({ title }) => title === to.title).length === 1;
    const which = alone ? null : (to.resourceId ?? to.name);
    return which === null ? to.title : `${to.title} ${which}`;
  };
  return edges
    .filter((edge) => edge.from === node.id)
    .map((edge) => `${titleOf(edge)}${edge.label === null ? "" : ` (${edge.label})`}`);
}
