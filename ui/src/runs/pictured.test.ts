// The picture of a change of a gateway's groups: what is there before it, and after it was undone.
import { describe, expect, it } from "vitest";

import { GROUPS } from "../test/aftercareFixtures";
import { groupRun, groupRunPage } from "../test/runFixtures";
import { pictured } from "./pictured";

const page = groupRunPage();
const drawn = (run: typeof groupRun) => pictured({ run, topology: page.topology });

describe("the picture of a change of groups", () => {
  it("draws the gateway and its groups as there already, whatever the run has done", () => {
    const { nodes } = drawn({ ...groupRun, state: { state: "running" } });
    expect(nodes.map(({ id, step }) => [id, step])).toEqual([
      ["source", null],
      ["gateway", null],
      [GROUPS.other, null],
    ]);
  });

  it("leaves out a group that was taken off again, and its line", () => {
    const { nodes, edges } = drawn({ ...groupRun, state: { state: "undone" } });
    expect(nodes.map(({ id }) => id)).toEqual(["source", "gateway"]);
    expect(edges.some(({ to }) => to === GROUPS.other)).toBe(false);
    expect(edges).toHaveLength(page.topology.edges.length - 1);
  });
});
