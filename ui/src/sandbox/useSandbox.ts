// The sandbox's panel: read every few seconds while it is looked at, and taken over from the answer of each act.
import { useEffect, useRef } from "react";

import type { SandboxPanel } from "../ipc/bindings";
import type { Client } from "../ipc/client";
import { useClient } from "../ipc/ClientContext";
import { useAction, useCommand, type ActionState, type CommandState } from "../shared/useCommand";

/** Hits of faults and states of exercises move while runs go on elsewhere. */
const EVERY_MS = 3000;

export function useSandboxPanel(): CommandState<SandboxPanel> {
  const client = useClient();
  const panel = useCommand(() => client.sandboxPanel(), [client], { refetchOn: ["account"] });
  const latest = useRef(panel);
  latest.current = panel;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden && !latest.current.loading) latest.current.reload();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return panel;
}

export type Act = (client: Client) => Promise<SandboxPanel>;

/** Does one thing to the sandbox; answers whether it was done. */
export type Doing = ActionState<[Act], boolean>;

/** What a section of the panel is handed. */
export interface SectionProps {
  panel: SandboxPanel;
  /** Takes over how the sandbox is after an act. */
  onDone: (panel: SandboxPanel) => void;
}

export function useDoing(onDone: SectionProps["onDone"]): Doing {
  const client = useClient();
  return useAction(async (act: Act) => {
    onDone(await act(client));
    return true;
  });
}
