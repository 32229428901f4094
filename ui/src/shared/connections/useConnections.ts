// Reads connections, and reads them again after each accept or reject, whatever became of it. One thing is done at a time:
// a second click while the first is under way sends nothing.
import { useState } from "react";

import type { Problem } from "../../ipc/bindings";
import { useAction, useCommand, type CommandState } from "../useCommand";

/** What the admin is asked to confirm, about the row as it was shown: it may be gone when it is read again. */
export interface Asked<R> {
  act: "accept" | "reject";
  row: R;
}

export interface Connections<R> {
  read: CommandState<R[]>;
  asked: Asked<R> | null;
  ask: (act: Asked<R>["act"], row: R | undefined) => void;
  /** Not now. */
  dismiss: () => void;
  /** Does what was asked; the dialog goes when it is done. */
  confirm: (send: () => Promise<unknown>, said: string) => Promise<void>;
  busy: boolean;
  /** Why it was refused. */
  refused: Problem | undefined;
  /** What was done last. */
  said: string;
}

export function useConnections<R>(load: () => Promise<R[]>, deps: readonly unknown[]): Connections<R> {
  const read = useCommand(load, deps);
  const [asked, setAsked] = useState<Asked<R> | null>(null);
  const [said, setSaid] = useState("");
  const doing = useAction((send: () => Promise<unknown>) => send().then(() => true));
  return {
    read,
    asked,
    ask: (act, row) => {
      if (row === undefined) return;
      doing.clear();
      setSaid("");
      setAsked({ act, row });
    },
    dismiss: () => setAsked(null),
    confirm: async (send, done) => {
      if (doing.busy) return;
      const sent = await doing.run(send);
      read.reload();
      if (!sent) return;
      setAsked(null);
      setSaid(done);
    },
    busy: doing.busy,
    refused: doing.problem,
    said,
  };
}
