// A list that may be long: its first items, and a button for the next ones. Only what is shown is drawn.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useState, type ReactNode } from "react";

export interface ShowMoreProps<T> {
  items: readonly T[];
  /** How many are shown at first, and how many more with each press. */
  step: number;
  /** What they are, such as "endpoints". */
  what: string;
  /** Draws the items that are shown. */
  children: (shown: readonly T[]) => ReactNode;
}

export function ShowMore<T>({ items, step, what, children }: ShowMoreProps<T>) {
  const [asked, setAsked] = useState(step);
  const left = items.length - asked;
  return (
    <>
      {children(left > 0 ? items.slice(0, asked) : items)}
      {left > 0 && (
        <Box margin={{ top: "s" }}>
          <Button variant="inline-link" onClick={() => setAsked(asked + step)}>
            Show {Math.min(step, left)} more of {left} {what}
          </Button>
        </Box>
      )}
    </>
  );
}
