// What the choice between what is there and what is made has in common on each path: how many offers there are, how many of
// them fit, and which fits best.
import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

import type { Verdict } from "../ipc/bindings";

type Judged = readonly { verdict: Verdict }[];

export function OfferWords({ children, offers }: { children: ReactNode; offers: Judged }) {
  return (
    <>
      <div>{children}</div>
      <Box variant="small">{fitWords(offers)}</Box>
    </>
  );
}

/** How many there are, and how many of them fit. */
function fitWords(offers: Judged): string {
  const fit = offers.filter(({ verdict }) => verdict !== "failure").length;
  if (offers.length === 1) return fit === 1 ? "One is there, and it fits." : "One is there, and it does not fit.";
  return `${offers.length} are there, ${fit === 0 ? "none fits" : fit === 1 ? "one fits" : `${fit} fit`}.`;
}

/** Rust lists what fits best first. */
export function bestOf<T extends { verdict: Verdict }>(offers: readonly T[]): T | undefined {
  return offers.find(({ verdict }) => verdict !== "failure");
}
