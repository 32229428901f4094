// The usual time of a step or a whole run in words, for the advice, the review and the run.

/** From here on a time is told in hours. */
const LONG = 2 * 3600;

/** "2 to 5 min", "30 to 60 s", "30 s to 3 min", "15 min to 4 h". */
export function usualWords([from, to]: readonly [number, number]): string {
  if (to < 120) return from === to ? `${to} s` : `${from} to ${to} s`;
  if (to >= LONG) {
    const hours = Math.round(to / 3600);
    return from < LONG ? `${usualWords([from, from])} to ${hours} h` : rangeOf(Math.round(from / 3600), hours, "h");
  }
  const high = Math.round(to / 60);
  if (from < 60) return `${from} s to ${high} min`;
  const low = Math.round(from / 60);
  return rangeOf(low, high, "min");
}

function rangeOf(low: number, high: number, unit: string): string {
  return low === high ? `${high} ${unit}` : `${low} to ${high} ${unit}`;
}
