// What a page gets from a command: its value, or a typed problem, whatever the call was rejected with.
import { mockIPC, clearMocks } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, it } from "vitest";

import { ProblemError, problemOf, tauriClient } from "./client";

afterEach(clearMocks);

describe("a command", () => {
  it("answers with its value, and passes its arguments under their names", async () => {
    const asked: unknown[] = [];
    mockIPC((command, payload) => {
      asked.push([command, payload]);
      return null;
    });
    await expect(tauriClient().wakeService("organization", "service")).resolves.toBeNull();
    expect(asked).toEqual([["wake_service", { organizationId: "organization", serviceId: "service" }]]);
  });

  it("rejects with the typed problem that Rust answered", async () => {
    mockIPC(() => Promise.reject({ code: "accessDenied", action: "rds:DescribeDBClusters", message: "no" }));
    const refused = await tauriClient().board().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(problemOf(refused)).toEqual({ code: "accessDenied", action: "rds:DescribeDBClusters", message: "no" });
  });

  it("keeps the words of a refusal that is no problem, such as a missing permission", async () => {
    mockIPC(() => Promise.reject("Command board not allowed by ACL"));
    const refused = await tauriClient().board().catch((error: unknown) => error);
    expect(problemOf(refused)).toEqual({ code: "internal", message: "Command board not allowed by ACL" });
  });

  it("keeps the words of an error of the page itself", async () => {
    mockIPC(() => {
      throw new TypeError("no bridge");
    });
    const refused = await tauriClient().settings().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(problemOf(refused)).toEqual({ code: "internal", message: "no bridge" });
  });
});

describe("a problem", () => {
  it("is found in whatever was thrown", () => {
    expect(problemOf(new Error("broken"))).toEqual({ code: "internal", message: "broken" });
    expect(problemOf({ code: "keyMissing" })).toEqual({ code: "keyMissing" });
    expect(problemOf({ odd: 1 })).toEqual({ code: "internal", message: '{"odd":1}' });
    expect(problemOf(undefined)).toMatchObject({ code: "internal" });
  });
});

describe("the clipboard", () => {
  it("is written by the plugin of the shell", async () => {
    const asked: unknown[] = [];
    mockIPC((command, payload) => {
      asked.push([command, payload]);
    });
    await tauriClient().copyText("vpce-1.example");
    expect(asked).toEqual([["plugin:clipboard-manager|write_text", { text: "vpce-1.example" }]]);
  });
});

describe("a change", () => {
  it("of the journal is one of the runs and of the board; listening ends", async () => {
    const handlers: ((event: unknown) => void)[] = [];
    const ended: unknown[] = [];
    mockIPC((command, payload) => {
      if (command === "plugin:event|listen") {
        const { handler } = payload as { handler: number };
        const registered = (window as unknown as Record<string, (event: unknown) => void>)[`_${handler}`];
        handlers.push(registered ?? ((event) => runCallback(handler, event)));
        return handler;
      }
      if (command === "plugin:event|unlisten") ended.push(payload);
      return undefined;
    });
    // The bridge's own bookkeeping, which the mock leaves out.
    Object.assign(window, { __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: () => undefined } });
    const heard: string[] = [];
    const end = tauriClient().onChanged((what) => heard.push(what));
    await settled();
    handlers[0]?.({ event: "changed", id: 1, payload: { what: "journal" } });
    handlers[0]?.({ event: "changed", id: 1, payload: { what: "account" } });
    expect(heard).toEqual(["runs", "board", "account"]);
    end();
    await settled();
    expect(ended).toHaveLength(1);
  });
});

function runCallback(id: number, event: unknown) {
  (window as unknown as { __TAURI_INTERNALS__: { runCallback: (id: number, event: unknown) => void } })
    .__TAURI_INTERNALS__.runCallback(id, event);
}

function settled(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, 0);
  });
}
