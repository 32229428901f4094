// Where a line between two nodes runs: geometry only, in the picture's own pixels.

/** A node's box, from the picture's top left corner. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A line as an SVG path, and where its label sits. */
export interface Route {
  path: string;
  labelX: number;
  labelY: number;
  /** How the label stands to that point. */
  anchor: "middle" | "start";
}

/** Nodes of one column this close to each other are joined straight, others around the side. */
const NEIGHBOURS = 64;
const BULGE = 28;
const ABOVE_LINE = 6;

/** The line from one box to another. */
export function route(from: Rect, to: Rect): Route {
  if (to.left >= from.right) return across(from.right, middleY(from), to.left, middleY(to));
  if (to.right <= from.left) return across(from.left, middleY(from), to.right, middleY(to));
  const down = to.top >= from.bottom;
  const gap = down ? to.top - from.bottom : from.top - to.bottom;
  if (gap <= NEIGHBOURS) {
    const x = middleX(from);
    const [y1, y2] = down ? [from.bottom, to.top] : [from.top, to.bottom];
    return { path: `M ${x} ${y1} L ${x} ${y2}`, labelX: x + 10, labelY: (y1 + y2) / 2 + 4, anchor: "start" };
  }
  const side = Math.max(from.right, to.right);
  const [y1, y2] = [middleY(from), middleY(to)];
  return {
    path: `M ${from.right} ${y1} C ${side + BULGE} ${y1}, ${side + BULGE} ${y2}, ${to.right} ${y2}`,
    labelX: side + BULGE,
    labelY: (y1 + y2) / 2 + 4,
    anchor: "start",
  };
}

function across(x1: number, y1: number, x2: number, y2: number): Route {
  const bend = (x1 + x2) / 2;
  return {
    path: `M ${x1} ${y1} C ${bend} ${y1}, ${bend} ${y2}, ${x2} ${y2}`,
    labelX: bend,
    labelY: (y1 + y2) / 2 - ABOVE_LINE,
    anchor: "middle",
  };
}

function middleX(box: Rect): number {
  return (box.left + box.right) / 2;
}

function middleY(box: Rect): number {
  return (box.top + box.bottom) / 2;
}
