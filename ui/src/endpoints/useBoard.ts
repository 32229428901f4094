// The board: at once as the journal remembers it, then as Rust's own sweeps change it.
import type { Board } from "../ipc/bindings";
import { useAccountClock } from "../shared/useAccountClock";
import { useBoardRefresh, useFreshBoard } from "../shared/BoardContext";

/** How often relative times move, in the account's seconds. */
const EVERY = 30;

export function useBoard() {
  const board = useFreshBoard();
  const refresh = useBoardRefresh();
  const now = useAccountClock(board.data, EVERY);
  return { board, refresh, now };
}

/** Services whose rows are older than the last sweep, by ID. */
export function unreadIds(board: Board): Set<string> {
  return new Set(board.unread.map(({ service }) => service.id));
}
