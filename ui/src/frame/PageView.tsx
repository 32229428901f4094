// Loads the page of a route when it is first needed. One page that breaks does not take the frame with it.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { Component, lazy, Suspense, useEffect, useState, type ComponentType, type ReactNode } from "react";

import { Loading } from "../shared/Loading";
import type { Route } from "./routes";

const FirstStart = page(() => import("../accounts/FirstStart"));
const AccountsPage = page(() => import("../accounts/AccountsPage"));
const EndpointsPage = page(() => import("../endpoints/EndpointsPage"));
const EndpointPage = page(() => import("../endpoints/EndpointPage"));
const SetupPage = page(() => import("../setup/SetupPage"));
const RunsPage = page(() => import("../runs/RunsPage"));
const RunPage = page(() => import("../runs/RunPage"));
const SettingsPage = page(() => import("../settings/SettingsPage"));
const SandboxPage = page(() => import("../sandbox/SandboxPage"));

/** After a list is drawn, the page behind its rows is loaded too. */
const SOON_MS = 500;

export function PageView({ route }: { route: Route }) {
  useEffect(() => {
    const timer = setTimeout(() => void loadNext(route), SOON_MS);
    return () => clearTimeout(timer);
  }, [route.page]);
  return (
    <PageGuard>
      <Suspense fallback={<Loading what="Opening the page" />}>
        <RoutePage route={route} />
      </Suspense>
    </PageGuard>
  );
}

function RoutePage({ route }: { route: Route }) {
  switch (route.page) {
    case "start":
      return <FirstStart />;
    case "accounts":
      return <AccountsPage />;
    case "endpoints":
      return <EndpointsPage />;
    case "endpoint":
      return <EndpointPage endpoint={route.endpoint} />;
    case "setup":
      return <SetupPage />;
    case "runs":
      return <RunsPage />;
    case "run":
      return <RunPage run={route.run} />;
    case "settings":
      return <SettingsPage />;
    case "sandbox":
      return <SandboxPage />;
  }
}

/** Loads the pages one of which is shown first, while it is not known yet which. */
export function loadFirst(): void {
  void EndpointsPage.load();
  void FirstStart.load();
}

/** Loads the page that is most likely opened next. */
function loadNext(route: Route): Promise<void> | undefined {
  if (route.page === "endpoints") return EndpointPage.load();
  return route.page === "runs" ? RunPage.load() : undefined;
}

/**
 * A page that is loaded when it is first shown, or before. One that is there already is drawn at once: React shows what
 * it had to wait for no sooner than 300 ms after the placeholder.
 */
function page<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  let loaded: ComponentType<P> | undefined;
  // One that cannot be loaded says so when it is opened.
  const ahead = () => load().then((module) => void (loaded = module.default), () => undefined);
  const Waiting = lazy(load);
  function LazyPage(props: P) {
    const [Shown] = useState<ComponentType<P>>(() => loaded ?? (Waiting as unknown as ComponentType<P>));
    return <Shown {...props} />;
  }
  return Object.assign(LazyPage, { load: ahead });
}

/** Shows what broke instead of an empty window. Runs go on in Rust all the same. */
class PageGuard extends Component<{ children: ReactNode }, { broken: string | null }> {
  override state: { broken: string | null } = { broken: null };

  static getDerivedStateFromError(error: unknown) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.broken === null) return this.props.children;
    return (
      <Alert
        type="error"
        header="This page could not be shown"
        action={<Button onClick={() => this.setState({ broken: null })}>Show it again</Button>}
      >
        Runs under way are not affected: they go on without the page.
        <Box variant="code" display="block">
          {this.state.broken}
        </Box>
      </Alert>
    );
  }
}
