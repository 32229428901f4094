// The topology picture: what is there, what the path adds, what ClickHouse has. Draws the `Topology` that Rust
// made from the plan and colours it in from the run's steps; it adds nothing of its own. Read in order it is
// a list of three lists, each node with its state and whom it connects to. Where each of several hosts has nodes of its
// own, these are drawn host by host below what all share, so that nine brokers stay as readable as one; of the columns of
// what all share, one in which there is nothing is left out.
import "./topology.css";

import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";

import type { Lane, Node, RunStep, Topology } from "../../ipc/bindings";
import { CLICKPIPES_ACCOUNT } from "../clickPipesAccount";
import { ShowMore } from "../ShowMore";
import { Edges } from "./Edges";
import { HostPicture } from "./HostPicture";
import { LaneColumn } from "./LaneColumn";
import { nodeState, type NodeState } from "./nodeState";

export const LANES: readonly Lane[] = ["account", "added", "clickHouse"];

/** How many hosts are drawn before more are asked for. */
const HOSTS = 12;
/** So many are opened out at first; of more only those in which something is the matter. */
const OPEN_HOSTS = 3;

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
  const states = new Map(topology.nodes.map((node) => [node.id, nodeState(node, steps)]));
  const hosts = hostsOf(topology.nodes);
  const shared = hosts.length === 0 ? topology.nodes : topology.nodes.filter((node) => !isOfHost(node));
  return (
    <SpaceBetween size="m">
      <Stage
        nodes={shared}
        topology={topology}
        states={states}
        label={label}
        accountId={accountId}
        several={hosts.length > 0}
      />
      {hosts.length > 0 && (
        <section aria-label={`${label}, host by host`}>
          <SpaceBetween size="xs">
            <Box variant="h3">Host by host</Box>
            <ShowMore items={hosts} step={HOSTS} what="hosts">
              {(shown) =>
                shown.map((host) => (
                  <HostPicture
                    key={host}
                    host={host}
                    nodes={topology.nodes.filter((node) => node.host === host)}
                    states={states}
                    open={hosts.length <= OPEN_HOSTS}
                  >
                    {(nodes) => <Stage nodes={nodes} topology={topology} states={states} label={host} ofHost />}
                  </HostPicture>
                ))
              }
            </ShowMore>
          </SpaceBetween>
        </section>
      )}
    </SpaceBetween>
  );
}

interface StageProps {
  /** What is drawn here. */
  nodes: readonly Node[];
  /** The whole picture. */
  topology: Topology;
  states: ReadonlyMap<string, NodeState>;
  label: string;
  accountId?: string;
  /** It is what several hosts share, whose own parts are drawn elsewhere. */
  several?: boolean;
  /** It is one host's own part: whose account is whose the picture above says. */
  ofHost?: boolean;
}

/** Three columns with the lines between their nodes. */
function Stage({ nodes, topology, states, label, accountId, several = false, ofHost = false }: StageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const drawn = new Set(nodes.map(({ id }) => id));
  const lanes = LANES.map((lane) => ({ lane, of: nodes.filter((node) => node.lane === lane) }));
  const shown = several ? lanes.filter(({ of }) => of.length > 0) : lanes;
  return (
    <div className="topology">
      <div className="topology-stage" ref={stage}>
        <ol className={shown.length < LANES.length ? "topology-lanes topology-lanes-wide" : "topology-lanes"} aria-label={label}>
          {shown.map(({ lane, of }) => (
            <LaneColumn key={lane} title={ofHost ? { ...laneTitle(lane), detail: undefined } : laneTitle(lane, accountId)} nodes={of} topology={topology} states={states} />
          ))}
        </ol>
        <Edges
          edges={topology.edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to))}
          states={states}
          picture={stage}
        />
      </div>
    </div>
  );
}

/** Whether it is there for one of several hosts. */
function isOfHost(node: Node): boolean {
  return typeof node.host === "string";
}

/** The hosts that have nodes of their own, in the picture's order; none where there is only one. */
function hostsOf(nodes: readonly Node[]): string[] {
  const hosts = [...new Set(nodes.flatMap(({ host }) => (typeof host === "string" ? [host] : [])))];
  return hosts.length > 1 ? hosts : [];
}

function laneTitle(lane: Lane, accountId?: string): { title: string; detail: string | undefined } {
  switch (lane) {
    case "account":
      return { title: "Your account", detail: accountId };
    case "added":
      return { title: "What this path adds", detail: accountId && "in your account" };
    case "clickHouse":
      return { title: "ClickHouse", detail: `account ${CLICKPIPES_ACCOUNT}` };
  }
}
