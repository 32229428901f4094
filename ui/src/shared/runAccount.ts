// Which account a run belongs to. The journal of the real accounts is one, so that the list also has runs of accounts
// and regions other than the one in use: they can be carried on and undone only there.
import type { AccountView, Run } from "../ipc/bindings";

/** Whether a run was begun in the account and region in use. */
export function belongsTo({ identity }: Run, account: AccountView | null): boolean {
  return identity.accountId === account?.identity.accountId && identity.region === account.identity.region;
}
