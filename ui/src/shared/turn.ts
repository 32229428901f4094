// Whose turn it is, in words: you, AWS or ClickHouse are the three who can be waited for.
import type { Turn } from "../ipc/bindings";

/** A short phrase; empty where nothing is outstanding. */
export function turnWords(turn: Turn): string {
  switch (turn) {
    case "nobody":
      return "";
    case "you":
      return "your turn";
    case "aws":
      return "AWS's turn";
    case "clickHouse":
      return "ClickHouse's turn";
    case "notKnown":
      return "not known whose turn it is";
  }
}
