// The usual time of a step or a whole run in words, for the advice, the review and the run.

/**
 * What the steps of a VPC resource set-up usually take together, in seconds: said before there is a plan. From the
 * review on, the plan's own steps say it (plan/src/readings/review.rs; a test holds the two together).
 */
export const VPC_RESOURCE_SECONDS: readonly [number, number] = [105, 930];

/** "2 to 5 min", "30 to 60 s", "30 s to 3 min". */
export function usualWords([from, to]: readonly [number, number]): string {
  if (to < 120) return from === to ? `${to} s` : `${from} to ${to} s`;
  const high = Math.round(to / 60);
  if (from < 60) return `${from} s to ${high} min`;
  const low = Math.round(from / 60);
  return low === high ? `${high} min` : `${low} to ${high} min`;
}
