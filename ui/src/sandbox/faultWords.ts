// The faults that the sandbox can switch on, in words. Which of them can strike which call the sandbox says itself.
import type { NewFault, SandboxFault } from "../ipc/bindings";

interface FaultWords {
  /** What goes wrong. */
  label: string;
  /** What the caller sees of it. */
  meaning: string;
}

const WORDS: Record<string, FaultWords> = {
  throttle: { label: "Throttled", meaning: "AWS refuses the call: too many in too short a time." },
  deny: { label: "Access denied", meaning: "AWS refuses the call for want of a right." },
  expired_credentials: { label: "Credentials expired", meaning: "AWS refuses the call: the credentials' time is over." },
  quota: { label: "Quota used up", meaning: "AWS refuses the call: the account may not have more of these." },
  server_error: { label: "Internal error (500)", meaning: "The service fails; whether it did anything is not said." },
  lost_answer: { label: "The answer gets lost after it is done", meaning: "The connection ends without an answer." },
  reset: { label: "The connection breaks before anything is done", meaning: "The connection is reset." },
  hold_before: { label: "Held back before anything is done", meaning: "No answer until this is removed." },
  hold_after: { label: "Done, and the answer held back", meaning: "No answer until this is removed." },
  delay: { label: "Slow answer", meaning: "The answer comes after the delay." },
  malformed: { label: "The answer cannot be understood", meaning: "It is done, but the answer's body is broken." },
  not_found_once: { label: "Not found right after it was made", meaning: "The next look does not find it yet." },
  stale_list: { label: "The list is out of date", meaning: "It answers as of before the latest change." },
  empty_page: { label: "An empty page with a token for the next", meaning: "The rows come with the page after it." },
  stuck: { label: "Stays in progress for ever", meaning: "What is made does not come out of its in-progress state until this is removed." },
  failed_state: { label: "Comes into its failed state", meaning: "What is made fails, with the reason where there is a place for one." },
  no_capacity: { label: "No capacity for the endpoint", meaning: "The reverse private endpoint comes into Failed." },
  service_idle: { label: "The service falls idle before the call", meaning: "ClickHouse answers 424." },
  rate_limited: { label: "Too many requests (429)", meaning: "ClickHouse refuses the call and says how long to wait." },
  gateway_timeout_but_done: { label: "Gateway time-out (504), although it is done", meaning: "The answer says that it took too long." },
  unauthorized: { label: "Key not accepted (401)", meaning: "ClickHouse does not know the key." },
  forbidden: { label: "Key lacks the permission (403)", meaning: "ClickHouse refuses the call for want of a permission." },
  refused_sharing: {
    label: "Sharing outside of the organization refused",
    meaning: "AWS Organizations does not allow to share with another organization's account.",
  },
};

/** A kind in words; of one newer than this program its own name. */
export function faultWords(kind: string): FaultWords {
  return WORDS[kind] ?? { label: kind, meaning: "" };
}

/** The call as the API names it. */
export function callWords({ service, operation }: Pick<NewFault, "service" | "operation">): string {
  return `${service}: ${operation}`;
}

/** How often a fault strikes. */
export function timesWords(times: number): string {
  if (times === 0) return "Until it is removed";
  if (times === 1) return "Once";
  return times === 2 ? "Twice" : `${times} times`;
}

/** How often it has struck so far. */
export function hitsWords({ hits, fault }: SandboxFault): string {
  if (fault.times > 0 && hits >= fault.times) return "Used up";
  if (hits === 0) return "Has not struck yet";
  return hits === 1 ? "Has struck once" : `Has struck ${hits} times`;
}

/** What belongs to a kind besides the call and how often. */
export function takes(kind: string): { delay: boolean; reason: boolean } {
  return { delay: kind === "delay", reason: kind === "failed_state" };
}
