// For which host a step is.
import { expect, it } from "vitest";

import type { Input, OutputName, Step } from "../../ipc/bindings";
import { brokerNames, brokersTopology } from "../../test/brokerFixtures";
import { stepHosts } from "./stepHosts";

const output = (step: string, name: OutputName): Input => ({ from: "output", step, name });

/** What of a plan for several brokers matters here: who takes what from whom. */
function brokerSteps(count: number): Step[] {
  const each = Array.from({ length: count }, (_, index) => index + 1);
  const step = (id: string, action: object) => ({ id, action }) as Step;
  return each.flatMap((at) => [
    step(`target-group-${at}`, { action: "createTargetGroup", name: `group-${at}` }),
    step(`load-balancer-${at}`, { action: "createLoadBalancer" }),
    step(`listener-${at}`, {
      action: "createListener",
      loadBalancer: output(`load-balancer-${at}`, "loadBalancerArn"),
      targetGroup: output(`target-group-${at}`, "targetGroupArn"),
    }),
    step(`service-${at}`, { action: "createEndpointService", loadBalancers: [output(`load-balancer-${at}`, "loadBalancerArn")] }),
    step(`endpoint-${at}`, { action: "createReversePrivateEndpoint", to: { service: output(`service-${at}`, "endpointServiceName") } }),
    step(`acceptance-${at}`, { action: "acceptEndpointConnection", endpoint: output(`endpoint-${at}`, "vpcEndpointId") }),
  ]);
}

it("each of several brokers has its own steps, also those that are not drawn", () => {
  const names = brokerNames(3);
  const hosts = stepHosts({ steps: brokerSteps(3) }, brokersTopology(names));
  expect(hosts.size).toBe(18);
  for (const [id, host] of hosts) expect(host).toBe(names[Number(id.split("-").at(-1)) - 1]);
});

it("what all of them build upon, or what builds upon all, is for none of them", () => {
  const shared: Step[] = [
    { id: "gateway", action: { action: "createResourceGateway" } as Step["action"] },
    ...brokerSteps(2).map((step) =>
      step.id.startsWith("target-group") ? { ...step, action: { ...step.action, gateway: output("gateway", "gatewayId") } as Step["action"] } : step,
    ),
    { id: "all", action: { action: "awaitEndpointReady", of: [output("endpoint-1", "endpointId"), output("endpoint-2", "endpointId")] } as unknown as Step["action"] },
  ];
  const hosts = stepHosts({ steps: shared }, brokersTopology(brokerNames(2)));
  expect(hosts.has("gateway")).toBe(false);
  expect(hosts.has("all")).toBe(false);
  expect(hosts.has("listener-2")).toBe(true);
});

it("one host needs no telling", () => {
  expect(stepHosts({ steps: brokerSteps(1) }, brokersTopology(brokerNames(1))).size).toBe(0);
});
