// The frame: top bar, side navigation, help panel, and the page of the window's address in between.
import AppLayout, { type AppLayoutProps } from "@cloudscape-design/components/app-layout";
import { useEffect, useRef, useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import { BoardProvider } from "../shared/BoardContext";
import { Loading } from "../shared/Loading";
import { HelpOfPage, HelpProvider } from "./Help";
import { loadFirst, PageView } from "./PageView";
import { navigate, useRoute, type Route } from "./routes";
import { Shortcuts } from "./Shortcuts";
import { SideNav } from "./SideNav";
import { TopBar } from "./TopBar";
import { useHelpPanel } from "./useHelpPanel";

const ROOM_FOR_NAVIGATION = 1100;

export function Frame() {
  const { account, picker, reopening } = useAccount();
  const asked = useRoute();
  const route = shownRoute(asked, account !== null);

  // Open where there is room for it and the page, and closed beside the wizard, whose own steps stand
  // there; as the admin leaves it from then on.
  const besideWizard = route.page === "setup";
  const [openBesideWizard, setOpenBesideWizard] = useState(false);
  const [openElsewhere, setOpenElsewhere] = useState(() => window.innerWidth >= ROOM_FOR_NAVIGATION);
  const setNavigationOpen = besideWizard ? setOpenBesideWizard : setOpenElsewhere;

  const layout = useRef<AppLayoutProps.Ref>(null);
  const help = useHelpPanel(layout);
  const [shortcutsListed, setShortcutsListed] = useState(false);

  useEffect(() => {
    if (account && asked.page === "start") navigate({ page: "endpoints" });
  }, [account, asked.page]);

  // A page belongs to one account: another account starts it anew.
  const place = account ? `${account.account.kind}/${account.identity.accountId}/${account.identity.region}` : "none";
  const settled = !reopening && (picker.data !== undefined || picker.problem !== undefined);
  const page = (
    <AppLayout
      ref={layout}
      headerSelector="#top"
      contentType={contentType(route)}
      navigationWidth={230}
      navigationOpen={besideWizard ? openBesideWizard : openElsewhere}
      onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
      navigationHide={!account}
      navigation={account ? <SideNav key={place} route={route} /> : undefined}
      toolsOpen={help.open}
      onToolsChange={({ detail }) => help.change(detail.open)}
      tools={<HelpOfPage open={help.open} />}
      content={settled ? <PageView key={`${place} ${pageKey(route)}`} route={route} /> : <Opening />}
      ariaLabels={{
        navigation: "Pages",
        tools: "Help",
        toolsToggle: "Open help",
        toolsClose: "Close help",
      }}
    />
  );
  return (
    <HelpProvider>
      <div id="top">
        <TopBar onHelp={help.show} onShortcuts={() => setShortcutsListed(true)} />
      </div>
      {account ? <BoardProvider key={place}>{page}</BoardProvider> : page}
      <Shortcuts listed={shortcutsListed} onListed={setShortcutsListed} onHelp={help.toggle} />
    </HelpProvider>
  );
}

/** Which account is in use is known in a moment: only where that takes long is it said. */
function Opening() {
  useEffect(loadFirst, []);
  return (
    <div className="pipelink-late">
      <Loading what="Opening Pipelink" />
    </div>
  );
}

/** Without an account there is only the first start, the account picker and the settings; with one no first start. */
function shownRoute(route: Route, hasAccount: boolean): Route {
  if (hasAccount) return route.page === "start" ? { page: "endpoints" } : route;
  if (route.page === "settings" || route.page === "accounts") return route;
  return { page: "start" };
}

function pageKey(route: Route): string {
  if (route.page === "endpoint") return `endpoint ${route.endpoint}`;
  return route.page === "run" ? `run ${route.run}` : route.page;
}

function contentType(route: Route): AppLayoutProps.ContentType {
  switch (route.page) {
    case "setup":
      return "wizard";
    case "endpoints":
    case "runs":
      return "table";
    case "settings":
      return "form";
    default:
      return "default";
  }
}
