// The panel of the sandbox: its time, what goes wrong, another operator, and exercises. Only the sandbox has one.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { useAccount } from "../accounts/AccountContext";
import { useHelp } from "../frame/Help";
import { navigate } from "../frame/routes";
import { sandboxHelp } from "../help/sandbox";
import { LoadingPage } from "../shared/Loading";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { Exercises } from "./Exercises";
import { Faults } from "./Faults";
import { GracePeriod } from "./GracePeriod";
import { Operator } from "./Operator";
import { Time } from "./Time";
import { useSandboxPanel } from "./useSandbox";

export default function SandboxPage() {
  const { account } = useAccount();
  useHelp(sandboxHelp);
  return (
    <Page
      title="Sandbox"
      description="Nothing here is real: a simulated AWS account and ClickHouse organization on this computer."
    >
      {account?.account.kind === "sandbox" ? <Panel /> : <NotInUse />}
    </Page>
  );
}

function Panel() {
  const panel = useSandboxPanel();
  const { data } = panel;
  return (
    <SpaceBetween size="l">
      {panel.problem && (
        <ProblemAlert problem={panel.problem} onRetry={panel.reload} retrying={panel.loading}>
          {data && "What is shown below is how the sandbox was last."}
        </ProblemAlert>
      )}
      {!data && !panel.problem && <LoadingPage what="Reading the sandbox" />}
      {data && (
        <SpaceBetween size="l">
          <Time panel={data} onDone={panel.replace} />
          <Exercises panel={data} onDone={panel.replace} />
          <Faults panel={data} onDone={panel.replace} />
          <Operator panel={data} onDone={panel.replace} />
          <GracePeriod panel={data} onDone={panel.replace} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

function NotInUse() {
  return (
    <Alert
      type="info"
      header="The account in use is a real one"
      action={<Button onClick={() => navigate({ page: "accounts" })}>Choose an account</Button>}
    >
      Only the sandbox can be disturbed and have its time moved. Use the sandbox first.
    </Alert>
  );
}
