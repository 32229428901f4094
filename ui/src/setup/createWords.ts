// What a plan does to the account, in numbers: what it creates, and what it changes of what is there already.
import { accountName } from "../accounts/accountWords";
import type { AccountView, Action, Plan } from "../ipc/bindings";

/** The words of the button that begins the run: it names the account. */
export function createWords(plan: Plan | undefined, account: AccountView): string {
  const where = `${account.identity.accountId} (${accountName(account.account)}), ${account.identity.region}`;
  if (!plan) return `Create in ${where}`;
  const makes = counted(created(plan), "resource", "resources");
  const changes = counted(changed(plan), "change", "changes");
  if (makes === "" && changes === "") return `Begin the run in ${where}`;
  if (makes === "") return `Make ${changes} in ${where}`;
  return changes === "" ? `Create ${makes} in ${where}` : `Create ${makes} and make ${changes} in ${where}`;
}

function counted(count: number, one: string, many: string): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? one : many}`;
}

/** How many things a plan creates. */
export function created(plan: Plan): number {
  return plan.steps.filter(({ action }) => doing(action) === "creates").length;
}

/** How many things a plan changes that were there before. */
export function changed(plan: Plan): number {
  return plan.steps.filter(({ action }) => doing(action) === "changes").length;
}

/** What an action does to the account. What it changes of what the plan itself makes belongs to the making. */
function doing(action: Action): "creates" | "changes" | "nothing" {
  switch (action.action) {
    case "createResourceGateway":
    case "createResourceConfiguration":
    case "createConfigurationGroup":
    case "createChildConfiguration":
    case "createResourceShare":
    case "createTargetGroup":
    case "createLoadBalancer":
    case "createListener":
    case "createEndpointService":
    case "createReversePrivateEndpoint":
      return "creates";
    case "updateGatewaySecurityGroups":
    case "updateMskConnectivity":
    case "allowInClusterPolicy":
      return "changes";
    case "enableCrossZone":
    case "stopEnforcingInboundRules":
      return action.loadBalancer.from === "literal" ? "changes" : "nothing";
    case "registerTargets":
      return action.targetGroup.from === "literal" ? "changes" : "nothing";
    case "allowPrincipal":
    case "addSupportedRegion":
    case "verifyPrivateDns":
      return action.service.from === "literal" ? "changes" : "nothing";
    case "acceptEndpointConnection":
    case "awaitDnsRecord":
    case "awaitConnectionAcceptance":
    case "awaitEndpointConnection":
    case "awaitEndpointReady":
    case "awaitMskConnection":
    case "awaitShareAcceptance":
    case "readBootstrapBrokers":
      return "nothing";
  }
}
