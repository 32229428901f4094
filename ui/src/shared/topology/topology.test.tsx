// The picture as a screen reader gets it, its states, and the geometry of its lines.
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { RunStep, StepState, Topology } from "../../ipc/bindings";
import { brokerNames, brokersTopology } from "../../test/brokerFixtures";
import { expectAccessible, renderPiece } from "../../test/render";
import { run, topology } from "../../test/setupFixtures";
import { hostShown } from "./HostPicture";
import { nodeState, STATE_ICONS, STATE_WORDS, type NodeState } from "./nodeState";
import { route, type Rect } from "./route";
import { TopologyPicture } from "./TopologyPicture";
import { usualWords } from "./usualTime";

function lanesOf(label: string): string[][] {
  const picture = screen.getByRole("list", { name: label });
  return within(picture)
    .getAllByRole("list")
    .map((lane) => within(lane).queryAllByRole("listitem").map((item) => item.textContent ?? ""));
}

describe("the picture read as a list", () => {
  it("has the three columns in order, each node with its state and whom it connects to", () => {
    renderPiece(<TopologyPicture topology={topology} label="What will be there" accountId="111122223333" />);
    const [account, added, clickHouse] = lanesOf("What will be there");
    expect(account).toHaveLength(1);
    expect(account?.[0]).toMatch(/Aurora PostgreSQL cluster.*orders-postgres.*Exists/);
    expect(added?.map((text) => text.match(/^Resource (gateway|configuration|share)/)?.[0])).toEqual([
      "Resource gateway",
      "Resource configuration",
      "Resource share",
    ]);
    expect(added?.[0]).toContain("To be created");
    expect(added?.[0]).toContain("Connects to: Aurora PostgreSQL cluster (TCP 5432)");
    expect(clickHouse?.[0]).toContain("Reverse private endpoint");
    expect(screen.getByText("account 072088201116")).toBeInTheDocument();
  });

  it("colours in as the run makes things", () => {
    renderPiece(<TopologyPicture topology={topology} label="What is there" steps={run().steps} />);
    const [, added] = lanesOf("What is there");
    expect(added?.[0]).toContain("Ready to use");
    expect(added?.[1]).toContain("Waiting for AWS");
    expect(added?.[2]).toContain("To be created");
  });

  it("tells several of a kind apart by their IDs", () => {
    const subnet = (id: string) => ({
      id,
      lane: "account" as const,
      title: "Subnet",
      name: null,
      resourceId: id,
      step: null,
      host: null,
    });
    const gateway = { id: "g", lane: "added" as const, title: "Resource gateway", name: "g", resourceId: null, step: "gateway", host: null };
    const many: Topology = {
      nodes: [subnet("subnet-a"), subnet("subnet-b"), gateway],
      edges: [
        { from: "g", to: "subnet-a", label: null },
        { from: "g", to: "subnet-b", label: null },
      ],
    };
    renderPiece(<TopologyPicture topology={many} label="Picture" />);
    expect(screen.getByText("Connects to: Subnet subnet-a, Subnet subnet-b")).toBeInTheDocument();
  });

  it("copies a node's ID", async () => {
    const { client, user } = renderPiece(<TopologyPicture topology={topology} label="Picture" />);
    await user.click(screen.getByRole("button", { name: "Copy ID of aurora postgresql cluster" }));
    expect(client.calls).toContainEqual({ command: "copyText", args: [topology.nodes[0]?.resourceId] });
  });

  it("has no accessibility violation", async () => {
    const { container } = renderPiece(
      <TopologyPicture topology={topology} label="What is there" accountId="111122223333" steps={run().steps} />,
    );
    await expectAccessible(container);
  });
});

describe("a node's state", () => {
  const node = { id: "n", lane: "added" as const, title: "Resource share", name: null, resourceId: null, step: "share", host: null };
  const step = (state: StepState): RunStep => ({
    id: "share",
    state,
    beganAt: null,
    endedAt: null,
    adopted: false,
    mayBeLeft: false,
    outputs: {},
  });

  it.each<[StepState, string]>([
    [{ state: "pending" }, "To be created"],
    [{ state: "sent" }, "Being created"],
    [{ state: "waiting", seen: "ASSOCIATING", turn: "you" }, "Waiting for you"],
    [{ state: "waiting", seen: "Provisioning", turn: "clickHouse" }, "Waiting for ClickHouse"],
    [{ state: "done" }, "Ready to use"],
    [{ state: "failed", problem: { code: "cancelled" } }, "Failed"],
    [{ state: "notKnown", problem: { code: "cancelled" } }, "Not known"],
    [{ state: "undoing" }, "Being removed"],
    [{ state: "undone" }, "Removed"],
    [{ state: "kept" }, "Left in place"],
  ])("%o is shown as %s", (state, words) => {
    expect(STATE_WORDS[nodeState(node, [step(state)])]).toBe(words);
  });

  it("is used where the path needs it and it is there already, and plainly there elsewhere", () => {
    expect(STATE_WORDS[nodeState({ ...node, step: null })]).toBe("Exists already");
    expect(STATE_WORDS[nodeState({ ...node, lane: "account", step: null })]).toBe("Exists");
  });

  it("is not green where a run by hand only saw the share accepted", () => {
    const accepted = nodeState({ ...node, step: "acceptance" }, [{ ...step({ state: "done" }), id: "acceptance" }]);
    expect(STATE_WORDS[accepted]).toBe("Share accepted; this run does not watch the endpoint");
    expect(STATE_ICONS[accepted]).toBe("info");
  });

  it("is not green where a run by hand only saw the connection, also of several", () => {
    for (const id of ["connection", "connection-2"]) {
      const connected = nodeState({ ...node, step: id }, [{ ...step({ state: "done" }), id }]);
      expect(STATE_WORDS[connected]).toBe("Connected; this run does not watch the endpoint");
      expect(STATE_ICONS[connected]).toBe("info");
    }
  });

  it("is green only where the thing works, and a warning where a person is waited for", () => {
    const green = Object.entries(STATE_ICONS).filter(([, icon]) => icon === "success");
    expect(green.map(([state]) => state)).toEqual(["made"]);
    expect(STATE_ICONS.waitingForYou).toBe("warning");
  });
});

describe("several hosts", () => {
  const open = (names: readonly string[], steps?: RunStep[]) =>
    renderPiece(<TopologyPicture topology={brokersTopology(names)} label="Picture" steps={steps} />);
  const folds = () => screen.getAllByRole("button", { name: /^b-\d/ });

  it("that are few are opened out, each with its own three columns and lines", async () => {
    const names = brokerNames(3);
    const { container } = open(names);
    expect(folds().map((fold) => fold.getAttribute("aria-expanded"))).toEqual(["true", "true", "true"]);
    expect(lanesOf(names[1]!).map((lane) => lane.length)).toEqual([1, 3, 2]);
    // What the path adds is there for each host alone: of what they share, that column is not drawn.
    expect(lanesOf("Picture").map((lane) => lane.length)).toEqual([2, 1]);
    const drawn = screen.getAllByText(/^(Your account|What this path adds|ClickHouse)$/).map(({ textContent }) => textContent);
    expect(drawn).toEqual(["Your account", "ClickHouse", ...names.flatMap(() => ["Your account", "What this path adds", "ClickHouse"])]);
    await expectAccessible(container);
  });

  it("that are many are folded, but for those in which something is the matter", () => {
    const names = brokerNames(9);
    const failed: RunStep = {
      id: "load-balancer-4",
      state: { state: "failed", problem: { code: "cancelled" } },
      beganAt: null,
      endedAt: null,
      adopted: false,
      mayBeLeft: false,
      outputs: {},
    };
    open(names, [failed]);
    expect(folds().map((fold) => fold.getAttribute("aria-expanded") === "true")).toEqual(names.map((_, index) => index === 3));
    expect(folds()[3]).toHaveTextContent("Failed");
    expect(folds()[0]).toHaveTextContent("To be created");
  });

  it("that are very many are drawn as they are asked for", async () => {
    const { user } = open(brokerNames(30));
    expect(folds()).toHaveLength(12);
    await user.click(screen.getByRole("button", { name: "Show 12 more of 18 hosts" }));
    expect(folds()).toHaveLength(24);
  });

  it("that are one are drawn as everything else", () => {
    open(brokerNames(1));
    expect(screen.queryByText("Host by host")).not.toBeInTheDocument();
    expect(lanesOf("Picture").map((lane) => lane.length)).toEqual([3, 3, 3]);
  });

  it.each<[NodeState[], string]>([
    [["exists", "made", "made"], "Ready to use"],
    [["exists", "planned", "planned"], "To be created"],
    [["exists", "made", "planned"], "1 of 2 ready to use"],
    [["made", "waitingForAws", "planned"], "Waiting for AWS"],
    [["made", "waitingForAws", "waitingForYou"], "Waiting for you"],
    [["failed", "waitingForYou"], "Failed"],
    [["exists", "undone", "undone"], "Removed"],
    [["used", "made"], "Ready to use"],
  ])("%j are said to be: %s", (states, words) => {
    expect(hostShown(states).words).toBe(words);
  });
});

describe("a line's route", () => {
  const box = (left: number, top: number): Rect => ({ left, top, right: left + 100, bottom: top + 40 });

  it("leaves on the side that faces the other column", () => {
    expect(route(box(0, 0), box(200, 0), []).path).toMatch(/^M 100 20 .* 200 20$/);
    expect(route(box(200, 0), box(0, 0), []).path).toMatch(/^M 200 20 .* 100 20$/);
  });

  it("is straight between neighbours of a column, also far apart, and goes around a box between them", () => {
    const [top, middle, bottom] = [box(0, 0), box(0, 100), box(0, 300)];
    expect(route(middle, bottom, [top, middle, bottom]).path).toBe("M 50 140 L 50 300");
    expect(route(bottom, middle, [top, middle, bottom]).path).toBe("M 50 300 L 50 140");
    expect(route(top, bottom, [top, middle, bottom]).path).toContain("C");
  });
});

describe("the usual time", () => {
  it.each<[[number, number], string]>([
    [[10, 90], "10 to 90 s"],
    [[60, 600], "1 to 10 min"],
    [[30, 180], "30 s to 3 min"],
    [[59, 120], "59 s to 2 min"],
    [[300, 300], "5 min"],
    [[60, 3600], "1 to 60 min"],
    [[900, 14_400], "15 min to 4 h"],
    [[7200, 14_400], "2 to 4 h"],
    [[30, 7200], "30 s to 2 h"],
  ])("%o is %s", (seconds, words) => {
    expect(usualWords(seconds)).toBe(words);
  });
});
