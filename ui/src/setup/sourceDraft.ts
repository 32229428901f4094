// What is to be reached, as far as it is chosen or typed: something out of the list, a domain name, an address or several
// hosts. What was typed for one kind or path is kept while the admin looks at another. It holds no rule: Rust says what
// is right. Each path takes the same source in a form of its own.
import type { DnsResolution, Engine, MskAuthentication, Source } from "../ipc/bindings";
import type { EndpointServiceSource, VpcResourceSource } from "./pathTypes";

/** How the source is named. */
export type SourceKind = "listed" | "domainName" | "ipAddress" | "hosts";

export interface SourceDraft {
  kind: SourceKind;
  /** The ARN of the database or cluster; empty until one is picked. */
  arn: string;
  name: string;
  address: string;
  ports: string;
  /** One host and port a line. */
  hosts: string;
  /** The private addresses of those hosts, or of the domain name, that are names. */
  addresses: string;
  /** A Kafka schema registry: host and port; empty where there is none. */
  registry: string;
  registryAddress: string;
  resolution: DnsResolution;
  /** What speaks at a name or an address. */
  engine: Engine;
  /** What speaks at several hosts. */
  hostsEngine: HostsEngine;
  vpcId: string;
}

/** What can be several hosts that are one source. */
export type HostsEngine = Extract<Engine, "kafka" | "mongoDb">;

/** The port that goes with an engine, filled in as long as no other one was typed. */
const USUAL_PORTS: Record<Engine, string> = { postgres: "5432", mysql: "3306", kafka: "9092", mongoDb: "27017", other: "" };

export const NO_SOURCE: SourceDraft = {
  kind: "listed",
  arn: "",
  name: "",
  address: "",
  ports: USUAL_PORTS.postgres,
  hosts: "",
  addresses: "",
  registry: "",
  registryAddress: "",
  resolution: "public",
  engine: "postgres",
  hostsEngine: "kafka",
  vpcId: "",
};

/** Whether an ARN is that of an MSK cluster: the third part of an ARN is the service. */
export function isMskCluster(arn: string): boolean {
  return arn.split(":")[2] === "kafka";
}

/** The cluster picked from the list; empty where something else is to be reached. */
export function clusterOf(draft: SourceDraft): string {
  return draft.kind === "listed" && isMskCluster(draft.arn) ? draft.arn : "";
}

/** What speaks there, as far as it was said: what is picked from the list says it itself. */
export function engineOf(draft: SourceDraft): Engine | null {
  switch (draft.kind) {
    case "listed":
      return null;
    case "hosts":
      return draft.hostsEngine;
    case "domainName":
    case "ipAddress":
      return draft.engine;
  }
}

/** The source as a VPC resource takes it; what is not chosen yet is empty. */
export function vpcResourceSource(draft: SourceDraft): VpcResourceSource {
  const { arn, name, address, ports, hosts, registry, resolution, engine, hostsEngine, vpcId } = draft;
  switch (draft.kind) {
    case "listed":
      return isMskCluster(arn) ? { kind: "mskServerless", clusterArn: arn } : { kind: "database", arn };
    case "domainName":
      return { kind: "domainName", name, ports, resolution, engine, vpcId };
    case "ipAddress":
      return { kind: "ipAddress", address, ports, engine, vpcId };
    case "hosts":
      return { kind: "hosts", hosts, registry: registryOf(draft, registry), resolution, engine: hostsEngine, vpcId };
  }
}

/** The source as an endpoint service takes it: a name is a host with one port. */
export function endpointServiceSource(draft: SourceDraft, authentication: MskAuthentication): EndpointServiceSource {
  const { arn, name, address, ports, hosts, addresses, registry, registryAddress, engine, hostsEngine, vpcId } = draft;
  switch (draft.kind) {
    case "listed":
      return isMskCluster(arn) ? { kind: "mskBrokers", clusterArn: arn, authentication } : { kind: "database", arn };
    case "domainName":
      return { kind: "hosts", hosts: `${name.trim()}:${ports.trim()}`, addresses, engine, registry: "", registryAddress: "", vpcId };
    case "ipAddress":
      return { kind: "address", address, port: ports, engine, vpcId };
    case "hosts":
      return {
        kind: "hosts",
        hosts,
        addresses,
        engine: hostsEngine,
        registry: registryOf(draft, registry),
        registryAddress: registryOf(draft, registryAddress),
        vpcId,
      };
  }
}

/** A schema registry belongs to Kafka; one that was typed is kept while MongoDB is looked at. */
function registryOf(draft: SourceDraft, typed: string): string {
  return draft.hostsEngine === "kafka" ? typed : "";
}

/** What stands for the source: its ARN, name, address or hosts; empty until there is one. */
export function targetOf(draft: SourceDraft): string {
  switch (draft.kind) {
    case "listed":
      return draft.arn;
    case "domainName":
      return draft.name.trim();
    case "ipAddress":
      return draft.address.trim();
    case "hosts":
      return draft.hosts.trim();
  }
}

/**
 * Tells the sources apart whose defaults differ: the network's picks and names are made for a target in a VPC, and
 * outlive another port or engine.
 */
export function defaultsKey(draft: SourceDraft): string {
  return JSON.stringify([draft.kind, targetOf(draft), draft.kind === "listed" ? "" : draft.vpcId]);
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
  /** As picked or typed, such as "5432" or "9092-9094"; empty where it is not known, or differs from host to host. */
  ports: string;
}

/** The source chosen; none while nothing is picked from the list. */
export function namedSource(draft: SourceDraft, listed: readonly Source[] | undefined): NamedSource | null {
  switch (draft.kind) {
    case "listed": {
      const source = pickedSource(draft, listed);
      return source ? { what: source.what, name: source.name, ports: source.port === null ? "" : String(source.port) } : null;
    }
    case "domainName":
      return { what: "Domain name", name: targetOf(draft), ports: draft.ports.trim() };
    case "ipAddress":
      return { what: "IP address", name: targetOf(draft), ports: draft.ports.trim() };
    case "hosts":
      return { what: HOSTS_WORDS[draft.hostsEngine], name: hostsName(draft.hosts), ports: "" };
  }
}

export const HOSTS_WORDS: Record<HostsEngine, string> = { kafka: "Kafka brokers", mongoDb: "MongoDB nodes" };

/** Several hosts by the first of them. */
function hostsName(hosts: string): string {
  const lines = hosts.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== "");
  const [first] = lines;
  if (first === undefined) return "";
  return lines.length === 1 ? first : `${first} and ${lines.length - 1} more`;
}

/** The row of the list that is picked. */
export function pickedSource(draft: SourceDraft, listed: readonly Source[] | undefined): Source | undefined {
  return draft.kind === "listed" ? listed?.find(({ arn }) => arn === draft.arn) : undefined;
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
