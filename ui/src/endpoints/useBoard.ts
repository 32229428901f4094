// The board: at once as the journal remembers it, then as Rust's own sweeps change it.
import type { Board } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useAccountClock } from "../shared/useAccountClock";
import { useFreshBoard } from "../shared/BoardContext";
import { useAction } from "../shared/useCommand";

/** How often relative times move, in the account's seconds. */
const EVERY = 30;

export function useBoard() {
  const client = useClient();
  const board = useFreshBoard();
  const refresh = useAction(async () => {
    board.replace(await client.refreshBoard());
  });
  const now = useAccountClock(board.data, EVERY);
  return { board, refresh, now };
}

/** Services whose rows are older than the last sweep, by ID. */
export function unreadIds(board: Board): Set<string> {
  return new Set(board.unread.map(({ service }) => service.id));
}
