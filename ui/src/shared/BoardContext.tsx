// The board of the account in use, read once for the whole window: the navigation counts it, the pages show it, and a
// page that is opened shows at once what is known already. It is read again when Rust says that it changed.
import { createContext, useContext, useEffect, useRef, type ReactNode } from "react";

import type { Board } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useAction, useCommand, type CommandState } from "./useCommand";

const BoardContext = createContext<CommandState<Board> | null>(null);

/** One for each account: give it another key with another account. */
export function BoardProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const board = useCommand(() => client.board(), [client], { refetchOn: ["board"] });
  return <BoardContext value={board}>{children}</BoardContext>;
}

/** The board as it was read last. */
export function useLastBoard(): CommandState<Board> {
  const board = useContext(BoardContext);
  if (!board) throw new Error("no board provider");
  return board;
}

/** The same for a page that shows it: read again when the page is opened, since its clock may run otherwise by now. */
export function useFreshBoard(): CommandState<Board> {
  const board = useLastBoard();
  const opened = useRef(board);
  useEffect(() => {
    const { loading, reload } = opened.current;
    if (!loading) reload();
  }, []);
  return board;
}

/** Has Rust sweep now, and shows what it found. */
export function useBoardRefresh() {
  const client = useClient();
  const board = useLastBoard();
  return useAction(async () => {
    board.replace(await client.refreshBoard());
  });
}

/** The name of a service that the board knows; nothing where no board is read. */
export function useServiceName(): (id: string) => string | undefined {
  const board = useContext(BoardContext)?.data;
  return (id) => {
    const services = [...(board?.unread ?? []), ...(board?.rows ?? [])].map(({ service }) => service);
    return services.find((service) => service.id === id)?.name;
  };
}
