// The states of connections in words and icons, as EC2 and MSK name them. AWS's model and its wire differ in the case of
// letters, so words are compared without it; a state newer than this program keeps AWS's own word.
import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

export interface ConnectionState {
  type: StatusIndicatorProps.Type;
  words: string;
  /** Whether there is still something to reject. */
  rejectable: boolean;
  /** Whether data goes through it. */
  works: boolean;
}

const OVER = { rejectable: false, works: false };
const UNDER_WAY = { rejectable: true, works: false };
const WORKS = { rejectable: true, works: true };

/** States of a connection to an endpoint service (EC2, State). */
const SERVICE: ReadonlyMap<string, ConnectionState> = new Map<string, ConnectionState>([
  ["pendingacceptance", { type: "warning", words: "Waits to be accepted", ...UNDER_WAY }],
  ["pending", { type: "in-progress", words: "Connecting", ...UNDER_WAY }],
  ["available", { type: "success", words: "Connected", ...WORKS }],
  ["partial", { type: "warning", words: "Connected in part", ...WORKS }],
  ["rejected", { type: "stopped", words: "Rejected", ...OVER }],
  ["deleting", { type: "stopped", words: "Being deleted", ...OVER }],
  ["deleted", { type: "stopped", words: "Deleted", ...OVER }],
  ["expired", { type: "stopped", words: "Expired", ...OVER }],
  ["failed", { type: "error", words: "Failed", ...OVER }],
]);

/** States of a client's connection to an MSK cluster (Kafka, VpcConnectionState). */
const MSK: ReadonlyMap<string, ConnectionState> = new Map<string, ConnectionState>([
  ["creating", { type: "in-progress", words: "Connecting", ...UNDER_WAY }],
  ["available", { type: "success", words: "Connected", ...WORKS }],
  ["inactive", { type: "warning", words: "Inactive", ...UNDER_WAY }],
  ["deactivating", { type: "in-progress", words: "Being deactivated", ...OVER }],
  ["rejecting", { type: "in-progress", words: "Being rejected", ...OVER }],
  ["rejected", { type: "stopped", words: "Rejected", ...OVER }],
  ["deleting", { type: "stopped", words: "Being deleted", ...OVER }],
  ["failed", { type: "error", words: "Failed", ...OVER }],
]);

export function serviceConnectionState(state: string): ConnectionState {
  return SERVICE.get(plain(state)) ?? { type: "info", words: state, ...UNDER_WAY };
}

export function mskConnectionState(state: string | null): ConnectionState {
  if (state === null) return { type: "info", words: "Not told by AWS", ...UNDER_WAY };
  return MSK.get(plain(state)) ?? { type: "info", words: state, ...UNDER_WAY };
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
