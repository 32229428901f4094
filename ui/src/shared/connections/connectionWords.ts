// The states of connections in words and icons, as EC2 and MSK name them. AWS's model and its wire differ in the case of
// letters, so words are compared without it; a state newer than this program keeps AWS's own word.
import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

export interface ConnectionState {
  type: StatusIndicatorProps.Type;
  words: string;
  /** Whether data goes through it. */
  works: boolean;
}

/** States of a connection to an endpoint service (EC2, State). */
const SERVICE: ReadonlyMap<string, ConnectionState> = new Map<string, ConnectionState>([
  ["pendingacceptance", { type: "warning", words: "Waits to be accepted", works: false }],
  ["pending", { type: "in-progress", words: "Connecting", works: false }],
  ["available", { type: "success", words: "Connected", works: true }],
  ["partial", { type: "warning", words: "Connected in part", works: true }],
  ["rejected", { type: "stopped", words: "Rejected", works: false }],
  ["deleting", { type: "stopped", words: "Being deleted", works: false }],
  ["deleted", { type: "stopped", words: "Deleted", works: false }],
  ["expired", { type: "stopped", words: "Expired", works: false }],
  ["failed", { type: "error", words: "Failed", works: false }],
]);

/** States of a client's connection to an MSK cluster (Kafka, VpcConnectionState). */
const MSK: ReadonlyMap<string, ConnectionState> = new Map<string, ConnectionState>([
  ["creating", { type: "in-progress", words: "Connecting", works: false }],
  ["available", { type: "success", words: "Connected", works: true }],
  ["inactive", { type: "warning", words: "Inactive", works: false }],
  ["deactivating", { type: "in-progress", words: "Being deactivated", works: false }],
  ["rejecting", { type: "in-progress", words: "Being rejected", works: false }],
  ["rejected", { type: "stopped", words: "Rejected", works: false }],
  ["deleting", { type: "stopped", words: "Being deleted", works: false }],
  ["failed", { type: "error", words: "Failed", works: false }],
]);

export function serviceConnectionState(state: string): ConnectionState {
  return SERVICE.get(plain(state)) ?? { type: "info", words: state, works: false };
}

export function mskConnectionState(state: string | null): ConnectionState {
  if (state === null) return { type: "info", words: "Not told by AWS", works: false };
  return MSK.get(plain(state)) ?? { type: "info", words: state, works: false };
}

/** Whether a connection to an endpoint service waits for somebody to accept or reject it. */
export function waitsToBeAccepted(state: string): boolean {
  return plain(state) === "pendingacceptance";
}

function plain(state: string): string {
  return state.toLowerCase();
}

/** `SASL_IAM` and its like, in words. */
export function authenticationWords(authentication: string | null, none = "Not told by AWS"): string {
  switch (authentication) {
    case "SASL_IAM":
      return "IAM access control";
    case "SASL_SCRAM":
      return "SASL/SCRAM";
    case "TLS":
      return "Mutual TLS";
    case null:
      return none;
    default:
      return authentication;
  }
}
