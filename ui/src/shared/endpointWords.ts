// Endpoints in words: name, kind, status, and what is to be done. One place, so that board, detail and runs agree.
import type { EndpointKind, EndpointStatus, ReversePrivateEndpoint } from "../ipc/bindings";

/** The mark that a run leaves at the end of a description. */
const RUN_MARK = / ?\[pipelink:[0-9a-f-]{36}\]$/;

/** The description without the run's mark; the ID where there is none. */
export function endpointName(endpoint: ReversePrivateEndpoint): string {
  return endpoint.description.replace(RUN_MARK, "").trim() || endpoint.id;
}

export function kindWords(kind: EndpointKind): string {
  switch (kind.kind) {
    case "vpcResource":
      return "VPC resource";
    case "mskMultiVpc":
      return "MSK multi-VPC";
    case "vpcEndpointService":
      return "VPC endpoint service";
    case "other":
      return kind.name;
  }
}

/** ClickHouse's own word for the status, in sentence case. */
export function statusWords(status: EndpointStatus): string {
  switch (status.status) {
    case "provisioning":
      return "Provisioning";
    case "ready":
      return "Ready";
    case "pendingAcceptance":
      return "Pending acceptance";
    case "rejected":
      return "Rejected";
    case "failed":
      return "Failed";
    case "expired":
      return "Expired";
    case "deleting":
      return "Deleting";
    case "unknown":
      return "Unknown";
    case "other":
      return status.name;
  }
}

/** What it means and what is next, in one or two sentences. */
export function statusMeaning(status: EndpointStatus, kind: EndpointKind): string {
  switch (status.status) {
    case "provisioning":
      return "ClickHouse is making the endpoint. Nothing is asked of you.";
    case "ready":
      return "The endpoint works: ClickPipes can connect through it.";
    case "pendingAcceptance":
      return kind.kind === "vpcEndpointService"
        ? "The connection waits to be accepted: accept it at your VPC endpoint service in AWS."
        : "The connection waits to be accepted on the AWS side.";
    case "rejected":
      return "The connection was rejected on the AWS side. Delete the endpoint in ClickHouse and set the connection up again, or let ClickHouse delete it.";
    case "failed":
      return "ClickHouse could not make the endpoint and gives no reason. Set the connection up again: the checks look for what usually is the cause.";
    case "expired":
      return "The endpoint was not used in time. ClickHouse removes it by itself.";
    case "deleting":
      return "ClickHouse is removing the endpoint.";
    case "unknown":
      return "ClickHouse itself does not know how the endpoint stands.";
    case "other":
      return "This status is newer than this version of Pipelink: look it up in ClickHouse's documentation.";
  }
}

/** What the admin is to do, as the name of a task; nothing where it is not the admin's turn. */
export function taskWords(status: EndpointStatus): string | null {
  switch (status.status) {
    case "pendingAcceptance":
      return "accept the connection";
    case "rejected":
      return "the connection was rejected";
    case "failed":
      return "could not be made";
    default:
      return null;
  }
}
