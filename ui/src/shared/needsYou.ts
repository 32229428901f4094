// What on the board waits for the admin. One place, so that the strip, the quiet line and the navigation agree.
import type { Board, BoardRow, WatchedShare } from "../ipc/bindings";
import { urgency } from "./deadline";

/** Rows that wait for the admin, the one deleted first on top. */
export function yourTurn(rows: readonly BoardRow[]): BoardRow[] {
  return rows.filter((row) => row.turn === "you").toSorted((a, b) => sortKey(a) - sortKey(b));
}

function sortKey(row: BoardRow): number {
  return row.deletion ? urgency(row.deletion) : Number.POSITIVE_INFINITY;
}

/** Shares of runs by hand that ClickHouse has not accepted, as far as is known. */
export function sharesWaiting(shares: readonly WatchedShare[]): WatchedShare[] {
  return shares.filter(({ principalStatus }) => principalStatus !== "ASSOCIATED");
}

/** How many things wait for the admin. */
export function needsYou(board: Board): number {
  return yourTurn(board.rows).length + sharesWaiting(board.shares).length;
}
