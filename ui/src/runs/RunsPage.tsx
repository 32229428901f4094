// All runs: the unfinished ones of the account in use first, each with what is known and not known; then those of
// other accounts, which the same journal holds; then the finished ones.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { useAccount } from "../accounts/AccountContext";
import { useHelp } from "../frame/Help";
import { navigate } from "../frame/routes";
import { runsHelp } from "../help/runs";
import type { Run } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useFreshBoard } from "../shared/BoardContext";
import { LoadingPage } from "../shared/Loading";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { belongsTo } from "../shared/runAccount";
import { ShowMore } from "../shared/ShowMore";
import { useAccountClock } from "../shared/useAccountClock";
import { useCommand } from "../shared/useCommand";
import { FinishedRuns } from "./FinishedRuns";
import { isUnfinished } from "./runWords";
import { UnfinishedRun } from "./UnfinishedRun";

export default function RunsPage() {
  const client = useClient();
  const { account } = useAccount();
  useHelp(runsHelp);
  const runs = useCommand(() => client.runs(), [client], { refetchOn: ["runs", "account"] });
  // The list itself carries no clock; the board does, and answers from the journal.
  const board = useFreshBoard();
  const now = useAccountClock(board.data, 30);
  // Without the account's clock "5 minutes ago" would be wrong, so that the list waits for its answer.
  const clocked = board.data !== undefined || board.problem !== undefined;
  const listed = clocked ? runs.data : undefined;
  const all = listed ?? [];
  const unfinished = all.filter(isUnfinished);
  const here = unfinished.filter((run) => belongsTo(run, account));
  const elsewhere = unfinished.filter((run) => !belongsTo(run, account));
  const finished = all.filter((run) => !isUnfinished(run));
  return (
    <Page
      title="Runs"
      description="Each set-up of a connection is a run. It is kept in the journal step by step."
      actions={
        <Button variant="primary" onClick={() => navigate({ page: "setup" })}>
          Set up a connection
        </Button>
      }
    >
      <SpaceBetween size="l">
        {runs.problem && <ProblemAlert problem={runs.problem} onRetry={runs.reload} retrying={runs.loading} />}
        {!listed && !runs.problem && <LoadingPage what="Reading the journal" />}
        {listed && all.length === 0 && <NoRuns />}
        <Unfinished title="Unfinished" runs={here} now={now} onChanged={runs.reload} />
        <Unfinished title="Unfinished in other accounts or regions" runs={elsewhere} now={now} onChanged={runs.reload} />
        {finished.length > 0 && <FinishedRuns runs={finished} now={now} />}
      </SpaceBetween>
    </Page>
  );
}

const SHOWN = 10;

interface UnfinishedProps {
  title: string;
  runs: readonly Run[];
  now: number;
  onChanged: () => void;
}

function Unfinished({ title, runs, now, onChanged }: UnfinishedProps) {
  if (runs.length === 0) return null;
  return (
    <SpaceBetween size="s">
      <Header variant="h2" counter={`(${runs.length})`}>
        {title}
      </Header>
      <ShowMore items={runs} step={SHOWN} what="runs">
        {(shown) => (
          <SpaceBetween size="s">
            {shown.map((run) => (
              <UnfinishedRun key={run.id} run={run} now={now} onChanged={onChanged} />
            ))}
          </SpaceBetween>
        )}
      </ShowMore>
    </SpaceBetween>
  );
}

function NoRuns() {
  return (
    <Container>
      <SpaceBetween size="s" alignItems="center">
        <Box variant="strong">No runs yet</Box>
        <Box color="text-body-secondary">
          A run creates what a connection needs in AWS and ClickHouse, and remembers each step.
        </Box>
        <Button onClick={() => navigate({ page: "setup" })}>Set up a connection</Button>
      </SpaceBetween>
    </Container>
  );
}
