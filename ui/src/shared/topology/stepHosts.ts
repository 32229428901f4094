// For which of several hosts each step of a plan is, read off the picture and off what the steps take from each other: of
// thirty steps for three brokers, ten have the same words as ten others.
import type { Plan, Step, StepId, Topology } from "../../ipc/bindings";

/** The host of each step that is for one host alone; empty where there are not several hosts. */
export function stepHosts({ steps }: Pick<Plan, "steps">, { nodes }: Topology): ReadonlyMap<StepId, string> {
  const drawn = new Map(nodes.flatMap(({ step, host }) => (step !== null && typeof host === "string" ? [[step, host]] : [])));
  if (new Set(drawn.values()).size < 2) return new Map();
  const taken = new Map(steps.map((step) => [step.id, outputsOf(step.action)]));
  const seen = new Map<StepId, ReadonlySet<string>>();

  /** The hosts of a step, or else of the steps that it builds upon. */
  function hostsOf(id: StepId): ReadonlySet<string> {
    const known = seen.get(id);
    if (known) return known;
    const own = drawn.get(id);
    const all = own === undefined ? new Set((taken.get(id) ?? []).flatMap((from) => [...hostsOf(from)])) : new Set([own]);
    seen.set(id, all);
    return all;
  }

  /** Of what builds upon nothing, the hosts of what builds upon it. */
  function around({ id }: Step): ReadonlySet<string> {
    const below = hostsOf(id);
    if (below.size > 0) return below;
    return new Set(steps.flatMap((other) => (taken.get(other.id)?.includes(id) ? [...hostsOf(other.id)] : [])));
  }

  return new Map(
    steps.flatMap((step): [StepId, string][] => {
      const [host, ...others] = around(step);
      return host !== undefined && others.length === 0 ? [[step.id, host]] : [];
    }),
  );
}

/** The earlier steps whose outputs an action takes. */
function outputsOf(value: unknown): StepId[] {
  if (typeof value !== "object" || value === null) return [];
  if ("from" in value && value.from === "output" && "step" in value && typeof value.step === "string") return [value.step];
  return Object.values(value).flatMap(outputsOf);
}
