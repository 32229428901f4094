// A reading for one key at a time: for the source, the choices or the answers that it was asked for.
import { useRef } from "react";

import type { Problem } from "../ipc/bindings";
import { problemOf } from "../ipc/client";
import { useCommand, type CommandState } from "../shared/useCommand";

interface Answer<T> {
  key: string;
  value: T | undefined;
  problem: Problem | undefined;
}

/**
 * Reads for one key at a time; without a key nothing is read. What was read for another key is not shown, and
 * neither is why that could not be read.
 */
export function useReading<T>(key: string | null, load: (key: string) => Promise<T>): CommandState<T> {
  const read = useCommand<Answer<T> | undefined>(async () => {
    if (key === null) return undefined;
    try {
      return { key, value: await load(key), problem: undefined };
    } catch (error) {
      return { key, value: undefined, problem: problemOf(error) };
    }
  }, [key]);
  const answer = key !== null && read.data?.key === key ? read.data : undefined;
  // What was read stays in sight where reading it again fails.
  const last = useRef<Answer<T>>(undefined);
  if (!answer) last.current = undefined;
  else if (answer.value !== undefined) last.current = answer;
  return {
    data: last.current?.value,
    problem: answer?.problem,
    loading: key !== null && (read.loading || !answer),
    reload: read.reload,
    replace: (value) => key !== null && read.replace({ key, value, problem: undefined }),
  };
}
