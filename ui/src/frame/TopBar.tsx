// The top bar: the product, the account in use (what every write goes to), the ClickHouse organization, the theme.
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import TopNavigation from "@cloudscape-design/components/top-navigation";

import { AccountChip } from "../accounts/AccountBanner";
import { useAccount } from "../accounts/AccountContext";
import type { Theme } from "../ipc/bindings";
import { hrefOf } from "./routes";
import { useTheme } from "./theme";
import "./TopBar.css";

const THEMES: { id: Theme; text: string }[] = [
  { id: "system", text: "As the system" },
  { id: "light", text: "Light" },
  { id: "dark", text: "Dark" },
];

export function TopBar() {
  const { account } = useAccount();
  const { theme, choose } = useTheme();
  return (
    <TopNavigation>
      <div className="pipelink-topbar">
        <a className="pipelink-topbar-product" href={hrefOf({ page: account ? "endpoints" : "start" })}>
          Pipelink
        </a>
        <div className="pipelink-topbar-end">
          {account && <AccountChip account={account} />}
          {account && (
            <a className="pipelink-topbar-organization" href={hrefOf({ page: "settings" })}>
              <span className="pipelink-topbar-label">ClickHouse</span>{" "}
              {account.organization?.name ?? (account.key.state === "missing" ? "no API key" : "not asked yet")}
            </a>
          )}
          <ButtonDropdown
            expandToViewport
            items={THEMES.map(({ id, text }) => ({ id, text, itemType: "checkbox", checked: id === theme }))}
            onItemClick={({ detail }) => void choose(detail.id as Theme).catch(() => undefined)}
          >
            Theme
          </ButtonDropdown>
        </div>
      </div>
    </TopNavigation>
  );
}
