// The start of the run. Rust repeats every check before it begins, which takes seconds: meanwhile there is one start,
// also when the page is left and opened again, and its answer leads to the run only where the wizard is still open.
import { navigate, routeOf } from "../frame/routes";
import type { Problem } from "../ipc/bindings";
import { problemOf } from "../ipc/client";
import { useClient } from "../ipc/ClientContext";
import { change, choicesKey, choicesOf, currentDraft, forgetDraft, type Draft } from "./draft";

export interface Start {
  /** Rust is asked to begin: the choices cannot be changed or dropped until it answers. */
  busy: boolean;
  /** Why these choices were refused the last time. */
  problem: Problem | undefined;
  submit: () => Promise<void>;
}

export function useStart(draft: Draft): Start {
  const client = useClient();

  async function submit() {
    if (currentDraft().starting !== null) return;
    const mine = {};
    const key = choicesKey(draft);
    change({ starting: mine, refused: null });
    // Another account dropped the draft, and with it this start's place in the wizard.
    const outdated = () => currentDraft().starting !== mine;
    try {
      const run = await client.startRun(choicesOf(draft), draft.accepted);
      if (outdated()) return;
      if (routeOf(window.location.hash).page === "setup") navigate({ page: "run", run });
      forgetDraft();
    } catch (error) {
      if (!outdated()) change({ starting: null, refused: { key, problem: problemOf(error) } });
    }
  }

  return {
    busy: draft.starting !== null,
    problem: draft.refused?.key === choicesKey(draft) ? draft.refused.problem : undefined,
    submit,
  };
}
