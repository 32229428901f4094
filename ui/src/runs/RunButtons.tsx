// The buttons of a run: continue, undo, leave as it is, cancel after this step. Undoing and leaving say first what
// they come to.
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";

import type { Run } from "../ipc/bindings";
import { LeaveDialog, UndoDialog } from "./dialogs";
import { unknownStep } from "./runWords";
import { possible, type RunActions } from "./useRunActions";

interface RunButtonsProps {
  run: Run;
  actions: RunActions;
  /** The page says beside the buttons what looking again means, and has the button for it there. */
  elsewhere?: "lookAgain";
}

export function RunButtons({ run, actions, elsewhere }: RunButtonsProps) {
  const [asking, setAsking] = useState<"undo" | "leave" | null>(null);
  const may = possible(run);
  const unknown = unknownStep(run) !== undefined;
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        {may.cancel && (
          <Button onClick={() => void actions.cancel()} loading={actions.busy.cancel}>
            Cancel after this step
          </Button>
        )}
        {may.leave && (
          <Button onClick={() => setAsking("leave")} loading={actions.busy.leave}>
            Leave as it is
          </Button>
        )}
        {may.undo && (
          <Button onClick={() => setAsking("undo")} loading={actions.busy.undo}>
            Undo
          </Button>
        )}
        {may.carryOnUndoing && (
          <Button variant="primary" onClick={() => void actions.undo()} loading={actions.busy.undo}>
            Continue undoing
          </Button>
        )}
        {may.carryOn && !(unknown && elsewhere === "lookAgain") && (
          <Button variant="primary" onClick={() => void actions.carryOn()} loading={actions.busy.carryOn}>
            {unknown ? "Look again" : "Continue"}
          </Button>
        )}
      </SpaceBetween>
      <UndoDialog
        run={run}
        visible={asking === "undo"}
        onDismiss={() => setAsking(null)}
        onConfirm={() => {
          setAsking(null);
          void actions.undo();
        }}
      />
      <LeaveDialog
        run={run}
        visible={asking === "leave"}
        onDismiss={() => setAsking(null)}
        onConfirm={() => {
          setAsking(null);
          void actions.leave();
        }}
      />
    </>
  );
}
