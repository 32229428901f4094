// A run for several hosts: its steps say for which of them they are.
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Topology } from "../ipc/bindings";
import { fakeClient } from "../test/fakeClient";
import { serviceDone } from "../test/pathFixtures";
import { openWindow } from "../test/render";
import { RUN } from "../test/setupFixtures";

const node = (step: string, host: string): Topology["nodes"][number] => ({
  id: step,
  lane: "added",
  title: "Network Load Balancer",
  name: null,
  resourceId: null,
  step,
  host,
});

it("each step names the host that it is for", async () => {
  const topology: Topology = { nodes: [node("load-balancer", "b-1.example.com"), node("load-balancer-2", "b-2.example.com")], edges: [] };
  openWindow({ page: "run", run: RUN }, fakeClient({ runPage: async () => ({ ...serviceDone, topology }) }));
  const list = await screen.findByRole("list", { name: "Steps of the run" }, { timeout: 5000 });
  const steps = within(list).getAllByRole("listitem").map(({ textContent }) => textContent ?? "");
  const at = serviceDone.run.plan.steps.findIndex(({ id }) => id === "load-balancer");
  expect(steps[at]).toContain("For b-1.example.com");
  // What is done to the load balancer too, though the picture does not draw it.
  expect(steps[at + 1]).toContain("For b-1.example.com");
  expect(steps.some((text) => text.includes("b-2.example.com"))).toBe(false);
});
