// What the wizard reads from Rust: sources, network, checks and review, each for exactly the choices it was read
// for: what was read for other choices is never shown. The checks are read afresh each time their step is opened.
import { useEffect, useRef } from "react";

import type {
  ChecksPage,
  NetworkPage,
  Price,
  Problem,
  ReversePrivateEndpoint,
  ReviewPage,
  ServiceRow,
  SourcesPage,
} from "../ipc/bindings";
import { problemOf } from "../ipc/client";
import { useClient } from "../ipc/ClientContext";
import { useChanged, useCommand, type CommandState } from "../shared/useCommand";
import { change, changeSource, choicesKey, choicesOf, pairKey, STEPS, type Draft } from "./draft";
import { defaultsKey, sourceOf, targetOf } from "./sourceDraft";

export interface Readings {
  sources: CommandState<SourcesPage>;
  /** The services, where they could be read. */
  services: ServiceRow[] | undefined;
  /** A Ready endpoint of the chosen service that reaches the source already; `null` where there is none. */
  existing: CommandState<ReversePrivateEndpoint | null>;
  network: CommandState<NetworkPage>;
  checks: CommandState<ChecksPage>;
  review: CommandState<ReviewPage>;
  /** AWS's prices of what it bills, in the region, read for the review. */
  prices: CommandState<Price[]>;
}

const SOURCE = STEPS.indexOf("source");
const ACCOUNT = STEPS.indexOf("account");
const CHECKS = STEPS.indexOf("checks");
const REVIEW = STEPS.indexOf("review");

export function useReadings(draft: Draft): Readings {
  const client = useClient();
  const sources = useCommand(() => client.sources(), [client]);
  useChanged((what) => {
    if (what === "account") sources.reload();
  });
  const key = choicesKey(draft);
  // Read one step ahead, while the admin looks at the account and the service.
  const source = sourceOf(draft.source);
  const chosen = targetOf(draft.source) !== "";
  const network = useReading(draft.step > SOURCE && chosen ? JSON.stringify(source) : null, () => client.network(source));
  const { organizationId, serviceId } = draft;
  const paired = draft.step === ACCOUNT && draft.by === "key" && chosen && serviceId !== "";
  const existing = useReading(paired ? pairKey(draft) : null, () =>
    client.existingEndpoint(source, organizationId, serviceId),
  );
  const checks = useReading(draft.step === CHECKS ? key : null, () => client.checks(choicesOf(draft)));
  const review = useReading(draft.step === REVIEW ? key : null, () => client.review(choicesOf(draft)));
  const prices = useReading(draft.step === REVIEW ? "prices" : null, () => client.prices());

  // One VPC is no choice.
  const vpcs = sources.data?.vpcs;
  const onlyVpc = vpcs?.length === 1 ? vpcs[0]?.id : undefined;
  useEffect(() => {
    if (onlyVpc !== undefined && draft.source.vpcId === "") changeSource({ vpcId: onlyVpc });
  }, [onlyVpc, draft.source.vpcId]);

  // Without services to choose from, the endpoint is created by hand.
  const services = sources.data?.services;
  const known = services?.state;
  useEffect(() => {
    if (known === undefined) return;
    if (known === "unknown") change({ by: "hand", byPicked: false });
    else if (!draft.byPicked) change({ by: "key" });
  }, [known, draft.byPicked]);

  // The defaults of a source are taken once; from then on the picks are the admin's.
  const page = network.data;
  const defaultsOf = chosen ? defaultsKey(draft.source) : null;
  useEffect(() => {
    if (!page || defaultsOf === null || draft.networkOf === defaultsOf) return;
    change({
      networkOf: defaultsOf,
      extent: "everything",
      gatewayId: "",
      configurationId: "",
      subnetIds: page.defaultSubnetIds,
      securityGroupIds: page.defaultSecurityGroupIds,
      names: page.names,
    });
  }, [page, defaultsOf, draft.networkOf]);

  // Ticks belong to the choices they were made for.
  const shown = checks.data !== undefined;
  useEffect(() => {
    if (shown && draft.acceptedFor !== key) change({ accepted: [], acceptedFor: key });
  }, [shown, draft.acceptedFor, key]);

  // The review names the ticked warnings by what was found.
  const found = checks.data;
  useEffect(() => {
    if (found) change({ findings: Object.fromEntries(found.checks.map(({ id, headline }) => [id, headline])) });
  }, [found]);

  return {
    sources,
    services: services?.state === "known" ? services.value : undefined,
    existing,
    network,
    checks,
    review,
    prices,
  };
}

interface Answer<T> {
  key: string;
  value: T | undefined;
  problem: Problem | undefined;
}

/**
 * Reads for one key at a time; without a key nothing is read. What was read for another key is not shown, and
 * neither is why that could not be read.
 */
function useReading<T>(key: string | null, load: (key: string) => Promise<T>): CommandState<T> {
  const read = useCommand<Answer<T> | undefined>(async () => {
    if (key === null) return undefined;
    try {
      return { key, value: await load(key), problem: undefined };
    } catch (error) {
      return { key, value: undefined, problem: problemOf(error) };
    }
  }, [key]);
  const answer = key !== null && read.data?.key === key ? read.data : undefined;
  // What was read stays in sight where reading it again fails.
  const last = useRef<Answer<T>>(undefined);
  if (!answer) last.current = undefined;
  else if (answer.value !== undefined) last.current = answer;
  return {
    data: last.current?.value,
    problem: answer?.problem,
    loading: key !== null && (read.loading || !answer),
    reload: read.reload,
    replace: (value) => key !== null && read.replace({ key, value, problem: undefined }),
  };
}
