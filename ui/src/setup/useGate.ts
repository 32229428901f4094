// The way from step to step: asks what is not settled yet (settled.ts), and says so once Next was pressed.
import { useEffect, useRef, useState } from "react";

import type { CheckId } from "../ipc/bindings";
import { problemOf } from "../ipc/client";
import { STEPS, type Draft } from "./draft";
import { checksError, fieldsOf, networkError, PATH_MISSING, pathError, SERVICE_FIELDS, sourceError } from "./settled";
import type { FieldErrors } from "./useFieldErrors";
import type { Readings } from "./useReadings";

export interface Gate {
  /** Why the last step forward was refused. */
  error: string | undefined;
  /** How often a step forward was refused: each time, the focus goes to what has to be put right. */
  refusals: number;
  /** What is missing is a path. */
  pathMissing: boolean;
  /** Ticks that are missing. */
  missing: readonly CheckId[];
  busy: boolean;
  /**
   * Goes forward as far as the step asked for, or stays at the first one that is not settled; answers where, or
   * with nothing where the admin went elsewhere meanwhile.
   */
  advance: (to: number) => Promise<number | undefined>;
  /** The admin went elsewhere: what was refused is not said any more, and what is still asked does not count. */
  forget: () => void;
}

export function useGate(draft: Draft, readings: Readings, errors: FieldErrors): Gate {
  const [error, setError] = useState<string>();
  const [missing, setMissing] = useState<readonly CheckId[]>([]);
  const [refusals, setRefusals] = useState(0);
  const [busy, setBusy] = useState(false);
  // Only the newest step forward counts, and none once the page is left.
  const asked = useRef(0);
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );

  function refuse(why: string) {
    setError(why);
    setRefusals((count) => count + 1);
  }

  /** Why one step is not settled; nothing if it is. */
  async function unsettled(step: number): Promise<string | undefined> {
    switch (STEPS[step]) {
      case "source":
        return (
          sourceError(draft, readings) ??
          ((await errors.settle(fieldsOf(draft, step))) ? pathError(draft, readings) : CORRECT)
        );
      case "account":
        return serviceError(draft, errors);
      case "network":
        return networkError(draft, readings) ?? ((await errors.settle(fieldsOf(draft, step))) ? undefined : CORRECT);
      case "checks":
        return found(checksError(draft, readings));
      default:
        return undefined;
    }
  }

  function found({ why, missing: ticks }: ReturnType<typeof checksError>): string | undefined {
    setMissing(ticks);
    return why;
  }

  async function advance(to: number): Promise<number | undefined> {
    const mine = ++asked.current;
    const outdated = () => mine !== asked.current;
    setBusy(true);
    setError(undefined);
    setMissing([]);
    try {
      for (let step = draft.step; step < to; step += 1) {
        const why = await unsettled(step);
        if (outdated()) return undefined;
        if (why === undefined) continue;
        // A later step that is not settled shows itself; only the step in view says why it stays.
        if (step === draft.step) refuse(why);
        return step;
      }
      return to;
    } catch (thrown) {
      if (outdated()) return undefined;
      const problem = problemOf(thrown);
      refuse(problem.code === "internal" ? problem.message : "This step could not be checked. Try again.");
      return draft.step;
    } finally {
      if (!outdated()) setBusy(false);
    }
  }

  function forget() {
    asked.current += 1;
    setBusy(false);
    setError(undefined);
    setMissing([]);
  }

  // Once nothing is marked any more, nothing is said of it.
  const corrected = error === CORRECT && !fieldsOf(draft).some((field) => errors.of(field) !== undefined);
  const shown = corrected || (error === PATH_MISSING && draft.path !== null) ? undefined : error;
  return { error: shown, pathMissing: shown === PATH_MISSING, refusals, missing, busy, advance, forget };
}

const CORRECT = "Correct what is marked above.";

async function serviceError(draft: Draft, errors: FieldErrors): Promise<string | undefined> {
  if (draft.by === null) return "Wait until the services are read.";
  if (draft.by === "key") return (await errors.settle(["service"])) ? undefined : "Choose a ClickHouse service.";
  return (await errors.settle(SERVICE_FIELDS)) ? undefined : CORRECT;
}
