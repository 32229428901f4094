// The part of the picture that is there for one of several hosts: a line with the host's name and how all of it stands,
// opened out where something is to be looked at.
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState, type ReactNode } from "react";

import type { Node } from "../../ipc/bindings";
import { STATE_ICONS, STATE_WORDS, stands, type NodeState } from "./nodeState";

interface HostPictureProps {
  /** Its name. */
  host: string;
  nodes: readonly Node[];
  states: ReadonlyMap<string, NodeState>;
  /** Opened out at first. */
  open: boolean;
  /** Draws the nodes. */
  children: (nodes: readonly Node[]) => ReactNode;
}

export function HostPicture({ host, nodes, states, open, children }: HostPictureProps) {
  const all = nodes.map(({ id }) => states.get(id) ?? "exists");
  const { type, words } = hostShown(all);
  const matters = all.some((state) => FIRST.includes(state));
  const [picked, setPicked] = useState<boolean>();
  const expanded = picked ?? (open || matters);
  return (
    <ExpandableSection
      variant="default"
      headingTagOverride="h4"
      headerText={
        <>
          <span className="pipelink-copy-value">{host}</span>{" "}
          <StatusIndicator type={type} wrapText>
            {words}
          </StatusIndicator>
        </>
      }
      expanded={expanded}
      onChange={({ detail }) => setPicked(detail.expanded)}
    >
      {expanded && children(nodes)}
    </ExpandableSection>
  );
}

/** What is said of the whole where one of its nodes is so, most urgent first. */
const FIRST: readonly NodeState[] = ["failed", "notKnown", "waitingForYou"];
const UNDER_WAY: readonly NodeState[] = ["undoing", "waitingForAws", "waitingForClickHouse", "waiting", "sent"];

/** How all of what is there for a host stands, in one phrase. */
export function hostShown(states: readonly NodeState[]): { type: StatusIndicatorProps.Type; words: string } {
  const one = [...FIRST, ...UNDER_WAY].find((state) => states.includes(state));
  if (one) return { type: STATE_ICONS[one], words: STATE_WORDS[one] };
  // What was there before says nothing about the run.
  const own = states.filter((state) => state !== "exists");
  const [first] = own;
  if (first && own.every((state) => state === first)) return { type: STATE_ICONS[first], words: STATE_WORDS[first] };
  const ready = own.filter(stands).length;
  if (ready === own.length) return { type: "success", words: STATE_WORDS.made };
  return { type: "pending", words: `${ready} of ${own.length} ready to use` };
}
