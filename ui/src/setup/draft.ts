// What the admin has chosen so far. Kept in memory outside the page, so that choices survive going back and
// switching pages; it belongs to one account and region and is dropped with them.
import { useSyncExternalStore } from "react";

import type { AccountView, Check, CheckId, Choices, Extent, Names, Problem, ServiceChoice } from "../ipc/bindings";
import { NO_SOURCE, sourceOf, targetOf, type SourceDraft } from "./sourceDraft";

/** The wizard's steps, in order. */
export const STEPS = ["source", "account", "network", "checks", "review"] as const;
export type StepName = (typeof STEPS)[number];

/** The choices as far as they are made. */
export interface Draft {
  step: number;
  source: SourceDraft;
  /** Who creates the endpoint in ClickHouse; none until known whether there is a key. */
  by: ServiceChoice["by"] | null;
  /** Whether the admin said so, rather than the want of a key. */
  byPicked: boolean;
  organizationId: string;
  serviceId: string;
  handRegion: string;
  handCreatedOn: string;
  /** The source that the picks below were made for; they start from its defaults. */
  networkOf: string | null;
  /** What is made, and what of that is there already. */
  extent: Extent["extent"];
  /** The gateway and the configuration to build upon, where the extent says so; empty until one is picked. */
  gatewayId: string;
  configurationId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  names: Names;
  /** Ticked warnings and unanswered checks, and the choices they were ticked for. */
  accepted: CheckId[];
  acceptedFor: string | null;
  /** What the checks found when they were looked at last, in a sentence each. */
  findings: Partial<Record<CheckId, Check["headline"]>>;
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
  by: null,
  byPicked: false,
  organizationId: "",
  serviceId: "",
  handRegion: "",
  handCreatedOn: "",
  networkOf: null,
  extent: "everything",
  gatewayId: "",
  configurationId: "",
  subnetIds: [],
  securityGroupIds: [],
  names: { gateway: "", configuration: "", share: "", description: "" },
  accepted: [],
  acceptedFor: null,
  findings: {},
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

/** Tells one pair of source and service from another. */
export function pairKey(of: Draft): string {
  return JSON.stringify([sourceOf(of.source), of.organizationId, of.serviceId]);
}

/** Whether there is something to lose. */
export function hasChoices(of: Draft): boolean {
  return targetOf(of.source) !== "";
}

/** The choices in the form that Rust takes; what is not chosen yet is empty. */
export function choicesOf(of: Draft): Choices {
  return {
    source: sourceOf(of.source),
    service:
      of.by === "hand"
        ? { by: "hand", region: of.handRegion, createdOn: of.handCreatedOn }
        : { by: "key", organizationId: of.organizationId, serviceId: of.serviceId },
    extent: extentOf(of),
    shareName: of.names.share,
    description: of.names.description,
  };
}

function extentOf(of: Draft): Extent {
  const { names, gatewayId, configurationId, subnetIds, securityGroupIds } = of;
  switch (of.extent) {
    case "everything":
      return {
        extent: "everything",
        subnetIds,
        securityGroupIds,
        gatewayName: names.gateway,
        configurationName: names.configuration,
      };
    case "onGateway":
      return { extent: "onGateway", gatewayId, configurationName: names.configuration };
    case "onConfiguration":
      return { extent: "onConfiguration", configurationId };
  }
}

/** Tells one set of choices from another: ticks and check results belong to exactly one. */
export function choicesKey(of: Draft): string {
  return JSON.stringify(choicesOf(of));
}
