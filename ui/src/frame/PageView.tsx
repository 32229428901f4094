// Loads the page of a route when it is first needed. One page that breaks does not take the frame with it.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { Component, lazy, Suspense, type ReactNode } from "react";

import { Loading } from "../shared/Loading";
import type { Route } from "./routes";

const FirstStart = lazy(() => import("../accounts/FirstStart"));
const AccountsPage = lazy(() => import("../accounts/AccountsPage"));
const EndpointsPage = lazy(() => import("../endpoints/EndpointsPage"));
const EndpointPage = lazy(() => import("../endpoints/EndpointPage"));
const SetupPage = lazy(() => import("../setup/SetupPage"));
const RunsPage = lazy(() => import("../runs/RunsPage"));
const RunPage = lazy(() => import("../runs/RunPage"));
const SettingsPage = lazy(() => import("../settings/SettingsPage"));
const SandboxPage = lazy(() => import("../sandbox/SandboxPage"));

export function PageView({ route }: { route: Route }) {
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
        <Box variant="code">{this.state.broken}</Box>
      </Alert>
    );
  }
}
