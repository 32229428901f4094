// Accounts and profiles in words.
import type { AccountRef, ProfileKind } from "../ipc/bindings";

/** The name of an account as picked. */
export function accountName(account: AccountRef): string {
  return account.kind === "sandbox" ? "Sandbox" : account.name;
}

/** How a profile gets its credentials. */
export function profileKindWords(kind: ProfileKind): string {
  switch (kind) {
    case "keys":
      return "Access keys";
    case "sso":
      return "IAM Identity Center";
    case "ssoLegacy":
      return "IAM Identity Center, legacy";
    case "role":
      return "Assumed role";
    case "roleMfa":
      return "Assumed role with MFA";
    case "process":
      return "Credential process";
    case "webIdentity":
      return "Web identity";
    case "login":
      return "AWS sign-in";
    case "nothing":
      return "No credentials";
  }
}
