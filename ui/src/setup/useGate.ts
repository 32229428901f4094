// What has to be settled before the wizard goes on from a step, and what is said if it is not.
import { useEffect, useRef, useState } from "react";

import type { CheckId, ConfigurationOffer, Extent, Field, GatewayOffer, NetworkPage, SourceChoice } from "../ipc/bindings";
import { problemOf } from "../ipc/client";
import { choicesKey, STEPS, type Draft } from "./draft";
import { defaultsKey } from "./sourceDraft";
import type { FieldErrors } from "./useFieldErrors";
import type { Readings } from "./useReadings";

export interface Gate {
  /** Why the last step forward was refused. */
  error: string | undefined;
  /** How often a step forward was refused: each time, the focus goes to what has to be put right. */
  refusals: number;
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

/** The fields of the source step. */
const SOURCE_FIELDS: Record<SourceChoice["kind"], readonly Field[]> = {
  database: ["source"],
  domainName: ["source", "ports", "vpc"],
  ipAddress: ["source", "ports", "vpc"],
};

/** The fields of the network step; what is there already has no fields of its own. */
const NETWORK_FIELDS: Record<Extent["extent"], readonly Field[]> = {
  everything: ["subnets", "securityGroups", "gatewayName", "configurationName", "shareName", "description"],
  onGateway: ["gateway", "configurationName", "shareName", "description"],
  onConfiguration: ["configuration", "shareName", "description"],
};

/** The fields that describe a service which nobody can ask. */
const SERVICE_FIELDS: readonly Field[] = ["serviceRegion", "createdOn"];

/** The fields of a step, of the one in view unless another is asked for. */
function fieldsOf(draft: Draft, step = draft.step): readonly Field[] {
  switch (STEPS[step]) {
    case "source":
      return SOURCE_FIELDS[draft.source.kind];
    case "account":
      return SERVICE_FIELDS;
    case "network":
      return networkFields(draft);
    default:
      return [];
  }
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
        return sourceError(draft, readings) ?? ((await errors.settle(fieldsOf(draft, step))) ? undefined : CORRECT);
      case "account":
        return serviceError(draft, errors);
      case "network":
        return networkError(draft, readings) ?? ((await errors.settle(fieldsOf(draft, step))) ? undefined : CORRECT);
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
  return { error: corrected ? undefined : error, refusals, missing, busy, advance, forget };
}

const CORRECT = "Correct what is marked above.";

function sourceError({ source: { kind, arn } }: Draft, { sources }: Readings): string | undefined {
  if (kind !== "database") return undefined;
  if (arn === "") return "Choose a source.";
  const source = sources.data?.sources.find((listed) => listed.arn === arn);
  if (sources.data && !source) return "The source chosen before is not there any more. Choose another one.";
  if (source && !source.eligible) return source.reason;
  return undefined;
}

/** The network has to be read; and what is used of it has to be there still, and to fit. */
function networkError(draft: Draft, { network }: Readings): string | undefined {
  if (!network.data || draft.networkOf !== defaultsKey(draft.source)) return "The source's network has not been read yet.";
  const picked = pickedOffer(draft, network.data);
  if (picked === "gone") return "What was chosen to be used is not there any more. Choose another one, or make new ones.";
  return picked?.verdict === "failure" ? picked.reason : undefined;
}

/** The offer that is picked; nothing where none is needed, or where none is picked, which Rust says at the field. */
function pickedOffer(draft: Draft, page: NetworkPage): GatewayOffer | ConfigurationOffer | "gone" | undefined {
  switch (draft.extent) {
    case "everything":
      return undefined;
    case "onGateway":
      if (draft.gatewayId === "") return undefined;
      return page.gateways.find(({ gateway }) => gateway.id === draft.gatewayId) ?? "gone";
    case "onConfiguration":
      if (draft.configurationId === "") return undefined;
      return page.configurations.find(({ configuration }) => configuration.id === draft.configurationId) ?? "gone";
  }
}

async function serviceError(draft: Draft, errors: FieldErrors): Promise<string | undefined> {
  if (draft.by === null) return "Wait until the services are read.";
  if (draft.by === "key") return (await errors.settle(["service"])) ? undefined : "Choose a ClickHouse service.";
  return (await errors.settle(SERVICE_FIELDS)) ? undefined : CORRECT;
}

function networkFields(draft: Draft): readonly Field[] {
  // Without a key nothing is described in ClickHouse, so that the field is not shown.
  const fields = NETWORK_FIELDS[draft.extent];
  return draft.by === "hand" ? fields.filter((field) => field !== "description") : fields;
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
