// What the tables of things that are there already have in common: who it is, and whether it fits.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";

import type { Verdict } from "../ipc/bindings";
import { FIT_WORDS, VerdictBadge } from "./VerdictBadge";

/** A thing in AWS by its name, ID and status in AWS's own word. */
export function NamedCell({ name, id, status }: { name: string; id: string; status: string }) {
  return (
    <>
      <Box fontWeight="bold">{name}</Box>
      <Box variant="small" display="block">
        {id}
      </Box>
      <Box variant="small" display="block">
        {status}
      </Box>
    </>
  );
}

/** What a thing is like, fact by fact: a fact can be longer than a line. */
export function FactList({ facts }: { facts: readonly string[] }) {
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      <ul className="setup-list">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </Box>
  );
}

/** Whether the thing fits, and why. */
export const FIT_COLUMN = {
  id: "verdict",
  header: "Fit",
  minWidth: 145,
  cell: ({ verdict, reason }: { verdict: Verdict; reason: string }) => (
    <SpaceBetween size="xxxs">
      <VerdictBadge verdict={verdict} words={FIT_WORDS} />
      <Box variant="small">{reason}</Box>
    </SpaceBetween>
  ),
} satisfies TableProps.ColumnDefinition<{ verdict: Verdict; reason: string }>;

/** That what is there leads to the source already; where it does not, or it is not known, the reason says so. */
export function LeadsThere({ leads }: { leads: boolean }) {
  return leads ? <Badge color="blue">Leads to the source</Badge> : null;
}
