// Reading from and writing to the Rust side, as hooks. A read keeps its last value while it is read again,
// so that a page never falls back to a spinner over what it already shows.
import { useCallback, useEffect, useRef, useState } from "react";

import type { Problem } from "../ipc/bindings";
import type { Changed } from "../ipc/client";
import { problemOf } from "../ipc/client";
import { useClient } from "../ipc/ClientContext";

export interface CommandState<T> {
  /** The last value read, also while it is read again or the reading failed. */
  data: T | undefined;
  /** Why the last reading failed. */
  problem: Problem | undefined;
  /** A reading is under way. */
  loading: boolean;
  /** Reads again. */
  reload: () => void;
  /** Takes a value that another command answered with. */
  replace: (data: T) => void;
}

export interface CommandOptions {
  /** Reads again whenever one of these changed. */
  refetchOn?: readonly Changed[];
}

/** Reads with `load` at first, whenever one of `deps` changes, and on `reload`. */
export function useCommand<T>(
  load: () => Promise<T>,
  deps: readonly unknown[] = [],
  { refetchOn = [] }: CommandOptions = {},
): CommandState<T> {
  const [state, setState] = useState<{ data: T | undefined; problem: Problem | undefined; loading: boolean }>({
    data: undefined,
    problem: undefined,
    loading: true,
  });
  const latest = useRef(load);
  latest.current = load;
  // Only the answer to the newest question counts.
  const asked = useRef(0);

  const reload = useCallback(() => {
    const mine = ++asked.current;
    setState((before) => ({ ...before, loading: true }));
    latest.current().then(
      (data) => {
        if (mine === asked.current) setState({ data, problem: undefined, loading: false });
      },
      (error: unknown) => {
        if (mine === asked.current) {
          setState((before) => ({ data: before.data, problem: problemOf(error), loading: false }));
        }
      },
    );
  }, []);

  const replace = useCallback((data: T) => {
    asked.current += 1;
    setState({ data, problem: undefined, loading: false });
  }, []);

  useEffect(() => {
    reload();
    return () => {
      asked.current += 1;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the caller says what the reading depends on
  }, deps);

  useChanged((what) => {
    if (refetchOn.includes(what)) reload();
  });

  return { ...state, reload, replace };
}

/** Calls back whenever something changed on the Rust side. */
export function useChanged(listener: (what: Changed) => void): void {
  const client = useClient();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => client.onChanged((what) => latest.current(what)), [client]);
}

export interface ActionState<A extends unknown[], T> {
  /** Does it; answers with the value, or with nothing where it came to a problem. */
  run: (...args: A) => Promise<T | undefined>;
  /** It is under way. */
  busy: boolean;
  /** Why it failed the last time. */
  problem: Problem | undefined;
  /** Forgets the problem. */
  clear: () => void;
}

/** A command that does something on a click: one at a time, with its problem kept for the page. */
export function useAction<A extends unknown[], T>(act: (...args: A) => Promise<T>): ActionState<A, T> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const latest = useRef(act);
  latest.current = act;
  const underWay = useRef(false);

  const run = useCallback(async (...args: A) => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      return await latest.current(...args);
    } catch (error) {
      setProblem(problemOf(error));
      return undefined;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }, []);

  const clear = useCallback(() => setProblem(undefined), []);
  return { run, busy, problem, clear };
}
