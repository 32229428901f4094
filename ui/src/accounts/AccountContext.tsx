// The account in use, for the whole window: read once, and again whenever Rust says that it changed. The
// account that was in use when the app last ended is opened again by itself.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";

import type { AccountPicker, AccountRef, AccountView, Problem } from "../ipc/bindings";
import { problemOf } from "../ipc/client";
import { useClient } from "../ipc/ClientContext";
import { useCommand, type CommandState } from "../shared/useCommand";

export interface AccountInUse {
  /** None until one is opened. */
  account: AccountView | null;
  /** The picker's whole answer and how its reading stands. */
  picker: CommandState<AccountPicker>;
  /** Opens an account; answers with nothing where that came to a problem, which `refused` then holds. */
  open: (account: AccountRef) => Promise<AccountView | undefined>;
  /** The account being opened. */
  opening: AccountRef | null;
  /** The account of the last time is about to be open: there is nothing to choose yet. False where it takes long. */
  reopening: boolean;
  /** The account that could not be opened, and why. */
  refused: { account: AccountRef; problem: Problem } | null;
  /** Takes the account that another command answered with, such as `saveKey`. */
  use: (account: AccountView) => void;
}

/** For so long, in milliseconds, the account of the last time may take to open before others are offered. */
const REOPENING_MS = 600;

const AccountContext = createContext<AccountInUse | null>(null);

export function AccountProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const picker = useCommand(() => client.accountPicker(), [client], { refetchOn: ["account"] });
  const [opening, setOpening] = useState<AccountRef | null>(null);
  const [refused, setRefused] = useState<AccountInUse["refused"]>(null);

  const { data, replace } = picker;
  const use = useCallback(
    (account: AccountView) =>
      replace({
        profiles: data?.profiles ?? [],
        problem: data?.problem ?? null,
        current: account,
        last: account.account,
      }),
    [data, replace],
  );
  const latestUse = useRef(use);
  latestUse.current = use;

  // One after the other, in the order of the clicks: the account clicked last is the one that stays open.
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const open = useCallback(
    (account: AccountRef) => {
      const attempt = async () => {
        setOpening(account);
        setRefused(null);
        try {
          const opened = await client.selectAccount(account);
          latestUse.current(opened);
          return opened;
        } catch (error) {
          setRefused({ account, problem: problemOf(error) });
          return undefined;
        } finally {
          setOpening(null);
        }
      };
      const mine = queue.current.then(attempt);
      queue.current = mine;
      return mine;
    },
    [client],
  );

  const reopened = useRef(false);
  useEffect(() => {
    if (!data || reopened.current) return;
    reopened.current = true;
    if (!data.current && data.last) void open(data.last);
  }, [data, open]);

  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), REOPENING_MS);
    return () => clearTimeout(timer);
  }, []);
  const reopening = patient && !refused && !!data?.last && !data.current;

  const value = useMemo(
    () => ({ account: data?.current ?? null, picker, open, opening, reopening, refused, use }),
    [data, picker, open, opening, reopening, refused, use],
  );
  return <AccountContext value={value}>{children}</AccountContext>;
}

export function useAccount(): AccountInUse {
  const account = useContext(AccountContext);
  if (!account) throw new Error("no account provider");
  return account;
}
