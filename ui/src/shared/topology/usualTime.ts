// The usual time of a step in words, for the review and the run.

/** "2 to 5 min", "30 to 60 s". */
export function usualWords([from, to]: readonly [number, number]): string {
  if (to < 120) return from === to ? `${to} s` : `${from} to ${to} s`;
  const [low, high] = [Math.max(1, Math.round(from / 60)), Math.round(to / 60)];
  return low === high ? `${high} min` : `${low} to ${high} min`;
}
