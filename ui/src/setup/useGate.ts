// What has to be settled before the wizard goes on from a step, and what is said if it is not.
import { useEffect, useRef, useState } from "react";

import type { CheckId, Field } from "../ipc/bindings";
import { problemOf } from "../ipc/client";
import { choicesKey, STEPS, type Draft } from "./draft";
import type { FieldErrors } from "./useFieldErrors";
import type { Readings } from "./useReadings";

export interface Gate {
  /** Why the last step forward was refused. */
  error: string | undefined;
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

const NETWORK_FIELDS: readonly Field[] = [
  "subnets",
  "securityGroups",
  "gatewayName",
  "configurationName",
  "shareName",
  "description",
];

export function useGate(draft: Draft, readings: Readings, errors: FieldErrors): Gate {
  const [error, setError] = useState<string>();
  const [missing, setMissing] = useState<readonly CheckId[]>([]);
  const [busy, setBusy] = useState(false);
  // Only the newest step forward counts, and none once the page is left.
  const asked = useRef(0);
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );

  /** Why one step is not settled; nothing if it is. */
  async function unsettled(step: number): Promise<string | undefined> {
    switch (STEPS[step]) {
      case "source":
        return (
          sourceError(draft, readings) ??
          ((await errors.settle(["source"])) ? undefined : "Correct what is marked above.")
        );
      case "account":
        return serviceError(draft, errors);
      case "network":
        if (draft.networkOf !== draft.sourceArn) return "The source's network has not been read yet.";
        return (await errors.settle(networkFields(draft))) ? undefined : "Correct what is marked above.";
      case "checks":
        return checksError(draft, readings, setMissing);
      default:
        return undefined;
    }
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
        if (step === draft.step) setError(why);
        return step;
      }
      return to;
    } catch (thrown) {
      if (outdated()) return undefined;
      const problem = problemOf(thrown);
      setError(problem.code === "internal" ? problem.message : "This step could not be checked. Try again.");
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

  return { error, missing, busy, advance, forget };
}

function sourceError(draft: Draft, { sources }: Readings): string | undefined {
  if (draft.sourceArn === null) return "Choose a source.";
  const source = sources.data?.sources.find(({ arn }) => arn === draft.sourceArn);
  if (sources.data && !source) return "The source chosen before is not there any more. Choose another one.";
  if (source && !source.eligible) return source.reason;
  return undefined;
}

async function serviceError(draft: Draft, errors: FieldErrors): Promise<string | undefined> {
  if (draft.by === null) return "Wait until the services are read.";
  if (draft.by === "key") return (await errors.settle(["service"])) ? undefined : "Choose a ClickHouse service.";
  return (await errors.settle(["serviceRegion", "createdOn"])) ? undefined : "Correct what is marked above.";
}

function networkFields(draft: Draft): readonly Field[] {
  // Without a key nothing is described in ClickHouse, so that the field is not shown.
  return draft.by === "hand" ? NETWORK_FIELDS.filter((field) => field !== "description") : NETWORK_FIELDS;
}

function checksError(
  draft: Draft,
  { checks }: Readings,
  setMissing: (ids: readonly CheckId[]) => void,
): string | undefined {
  if (checks.loading || !checks.data) return "Wait until the checks are done.";
  const found = checks.data.checks;
  if (found.some(({ verdict }) => verdict === "failure")) {
    return "A check fails. Put it right and check again: going on is not possible.";
  }
  const ticked = draft.acceptedFor === choicesKey(draft) ? draft.accepted : [];
  const open = found.filter(({ id, verdict }) => verdict !== "passed" && !ticked.includes(id)).map(({ id }) => id);
  setMissing(open);
  if (open.length === 0) return undefined;
  return open.length === 1
    ? "One warning is not ticked yet. Tick it to go on, or change the choice."
    : `${open.length} warnings are not ticked yet. Tick them to go on, or change the choices.`;
}
