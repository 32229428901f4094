// The top bar: the product, the account in use (what every write goes to), the ClickHouse organization, the theme,
// and where help is. Its first stop for the keyboard is the way past it.
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import LiveRegion from "@cloudscape-design/components/live-region";
import Popover from "@cloudscape-design/components/popover";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import TopNavigation from "@cloudscape-design/components/top-navigation";

import { AccountChip } from "../accounts/AccountBanner";
import { useAccount } from "../accounts/AccountContext";
import type { AccountView, Problem, Theme } from "../ipc/bindings";
import { focusHeading } from "../shared/Page";
import { ProblemLine } from "../shared/ProblemAlert";
import { useAction } from "../shared/useCommand";
import { hrefOf } from "./routes";
import { useTheme } from "./theme";
import "./TopBar.css";

const THEMES: { id: Theme; text: string }[] = [
  { id: "system", text: "As the system" },
  { id: "light", text: "Light" },
  { id: "dark", text: "Dark" },
];

/** The organization of the account's key, or why there is none to name. */
function organizationWords({ organization, key }: AccountView): string {
  if (organization) return organization.name;
  switch (key.state) {
    case "missing":
      return "no API key";
    case "keyringUnavailable":
      return "key cannot be read";
    case "sandbox":
    case "keyring":
    case "memory":
      return "did not answer yet";
  }
}

/** The theme is shown all the same; why it will not be there at the next start is said on a click. */
function ThemeNotSaved({ problem }: { problem: Problem }) {
  return (
    <Popover
      header="The theme holds until Pipelink ends"
      content={<ProblemLine problem={problem} />}
      triggerType="text"
      position="bottom"
      renderWithPortal
    >
      <StatusIndicator type="warning">Theme not saved</StatusIndicator>
    </Popover>
  );
}

export interface TopBarProps {
  /** Opens the help panel. */
  onHelp: () => void;
  /** Lists the keyboard shortcuts. */
  onShortcuts: () => void;
}

export function TopBar({ onHelp, onShortcuts }: TopBarProps) {
  const { account } = useAccount();
  const { theme, choose } = useTheme();
  const keep = useAction(choose);
  return (
    <TopNavigation>
      <div className="pipelink-topbar">
        <button type="button" className="pipelink-topbar-skip" onClick={focusPage}>
          Skip to the page
        </button>
        <a className="pipelink-topbar-product" href={hrefOf({ page: account ? "endpoints" : "start" })}>
          Pipelink
        </a>
        <div className="pipelink-topbar-end">
          {account && <AccountChip account={account} />}
          {account && (
            <a className="pipelink-topbar-organization" href={hrefOf({ page: "settings" })}>
              <span className="pipelink-topbar-label">ClickHouse</span>{" "}
              {organizationWords(account)}
            </a>
          )}
          <LiveRegion tagName="span">{keep.problem && <ThemeNotSaved problem={keep.problem} />}</LiveRegion>
          <ButtonDropdown
            expandToViewport
            items={THEMES.map(({ id, text }) => ({ id, text, itemType: "checkbox", checked: id === theme }))}
            onItemClick={({ detail }) => void keep.run(detail.id as Theme)}
          >
            Theme
          </ButtonDropdown>
          <ButtonDropdown
            expandToViewport
            items={[
              { id: "help", text: "Help (F1)" },
              { id: "shortcuts", text: "Keyboard shortcuts (?)" },
            ]}
            onItemClick={({ detail }) => (detail.id === "help" ? onHelp() : onShortcuts())}
          >
            Help
          </ButtonDropdown>
        </div>
      </div>
    </TopNavigation>
  );
}

/** Moves the focus past the bar and the navigation, to the heading of the page. */
function focusPage() {
  focusHeading(document.querySelector("main"), "h1");
}
