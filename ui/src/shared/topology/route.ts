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

const BULGE = 24;
const ABOVE_LINE = 6;

/** The line from one box to another; in one column straight, or around the side past the boxes in between. */
export function route(from: Rect, to: Rect, all: Iterable<Rect>): Route {
  if (to.left >= from.right) return across(from.right, middleY(from), to.left, middleY(to));
  if (to.right <= from.left) return across(from.left, middleY(from), to.right, middleY(to));
  const down = to.top >= from.bottom;
  const [upper, lower] = down ? [from, to] : [to, from];
  if (![...all].some((other) => overlaps(other, from) && other.top >= upper.bottom && other.bottom <= lower.top)) {
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

/** Whether two boxes share a column. */
function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right;
}

function middleX(box: Rect): number {
  return (box.left + box.right) / 2;
}

function middleY(box: Rect): number {
  return (box.top + box.bottom) / 2;
}
