// What the pages call. Turns the generated commands into promises that throw a typed problem, and adds the
// two things that are not commands: the event that something changed, and the clipboard.
import { invoke } from "@tauri-apps/api/core";

import { commands, events, type ChangedPart, type Problem } from "./bindings";

/** What has changed on the Rust side, so that a page reads it again. */
export type Changed = "runs" | "board" | "account";

/** A command came to a problem; the words for it come from the command `explain`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

type Commands = typeof commands;
type Value<F extends (...args: never[]) => Promise<unknown>> = Extract<
  Awaited<ReturnType<F>>,
  { status: "ok" }
> extends { data: infer D }
  ? D
  : never;

/** The commands as promises of their value; a refusal rejects with a {@link ProblemError}. */
export type CommandClient = {
  [K in keyof Commands]: (...args: Parameters<Commands[K]>) => Promise<Value<Commands[K]>>;
};

/** All that a page can ask of the Rust side. */
export type Client = CommandClient & {
  /** Calls back whenever something changed; the answer ends it. */
  onChanged: (listener: (what: Changed) => void) => () => void;
  /** Puts text on the clipboard. The web view's own clipboard is not reliable in WebKitGTK. */
  copyText: (text: string) => Promise<void>;
};

/** The typed problem in whatever a call was rejected with; never loses the words of an unforeseen one. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isProblem(error)) return error;
  if (error instanceof Error) return { code: "internal", message: error.message };
  return { code: "internal", message: typeof error === "string" ? error : JSON.stringify(error) };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}

type AnyCommand = (...args: unknown[]) => Promise<{ status: "ok"; data: unknown } | { status: "error"; error: unknown }>;

/** Wraps every command; separate from {@link tauriClient} so that a test can hand in its own. */
export function promised(all: Commands): CommandClient {
  const wrapped = Object.entries(all).map(([name, command]) => [
    name,
    async (...args: unknown[]) => {
      // A call that the window is not permitted is rejected with plain text, not with a problem.
      const answer = await (command as unknown as AnyCommand)(...args).catch((error: unknown) => {
        throw new ProblemError(problemOf(error));
      });
      if (answer.status === "error") throw new ProblemError(problemOf(answer.error));
      return answer.data;
    },
  ]);
  return Object.fromEntries(wrapped) as CommandClient;
}

/** What to read again: the journal holds both the runs and the board. */
function partsOf(what: ChangedPart): Changed[] {
  switch (what) {
    case "journal":
      return ["runs", "board"];
    case "account":
      return ["account"];
  }
}

/** The client of the real window. */
export function tauriClient(): Client {
  return {
    ...promised(commands),
    onChanged: (listener) => {
      const ending = events.changed.listen((event) => partsOf(event.payload.what).forEach(listener));
      return () => void ending.then((end) => end());
    },
    copyText: (text) => invoke("plugin:clipboard-manager|write_text", { text }),
  };
}
