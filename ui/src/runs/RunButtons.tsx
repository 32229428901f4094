// The buttons of a run: continue, undo (once it has ended: delete what it made), leave as it is, cancel after this step or
// stop waiting, stop undoing.
// Undoing and leaving say first what they come to. In another account or region than the run's, what calls AWS is not offered.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import { navigate } from "../frame/routes";
import type { Run } from "../ipc/bindings";
import { belongsTo } from "../shared/runAccount";
import { staysUnlessAsked, waitMayBeStopped } from "./actionWords";
import { LeaveDialog } from "./dialogs";
import { RemovalDialog } from "./RemovalDialog";
import { groupChange, isUnfinished, unknownStep } from "./runWords";
import { possible, type RunActions } from "./useRunActions";

interface RunButtonsProps {
  run: Run;
  actions: RunActions;
  /** The page says beside the buttons what looking again means, and has the button for it there. */
  elsewhere?: "lookAgain";
}

export function RunButtons({ run, actions, elsewhere }: RunButtonsProps) {
  const [asking, setAsking] = useState<"undo" | "leave" | null>(null);
  const { account } = useAccount();
  const here = belongsTo(run, account);
  const may = possible(run);
  const unknown = unknownStep(run) !== undefined;
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        {may.cancel && (
          <Button onClick={() => void actions.cancel()} loading={actions.busy.cancel}>
            {cancelWords(run)}
          </Button>
        )}
        {may.leave && (
          <Button onClick={() => setAsking("leave")} loading={actions.busy.leave}>
            Leave as it is
          </Button>
        )}
        {here && may.undo && (
          <Button onClick={() => setAsking("undo")} loading={actions.busy.undo}>
            {undoWords(run)}
          </Button>
        )}
        {here && may.undoFurther && (
          <Button onClick={() => setAsking("undo")} loading={actions.busy.undo}>
            Turn off multi-VPC connectivity
          </Button>
        )}
        {here && may.carryOnUndoing && (
          <Button
            variant="primary"
            onClick={() => (staysUnlessAsked(run).length > 0 ? setAsking("undo") : void actions.undo([]))}
            loading={actions.busy.undo}
          >
            Continue undoing
          </Button>
        )}
        {here && may.carryOn && !(unknown && elsewhere === "lookAgain") && (
          <Button variant="primary" onClick={() => void actions.carryOn()} loading={actions.busy.carryOn}>
            {unknown ? "Look again" : "Continue"}
          </Button>
        )}
        {!here && <Elsewhere run={run} />}
      </SpaceBetween>
      {asking === "undo" && (
        <RemovalDialog
          run={run}
          onDismiss={() => setAsking(null)}
          onConfirm={(also) => {
            setAsking(null);
            void actions.undo(also);
          }}
        />
      )}
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

/** What stopping is called: a long wait is stopped in the middle, everything else after the step. */
function cancelWords(run: Run): string {
  if (run.state.state === "undoing") return "Stop undoing";
  return waitMayBeStopped(run) ? "Stop waiting" : "Cancel after this step";
}

/** What undoing is called: of a run that has ended it is a decision of its own. */
function undoWords(run: Run): string {
  if (groupChange(run)) return "Set the previous groups again";
  return isUnfinished(run) ? "Undo" : "Delete what this run made";
}

/** Says where the run belongs, and leads to the account picker. */
function Elsewhere({ run }: { run: Run }) {
  const { accountId, region } = run.identity;
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Box color="text-body-secondary">
        Belongs to account {accountId} in {region}
      </Box>
      <Button onClick={() => navigate({ page: "accounts" })}>Choose an account</Button>
    </SpaceBetween>
  );
}
