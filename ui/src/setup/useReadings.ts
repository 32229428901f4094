// What the wizard reads from Rust: sources, network, checks and review, each for exactly the choices it was read
// for: what was read for other choices is never shown. The checks are read afresh each time their step is opened.
import { useEffect } from "react";

import type { ChecksPage, NetworkPage, ReviewPage, ServiceRow, SourcesPage } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useChanged, useCommand, type CommandState } from "../shared/useCommand";
import { change, choicesKey, choicesOf, STEPS, type Draft } from "./draft";

export interface Readings {
  sources: CommandState<SourcesPage>;
  /** The services, where they could be read. */
  services: ServiceRow[] | undefined;
  network: CommandState<NetworkPage>;
  checks: CommandState<ChecksPage>;
  review: CommandState<ReviewPage>;
}

const SOURCE = STEPS.indexOf("source");
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
  const network = useReading(draft.step > SOURCE ? draft.sourceArn : null, (arn) => client.network(arn));
  const checks = useReading(draft.step === CHECKS ? key : null, () => client.checks(choicesOf(draft)));
  const review = useReading(draft.step === REVIEW ? key : null, () => client.review(choicesOf(draft)));

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
  useEffect(() => {
    if (!page || draft.sourceArn === null || draft.networkOf === draft.sourceArn) return;
    change({
      networkOf: draft.sourceArn,
      subnetIds: page.defaultSubnetIds,
      securityGroupIds: page.defaultSecurityGroupIds,
      names: page.names,
    });
  }, [page, draft.sourceArn, draft.networkOf]);

  // Ticks belong to the choices they were made for.
  const shown = checks.data !== undefined;
  useEffect(() => {
    if (shown && draft.acceptedFor !== key) change({ accepted: [], acceptedFor: key });
  }, [shown, draft.acceptedFor, key]);

  return { sources, services: services?.state === "known" ? services.value : undefined, network, checks, review };
}

/** Reads for one key at a time; without a key nothing is read, and what was read for another key is not shown. */
function useReading<T>(key: string | null, load: (key: string) => Promise<T>): CommandState<T> {
  const read = useCommand<{ key: string; value: T } | undefined>(
    async () => (key === null ? undefined : { key, value: await load(key) }),
    [key],
  );
  const fits = key !== null && read.data?.key === key;
  return {
    data: fits ? read.data?.value : undefined,
    problem: read.problem,
    loading: key !== null && read.loading,
    reload: read.reload,
    replace: (value) => key !== null && read.replace({ key, value }),
  };
}
