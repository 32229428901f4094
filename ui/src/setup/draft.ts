// What the admin has chosen so far. Kept in memory outside the page, so that choices survive going back and
// switching pages; it belongs to one account and region and is dropped with them. Each path has a part of its own, which
// stays as it is while another path is looked at; the source, the service and the ticks belong to all of them.
import { useSyncExternalStore } from "react";

import type {
  AccountView,
  Answers,
  Check,
  CheckId,
  Choices,
  PathKind,
  Problem,
  ServiceChoice,
} from "../ipc/bindings";
import {
  endpointServiceChoices,
  mskChoices,
  NO_ENDPOINT_SERVICE,
  NO_MSK,
  NO_VPC_RESOURCE,
  vpcResourceChoices,
  type EndpointServiceDraft,
  type MskDraft,
  type Shared,
  type VpcResourceDraft,
} from "./pathDrafts";
import { clusterOf, endpointServiceSource, NO_SOURCE, targetOf, vpcResourceSource, type SourceDraft } from "./sourceDraft";

/** The wizard's steps, in order. */
export const STEPS = ["source", "account", "network", "checks", "review"] as const;
export type StepName = (typeof STEPS)[number];

/** The choices as far as they are made. */
export interface Draft {
  step: number;
  source: SourceDraft;
  /** What of the advice's questions the admin answered; the source and the service answer the others. */
  answers: Pick<Answers, "runsOn" | "clickpipesRegionSame" | "privateName">;
  /** The path to be taken; none until one is recommended or picked. */
  path: PathKind | null;
  /** Whether the admin said so, rather than the advice. */
  pathPicked: boolean;
  /** Who creates the endpoint in ClickHouse; none until known whether there is a key. */
  by: ServiceChoice["by"] | null;
  /** Whether the admin said so, rather than the want of a key. */
  byPicked: boolean;
  organizationId: string;
  serviceId: string;
  handRegion: string;
  handCreatedOn: string;
  /** The service for which ClickHouse's support has enabled custom private DNS, as the admin said. */
  customDnsFor: string | null;
  vpcResource: VpcResourceDraft;
  msk: MskDraft;
  endpointService: EndpointServiceDraft;
  /** Ticked warnings and unanswered checks, and the choices they were ticked for. */
  accepted: CheckId[];
  acceptedFor: string | null;
  /** What the checks found when they were looked at last. */
  findings: readonly Check[];
  /** The source and service for which another endpoint is wanted, although one reaches the source already. */
  anotherFor: string | null;
  /** The start under way; Rust repeats every check first, which takes seconds. */
  starting: object | null;
  /** Why the last start was refused, and the choices it was tried with. */
  refused: { key: string; problem: Problem } | null;
}

const EMPTY: Draft = {
  step: 0,
  source: NO_SOURCE,
  answers: { runsOn: null, clickpipesRegionSame: null, privateName: null },
  path: null,
  pathPicked: false,
  by: null,
  byPicked: false,
  organizationId: "",
  serviceId: "",
  handRegion: "",
  handCreatedOn: "",
  customDnsFor: null,
  vpcResource: NO_VPC_RESOURCE,
  msk: NO_MSK,
  endpointService: NO_ENDPOINT_SERVICE,
  accepted: [],
  acceptedFor: null,
  findings: [],
  anotherFor: null,
  starting: null,
  refused: null,
};

let draft: Draft = EMPTY;
let owner: string | null = null;
const listeners = new Set<() => void>();

function set(next: Draft) {
  draft = next;
  for (const listener of listeners) listener();
}

/** Changes some of the choices. */
export function change(part: Partial<Draft>) {
  set({ ...draft, ...part });
}

/** Changes some of what is said about the source. */
export function changeSource(part: Partial<SourceDraft>) {
  set({ ...draft, source: { ...draft.source, ...part } });
}

/** Changes one of the admin's answers to the advice's questions. */
export function answer(part: Partial<Draft["answers"]>) {
  set({ ...draft, answers: { ...draft.answers, ...part } });
}

/** Changes some of what is chosen for a VPC resource. */
export function changeVpcResource(part: Partial<VpcResourceDraft>) {
  set({ ...draft, vpcResource: { ...draft.vpcResource, ...part } });
}

/** Changes some of what is chosen for MSK multi-VPC connectivity. */
export function changeMsk(part: Partial<MskDraft>) {
  set({ ...draft, msk: { ...draft.msk, ...part } });
}

/** Changes some of what is chosen for an endpoint service. */
export function changeEndpointService(part: Partial<EndpointServiceDraft>) {
  set({ ...draft, endpointService: { ...draft.endpointService, ...part } });
}

/** Drops all choices: after the run has begun, and when the admin leaves the set-up. */
export function forgetDraft() {
  set(EMPTY);
}

/** Drops the choices of another account or region, which mean nothing in this one. */
export function keepDraftOf(view: AccountView) {
  const account = `${view.identity.accountId} ${view.identity.region} ${view.account.kind}`;
  if (owner !== account) {
    owner = account;
    // Nobody is told: this happens while the page of the new account is drawn for the first time.
    draft = EMPTY;
  }
}

/** The choices as they are now, for an answer that comes after the page was left. */
export function currentDraft(): Draft {
  return draft;
}

export function useDraft(): Draft {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draft,
  );
}

/** Tells one pair of source, by its path, and service from another. A cluster is another one by each authentication. */
export function pairKey(of: Draft): string {
  const authentication = of.path === "mskMultiVpc" ? of.msk.authentication : null;
  return JSON.stringify([of.path, sourceKey(of), authentication, of.organizationId, of.serviceId]);
}

/** What is read for a source on its path: nothing of the page's own choices. Empty until there is a source. */
export function sourceKey(of: Draft): string {
  if (targetOf(of.source) === "" || of.path === null) return "";
  switch (of.path) {
    case "vpcResource":
      return JSON.stringify(vpcResourceSource(of.source));
    case "mskMultiVpc":
      return clusterOf(of.source);
    case "endpointService":
      return JSON.stringify(endpointServiceSource(of.source, of.endpointService.brokerAuthentication));
  }
}

/** Tells one service, or one that nobody can ask, from another. */
export function serviceKey({ by, organizationId, serviceId, handRegion, handCreatedOn }: Draft): string {
  return JSON.stringify(by === "hand" ? [handRegion, handCreatedOn] : [organizationId, serviceId]);
}

/** Whether ClickHouse's support has enabled custom private DNS for the service chosen. */
export function customDnsEnabled(of: Draft): boolean {
  return of.customDnsFor === serviceKey(of);
}

/** Whether there is something to lose. */
export function hasChoices(of: Draft): boolean {
  return targetOf(of.source) !== "";
}

/** The choices in the form that Rust takes; what is not chosen yet is empty. */
export function choicesOf(of: Draft): Choices {
  const shared: Shared = {
    service:
      of.by === "hand"
        ? { by: "hand", region: of.handRegion, createdOn: of.handCreatedOn }
        : { by: "key", organizationId: of.organizationId, serviceId: of.serviceId },
    customDnsEnabled: customDnsEnabled(of),
  };
  // Until a path is settled, what is typed is looked at as for the one that takes every source.
  switch (of.path ?? "vpcResource") {
    case "vpcResource":
      return vpcResourceChoices(of.source, of.vpcResource, shared);
    case "mskMultiVpc":
      return mskChoices(of.source, of.msk, shared);
    case "endpointService":
      return endpointServiceChoices(of.source, of.endpointService, shared);
  }
}

/** Tells one set of choices from another: ticks and check results belong to exactly one. */
export function choicesKey(of: Draft): string {
  return JSON.stringify(choicesOf(of));
}
