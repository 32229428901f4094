// What is recommended for the source, put together from what Rust says of it: its advice, which counts what was found of a
// source of the list, and that source's row. Nothing is judged here.
import type { Advice, Answers, Engine, PathFit, PathKind, RunsOn, ServiceRow, Source, SourceKind, SourcesPage, UsualTime } from "../ipc/bindings";
import type { Draft } from "./draft";
import { clusterOf, engineOf, type SourceDraft } from "./sourceDraft";

/** A source's engine as the advice calls it; nothing for what ClickPipes do not read by a name of its own. */
const KINDS: Record<Engine, SourceKind | null> = {
  postgres: "postgres",
  mysql: "mysql",
  kafka: "kafka",
  mongoDb: "mongoDb",
  other: null,
};

/** Whether the ClickPipes of the service chosen run in a region; nothing where no service tells. */
export function serviceInRegion(draft: Draft, services: readonly ServiceRow[] | undefined, region: string): boolean | null {
  if (draft.by === "hand") return null;
  const where = services?.find(({ service }) => service.id === draft.serviceId)?.clickpipesRegion;
  return where?.state === "region" ? where.region === region : null;
}

/** All that is answered: by the admin, by what was typed, and by the service. */
export function answersFor(draft: Draft, page: SourcesPage | undefined, region: string): Answers {
  const services = page?.services.state === "known" ? page.services.value : undefined;
  const engine = engineOf(draft.source);
  return {
    ...draft.answers,
    source: engine === null ? null : KINDS[engine],
    // A source of the list says by itself where it runs.
    runsOn: draft.source.kind === "listed" ? null : draft.answers.runsOn,
    clickpipesRegionSame: serviceInRegion(draft, services, region) ?? draft.answers.clickpipesRegionSame,
  };
}

/** One path with the answer to "can it be taken". */
export interface PathOption {
  fit: PathFit;
  possible: boolean;
  reason: string;
}

export interface Outlook {
  /** The path to take; none as long as answers are missing that decide it. */
  recommended: PathKind | null;
  /** Why, or what is missing. */
  reason: string;
  options: PathOption[];
}

/** The advice for a source, and for one of the list with what its row says. */
export function outlook(advice: Advice, source: SourceDraft, row: Source | undefined): Outlook {
  const options = advice.fits.map((fit): PathOption => {
    if (fit.fit === "no") return { fit, possible: false, reason: fit.reason };
    if (!expressible(fit.path, source)) return { fit, possible: false, reason: FROM_THE_LIST };
    return { fit, possible: true, reason: fit.reason };
  });
  const possible = (path: PathKind | null) => options.some((option) => option.possible && option.fit.path === path);
  if (possible(advice.recommended)) return { recommended: advice.recommended, reason: advice.reason, options };
  // Within one region, the row says it without any answer.
  if (row && possible(row.path)) return { recommended: row.path, reason: row.reason, options };
  if (advice.recommended !== null) return { recommended: null, reason: FROM_THE_LIST, options };
  return { recommended: null, reason: source.kind === "listed" && !row ? CHOOSE : advice.reason, options };
}

const CHOOSE = "Choose a source from the list: what is recommended follows from it.";
const FROM_THE_LIST = "An MSK cluster is chosen from the list of this account, not typed.";

/** Multi-VPC connectivity is asked of a cluster, by its ARN. */
function expressible(path: PathKind, source: SourceDraft): boolean {
  return path !== "mskMultiVpc" || clusterOf(source) !== "" || (source.kind === "listed" && source.arn === "");
}

/** The path for a source just picked from the list: the admin's own pick where it can be taken, else the row's. */
export function pathForRow(draft: Draft, row: Source): Pick<Draft, "path" | "pathPicked"> {
  if (draft.pathPicked && draft.path !== null && row.paths.includes(draft.path)) return { path: draft.path, pathPicked: true };
  return { path: row.path, pathPicked: false };
}

/** "5 to 20 min", "20 min to 8 h". */
export function minutesWords({ fromMinutes, toMinutes }: UsualTime): string {
  if (toMinutes < HOURS_FROM) return `${fromMinutes} to ${toMinutes} min`;
  const hours = `${Math.round(toMinutes / 60)} h`;
  return fromMinutes < HOURS_FROM ? `${fromMinutes} min to ${hours}` : `${Math.round(fromMinutes / 60)} to ${hours}`;
}

const HOURS_FROM = 120;

/** Where a source can run. */
export const PLACES: Record<RunsOn, string> = {
  rds: "RDS or Aurora",
  mskProvisioned: "MSK, standard brokers",
  mskExpress: "MSK, Express brokers",
  mskServerless: "MSK Serverless",
  vpcHost: "Hosts in a VPC, such as EC2 instances",
  onPremises: "On premises, or elsewhere that a VPC reaches",
};

/** Places whose sources the list has. */
export const LISTED_PLACES: ReadonlySet<RunsOn> = new Set(["mskProvisioned", "mskExpress", "mskServerless"]);
