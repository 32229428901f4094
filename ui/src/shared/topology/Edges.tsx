// The drawn lines of the picture. They lie behind the nodes and are measured from them; a screen reader gets
// the same connections as text from the nodes themselves.
import { useEffect, useId, useLayoutEffect, useState, type RefObject } from "react";

import type { Edge } from "../../ipc/bindings";
import { stands, type NodeState } from "./nodeState";
import { route, type Rect } from "./route";

interface EdgesProps {
  edges: readonly Edge[];
  states: ReadonlyMap<string, NodeState>;
  /** The element that holds the nodes; each carries its ID in `data-node`. */
  picture: RefObject<HTMLElement | null>;
}

export function Edges({ edges, states, picture }: EdgesProps) {
  const marker = useId();
  const boxes = useBoxes(picture);
  const drawn = edges.flatMap((edge) => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    return from && to ? [{ edge, line: route(from, to, boxes.values()) }] : [];
  });
  return (
    <svg className="topology-edges" aria-hidden="true" focusable="false">
      <defs>
        <marker id={marker} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M 0 0 L 8 4 L 0 8 z" className="topology-arrow" />
        </marker>
      </defs>
      {drawn.map(({ edge, line }) => {
        const there = isThere(states.get(edge.from)) && isThere(states.get(edge.to));
        return (
          <g key={`${edge.from} ${edge.to}`} className={there ? "topology-edge" : "topology-edge topology-edge-planned"}>
            <path d={line.path} markerEnd={`url(#${marker})`} />
          </g>
        );
      })}
      {drawn.map(({ edge, line }) =>
        edge.label === null ? null : (
          <text key={`${edge.from} ${edge.to}`} textAnchor={line.anchor}>
            {labelLines(edge.label).map((words, index, all) => (
              <tspan key={index} x={line.labelX} y={line.labelY + (index - (all.length - 1) / 2) * LINE}>
                {words}
              </tspan>
            ))}
          </text>
        ),
      )}
    </svg>
  );
}

/** From one line of a label to the next, in pixels. */
const LINE = 14;
/** About what fits between two lanes of a small window, in letters. */
const SHORT = 10;

/** A label in lines as long as there is room for between two lanes. */
function labelLines(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= SHORT) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function isThere(state: NodeState | undefined): boolean {
  return state !== undefined && stands(state);
}

/** The nodes' boxes, measured again whenever the picture changes or its room does. */
function useBoxes(picture: RefObject<HTMLElement | null>): ReadonlyMap<string, Rect> {
  const [boxes, setBoxes] = useState<ReadonlyMap<string, Rect>>(new Map());

  useLayoutEffect(() => {
    const measured = measure(picture.current);
    setBoxes((before) => (same(before, measured) ? before : measured));
  });

  useEffect(() => {
    const element = picture.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      const measured = measure(element);
      setBoxes((before) => (same(before, measured) ? before : measured));
    });
    observer.observe(element);
    for (const node of element.querySelectorAll("[data-node]")) observer.observe(node);
    return () => observer.disconnect();
  }, [picture]);

  return boxes;
}

function measure(element: HTMLElement | null): Map<string, Rect> {
  const boxes = new Map<string, Rect>();
  if (!element) return boxes;
  const frame = element.getBoundingClientRect();
  for (const node of element.querySelectorAll<HTMLElement>("[data-node]")) {
    const box = node.getBoundingClientRect();
    boxes.set(node.dataset["node"] ?? "", {
      left: Math.round(box.left - frame.left),
      top: Math.round(box.top - frame.top),
      right: Math.round(box.right - frame.left),
      bottom: Math.round(box.bottom - frame.top),
    });
  }
  return boxes;
}

function same(a: ReadonlyMap<string, Rect>, b: ReadonlyMap<string, Rect>): boolean {
  if (a.size !== b.size) return false;
  for (const [id, box] of a) {
    const other = b.get(id);
    if (!other || box.left !== other.left || box.top !== other.top) return false;
    if (box.right !== other.right || box.bottom !== other.bottom) return false;
  }
  return true;
}
