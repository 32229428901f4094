// The account in use, for the whole window: read once, and again whenever Rust says that it changed.
import { createContext, useContext, type ReactNode } from "react";

import type { AccountPicker, AccountView } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useCommand, type CommandState } from "../shared/useCommand";

export interface AccountInUse {
  /** None until one is picked. */
  account: AccountView | null;
  /** The picker's whole answer and how its reading stands. */
  picker: CommandState<AccountPicker>;
  /** Takes the account that a command answered with, such as `selectAccount` or `saveKey`. */
  use: (account: AccountView) => void;
}

const AccountContext = createContext<AccountInUse | null>(null);

export function AccountProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const picker = useCommand(() => client.accountPicker(), [client], { refetchOn: ["account"] });
  const value: AccountInUse = {
    account: picker.data?.current ?? null,
    picker,
    use: (account) => {
      picker.replace({ profiles: picker.data?.profiles ?? [], problem: picker.data?.problem ?? null, current: account });
    },
  };
  return <AccountContext value={value}>{children}</AccountContext>;
}

export function useAccount(): AccountInUse {
  const account = useContext(AccountContext);
  if (!account) throw new Error("no account provider");
  return account;
}
