// The account in use, as it is shown wherever something is written: who, where, and what is unusual about it.
import Alert from "@cloudscape-design/components/alert";
import Icon from "@cloudscape-design/components/icon";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { hrefOf } from "../frame/routes";
import type { AccountView } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { accountName } from "./accountWords";
import "./AccountBanner.css";

/** An endpoint override, where it is worth a warning: the sandbox always has one. */
export function overrideOf(account: AccountView): string | null {
  return account.account.kind === "sandbox" ? null : account.identity.endpointOverride;
}

/** The chip of the top bar; leads to the account picker. */
export function AccountChip({ account }: { account: AccountView }) {
  const sandbox = account.account.kind === "sandbox";
  const override = overrideOf(account);
  return (
    <a
      className={sandbox ? "pipelink-chip pipelink-chip-sandbox" : "pipelink-chip"}
      href={hrefOf({ page: "accounts" })}
      title="Choose another account"
    >
      <span className="pipelink-only-read">Account in use:</span>
      <span className="pipelink-chip-name">{accountName(account.account)}</span>
      <span>{account.identity.accountId}</span>
      <span>{account.identity.region}</span>
      {override && (
        <span className="pipelink-chip-override" title={`Requests go to ${override}`}>
          <Icon name="status-warning" size="small" /> endpoint override
        </span>
      )}
    </a>
  );
}

/** The identity in full, for a page before something is written. */
export function AccountBanner({ account }: { account: AccountView }) {
  const override = overrideOf(account);
  const { identity } = account;
  return (
    <SpaceBetween size="s">
      {account.account.kind === "sandbox" && (
        <Alert type="info" header="Sandbox">
          A simulated account and organization on this computer. Nothing here reaches AWS or ClickHouse.
        </Alert>
      )}
      {override && (
        <Alert type="warning" header="Endpoint override in force">
          Requests go to <span className="pipelink-copy-value">{override}</span> instead of AWS's own endpoints.
        </Alert>
      )}
      <KeyValuePairs
        columns={2}
        items={[
          { label: account.account.kind === "sandbox" ? "Account" : "AWS profile", value: accountName(account.account) },
          { label: "Account number", value: <CopyValue value={identity.accountId} what="account number" /> },
          { label: "Region", value: identity.region },
          { label: "Acting as", value: <CopyValue value={identity.arn} what="caller ARN" /> },
        ]}
      />
    </SpaceBetween>
  );
}
