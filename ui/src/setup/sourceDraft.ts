// What is to be reached, as far as it is chosen or typed: a database out of the list, a domain name or an address.
// What was typed for one kind is kept while the admin looks at another. It holds no rule: Rust says what is right.
import type { DnsResolution, Engine, Source, SourceChoice } from "../ipc/bindings";

export interface SourceDraft {
  kind: SourceChoice["kind"];
  /** The database's ARN; empty until one is picked. */
  arn: string;
  name: string;
  address: string;
  ports: string;
  resolution: DnsResolution;
  engine: Engine;
  vpcId: string;
}

/** The port that goes with an engine, filled in as long as no other one was typed. */
const USUAL_PORTS: Record<Engine, string> = { postgres: "5432", mysql: "3306", other: "" };

export const NO_SOURCE: SourceDraft = {
  kind: "database",
  arn: "",
  name: "",
  address: "",
  ports: USUAL_PORTS.postgres,
  resolution: "public",
  engine: "postgres",
  vpcId: "",
};

/** The source in the form that Rust takes; what is not chosen yet is empty. */
export function sourceOf(draft: SourceDraft): SourceChoice {
  const { arn, name, address, ports, resolution, engine, vpcId } = draft;
  switch (draft.kind) {
    case "database":
      return { kind: "database", arn };
    case "domainName":
      return { kind: "domainName", name, ports, resolution, engine, vpcId };
    case "ipAddress":
      return { kind: "ipAddress", address, ports, engine, vpcId };
  }
}

/** What stands for the source: its ARN, name or address; empty until there is one. */
export function targetOf(draft: SourceDraft): string {
  switch (draft.kind) {
    case "database":
      return draft.arn;
    case "domainName":
      return draft.name.trim();
    case "ipAddress":
      return draft.address.trim();
  }
}

/**
 * Tells the sources apart whose defaults differ: the network's picks and names are made for a target in a VPC, and
 * outlive another port or engine.
 */
export function defaultsKey(draft: SourceDraft): string {
  return JSON.stringify([draft.kind, targetOf(draft), draft.kind === "database" ? "" : draft.vpcId]);
}

/** With another engine, and its port where the one filled in was the usual one of the engine before. */
export function withEngine(draft: SourceDraft, engine: Engine): SourceDraft {
  const untouched = draft.ports.trim() === USUAL_PORTS[draft.engine];
  return { ...draft, engine, ports: untouched ? USUAL_PORTS[engine] : draft.ports };
}

/** A source as the advice and the picture name it. */
export interface NamedSource {
  what: string;
  /** Empty until one is typed. */
  name: string;
  /** As picked or typed, such as "5432" or "9092-9094". */
  ports: string;
  /** Why the path fits, in Rust's words; none where only Rust's checks can tell. */
  reason: string | null;
}

/** The source chosen; none while no database is picked. */
export function namedSource(draft: SourceDraft, listed: readonly Source[] | undefined): NamedSource | null {
  switch (draft.kind) {
    case "database": {
      const source = listed?.find(({ arn }) => arn === draft.arn);
      if (!source) return null;
      return { what: source.what, name: source.name, ports: source.port === null ? "" : String(source.port), reason: source.reason };
    }
    case "domainName":
      return { what: "Domain name", name: targetOf(draft), ports: draft.ports.trim(), reason: null };
    case "ipAddress":
      return { what: "IP address", name: targetOf(draft), ports: draft.ports.trim(), reason: null };
  }
}

/** The port that goes with the endpoint's names: of several, the first. */
export function portOf(source: NamedSource | null): number | null {
  const first = /^\d+/.exec(source?.ports ?? "");
  return first ? Number(first[0]) : null;
}

/** A VPC as it is named everywhere in the wizard. */
export function vpcWords(id: string, name: string | null): string {
  return name === null ? id : `${name} (${id})`;
}
