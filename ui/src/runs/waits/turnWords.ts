// What the admin is to do while a step waits for them: the heading and the words of the notice above a run.
import type { Action } from "../../ipc/bindings";

export interface TurnNotice {
  header: string;
  text: string;
}

const LATER = "You may close the window and continue the run later.";

/** What is asked of the admin by a step that waits for them; `seen` is what was last seen of it. */
export function turnNotice(action: Action, title: string, seen: string): TurnNotice {
  switch (action.action) {
    case "awaitShareAcceptance":
      return {
        header: "Your turn: create the endpoint in ClickHouse",
        text: `Paste the values below. The run ends when ClickHouse has accepted the share. ${LATER}`,
      };
    case "awaitMskConnection":
      return {
        header: "Your turn: create the endpoint in ClickHouse",
        text: `Create one of type MSK multi-VPC with the values below. The run goes on when ClickHouse has connected to the cluster. ${LATER}`,
      };
    case "awaitEndpointConnection":
      return {
        header: "Your turn: create the endpoint in ClickHouse, then accept its connection in AWS",
        text: `Create one of type VPC endpoint service with the values below. Its connection then shows in the table of connections. ${LATER}`,
      };
    case "awaitConnectionAcceptance":
      return {
        header: "Your turn: accept the connection",
        text: `ClickHouse's endpoint asks to connect to your endpoint service. Accept it below. ClickHouse deletes an endpoint that waits for more than a day. ${LATER}`,
      };
    case "awaitDnsRecord":
      return {
        header: "Your turn: publish a TXT record",
        text: `Pipelink looks for it in public DNS, and the run goes on by itself when it is there. ${LATER}`,
      };
    case "registerTargets":
      return {
        header: "Your turn: a target does not answer",
        text: `The load balancer does not reach it (${seen}). Look whether the source listens on the port, and whether its security groups and routes let the load balancer's addresses in. The run goes on by itself when every target is healthy.`,
      };
    default:
      return { header: `Your turn: ${title}`, text: `Last seen: ${seen}. ${LATER}` };
  }
}
