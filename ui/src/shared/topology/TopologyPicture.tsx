// The topology picture: what is there, what the path adds, what ClickHouse has. Draws the `Topology` that Rust
// made from the plan and colours it in from the run's steps; it adds nothing of its own. Read in order it is
// a list of three lists, each node with its state and whom it connects to.
import "./topology.css";

import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useId, useRef } from "react";

import type { Edge, Lane, Node, RunStep, Topology } from "../../ipc/bindings";
import { CopyValue } from "../CopyValue";
import { Edges } from "./Edges";
import { nodeState, STATE_ICONS, STATE_TONES, STATE_WORDS, wasThere, type NodeState } from "./nodeState";

/** The AWS account from which ClickPipes connects. */
const CLICKPIPES_ACCOUNT = "072088201116";

const LANES: readonly Lane[] = ["account", "added", "clickHouse"];

interface TopologyPictureProps {
  topology: Topology;
  /** What a screen reader calls the picture. */
  label: string;
  /** The admin's account, twelve digits, where known. */
  accountId?: string;
  /** The run's steps, where there is a run. */
  steps?: readonly RunStep[];
}

export function TopologyPicture({ topology, label, accountId, steps }: TopologyPictureProps) {
  const stage = useRef<HTMLDivElement>(null);
  const states = new Map(topology.nodes.map((node) => [node.id, nodeState(node, steps)]));
  return (
    <div className="topology">
      <div className="topology-stage" ref={stage}>
        <ol className="topology-lanes" aria-label={label}>
          {LANES.map((lane) => (
            <LaneColumn key={lane} lane={lane} accountId={accountId} topology={topology} states={states} />
          ))}
        </ol>
        <Edges edges={topology.edges} states={states} picture={stage} />
      </div>
    </div>
  );
}

interface LaneColumnProps {
  lane: Lane;
  accountId: string | undefined;
  topology: Topology;
  states: ReadonlyMap<string, NodeState>;
}

function LaneColumn({ lane, accountId, topology, states }: LaneColumnProps) {
  const title = useId();
  const nodes = topology.nodes.filter((node) => node.lane === lane);
  return (
    <li className="topology-lane">
      <div className="topology-lane-title" id={title}>
        <LaneTitle lane={lane} accountId={accountId} />
      </div>
      <ol aria-labelledby={title} className="topology-nodes">
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

function LaneTitle({ lane, accountId }: { lane: Lane; accountId: string | undefined }) {
  const [title, detail] = {
    account: ["Your account", accountId],
    added: ["What this path adds", accountId && "in your account"],
    clickHouse: ["ClickHouse", `account ${CLICKPIPES_ACCOUNT}`],
  }[lane];
  return (
    <>
      <Box variant="strong">{title}</Box>
      {detail && (
        <Box variant="small" display="block">
          {detail}
        </Box>
      )}
    </>
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

/** Whom a node connects to, in words; of several of a kind, such as subnets, each with its ID. */
function linksOf(node: Node, { nodes, edges }: Topology): string[] {
  const titleOf = (edge: Edge) => {
    const to = nodes.find(({ id }) => id === edge.to);
    if (!to) return edge.to;
    const alone = nodes.filter(({ title }) => title === to.title).length === 1;
    return alone || to.resourceId === null ? to.title : `${to.title} ${to.resourceId}`;
  };
  return edges
    .filter((edge) => edge.from === node.id)
    .map((edge) => `${titleOf(edge)}${edge.label === null ? "" : ` (${edge.label})`}`);
}
