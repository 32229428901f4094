// The advice as the fake gives it: as short as the tests of the page need it. The rules themselves are Rust's.
import type { Advice, Answers, PathFit, PathKind, Question, RunsOn, SourceKind } from "../ipc/bindings";

const USUAL: Record<PathKind, PathFit["usual"]> = {
  vpcResource: { fromMinutes: 5, toMinutes: 20 },
  mskMultiVpc: { fromMinutes: 20, toMinutes: 480 },
  endpointService: { fromMinutes: 10, toMinutes: 45 },
};

const BILLED: Record<PathKind, string> = {
  vpcResource: "For each GB of data that the resource gateway processes; nothing by the hour.",
  mskMultiVpc: "By the hour for each authentication with multi-VPC connectivity, and for each GB of data.",
  endpointService: "By the hour for each load balancer, and for its capacity units.",
};

export function fit(path: PathKind, how: PathFit["fit"], reason: string): PathFit {
  return { path, fit: how, reason, usual: USUAL[path], billed: BILLED[path] };
}

const PLACES: Record<SourceKind, RunsOn[]> = {
  postgres: ["rds", "vpcHost", "onPremises"],
  mysql: ["rds", "vpcHost", "onPremises"],
  mongoDb: ["vpcHost", "onPremises"],
  kafka: ["mskProvisioned", "mskExpress", "mskServerless", "vpcHost", "onPremises"],
};

/** What a source of the list answers by itself. */
function merged(picked: string | null, answers: Answers): Answers {
  if (picked === null) return answers;
  if (!picked.includes(":kafka:")) return { ...answers, source: "postgres", runsOn: "rds" };
  return { ...answers, source: "kafka", runsOn: picked.includes("serverless") ? "mskServerless" : "mskProvisioned" };
}

export async function advise(picked: string | null, given: Answers): Promise<Advice> {
  const { source, runsOn, clickpipesRegionSame, privateName } = merged(picked, given);
  const places = source === null ? [] : PLACES[source];
  const known = source !== null && runsOn !== null && places.includes(runsOn);
  const next = question(source, known, clickpipesRegionSame, runsOn, privateName);
  const msk = runsOn === "mskProvisioned";
  const serverless = runsOn === "mskServerless";
  const small = picked?.includes("small") === true;
  const elsewhere = clickpipesRegionSame === false;
  const noneFits = serverless && elsewhere;
  const best: PathKind = elsewhere || small || runsOn === "mskExpress" || privateName === true ? "endpointService" : msk ? "mskMultiVpc" : "vpcResource";
  const of = (path: PathKind, possible: boolean, why: string, not: string) =>
    fit(path, next === null && path === best && possible ? "best" : possible ? "possible" : "no", possible ? why : not);
  const fits = [
    of(
      "vpcResource",
      !elsewhere && !msk && runsOn !== "mskExpress",
      "It needs no load balancer and follows the database after a failover.",
      elsewhere ? "It does not cross regions." : "Neither AWS nor ClickHouse documents it for MSK clusters that have brokers of their own.",
    ),
    of(
      "mskMultiVpc",
      !elsewhere && !small && (msk || !known),
      "ClickHouse recommends it for MSK.",
      small ? "Brokers of kafka.t3.small have no multi-VPC connectivity." : msk ? "It does not cross regions." : "It is part of MSK: only provisioned MSK clusters have it.",
    ),
    of(
      "endpointService",
      !serverless,
      elsewhere ? "It is the only path that crosses regions." : "It needs a load balancer in front of the source.",
      "A load balancer leads to fixed addresses.",
    ),
  ];
  return {
    recommended: next === null && !noneFits ? best : null,
    reason: noneFits ? "No path fits from another region: choose a service in the source's region." : next === null ? (fits.find(({ path }) => path === best)?.reason ?? "") : MISSING[next],
    next,
    places,
    fits,
  };
}

function question(
  source: SourceKind | null,
  known: boolean,
  sameRegion: boolean | null,
  runsOn: RunsOn | null,
  privateName: boolean | null,
): Question | null {
  if (source === null) return "source";
  if (!known) return "runsOn";
  if (sameRegion === null) return "sameRegion";
  return sameRegion && runsOn === "vpcHost" && privateName === null ? "privateName" : null;
}

const MISSING: Record<Question, string> = {
  source: "What is the source?",
  runsOn: "Where does the source run?",
  sameRegion: "Which service reads it? What matters is whether its ClickPipes run in the source's region.",
  privateName: "Do ClickPipes have to reach it under a name of your own?",
};
