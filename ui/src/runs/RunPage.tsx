// One run, live: its steps, the picture colouring in, the log, and how to connect once there is something to connect
// to. Asks for nothing by itself: it reads again when Rust says that runs changed, and lets the clock tick.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { useAccount } from "../accounts/AccountContext";
import { accountName } from "../accounts/accountWords";
import { useHelp } from "../frame/Help";
import { runHelp } from "../help/runs";
import type { Run, RunId, RunPage as RunReadings } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { CHECK_NAMES } from "../shared/checkNames";
import { CopyValue } from "../shared/CopyValue";
import { LoadingPage } from "../shared/Loading";
import { Page, useFocusKept } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { RelativeTime } from "../shared/RelativeTime";
import { belongsTo } from "../shared/runAccount";
import { stopwatch } from "../shared/time";
import { TopologyPicture } from "../shared/topology/TopologyPicture";
import { usualWords } from "../shared/topology/usualTime";
import { useAccountClock } from "../shared/useAccountClock";
import { useCommand } from "../shared/useCommand";
import { pastes, usedId, usedName, usedNoun } from "./actionWords";
import { CallLog } from "./CallLog";
import { ChangeGroups } from "./ChangeGroups";
import { Connect } from "./connect/Connect";
import { pictured } from "./pictured";
import { RunButtons } from "./RunButtons";
import { RunNotice } from "./RunNotice";
import { RunSteps } from "./RunSteps";
import { counted, groupChange, isMoving, progressWords, runShown, runTitle, takenBack } from "./runWords";
import "./runs.css";
import { useRunActions } from "./useRunActions";
import { hasConnections, RunConnections } from "./waits/RunConnections";
import { waitShowsConnections, WaitPart } from "./waits/WaitPart";

export default function RunPage({ run }: { run: RunId }) {
  const client = useClient();
  useHelp(runHelp);
  const page = useCommand(() => client.runPage(run), [client, run], { refetchOn: ["runs"] });
  if (page.data) return <LiveRun page={page.data} onChanged={page.reload} unread={page.problem} />;
  return (
    <Page title="Run">
      {page.problem ? (
        <ProblemAlert problem={page.problem} onRetry={page.reload} retrying={page.loading} />
      ) : (
        <LoadingPage what="Reading the run" />
      )}
    </Page>
  );
}

interface LiveRunProps {
  page: RunReadings;
  onChanged: () => void;
  unread: ReturnType<typeof useCommand<RunReadings>>["problem"];
}

function LiveRun({ page, onChanged, unread }: LiveRunProps) {
  const { run } = page;
  const actions = useRunActions(run, onChanged);
  const moving = isMoving(run);
  // A button goes when the run moves on.
  const shell = useFocusKept(run.state.state, "h1");
  const now = useAccountClock(page, moving ? 1 : 60);
  const connects = !groupChange(run) && (run.state.state === "done" || pastes(run));
  const { account } = useAccount();
  const here = belongsTo(run, account);
  const picture = (
    <Container
      header={
        <Header variant="h2" actions={<ChangeGroups run={run} />}>
          What is there
        </Header>
      }
    >
      <TopologyPicture
        topology={pictured(page)}
        label="What is there"
        accountId={run.identity.accountId}
        steps={run.steps}
      />
    </Container>
  );
  return (
    <div ref={shell}>
      <Page
        title={runTitle(run)}
        description={`${run.identity.accountId} (${accountName(run.account)}), ${run.identity.region}`}
        actions={<RunButtons run={run} actions={actions} elsewhere="lookAgain" />}
      >
        <SpaceBetween size="l">
          {unread && <ProblemAlert problem={unread} onRetry={onChanged} />}
          {actions.problem && <ProblemAlert problem={actions.problem} />}
          <RunNotice run={run} review={page.review} actions={actions} />
          {connects && <Connect run={run} sheet={page.sheet} />}
          <WaitPart page={page} now={now} here={here} />
          <Container header={<Header variant="h2">Steps</Header>}>
            <SpaceBetween size="l">
              <Summary page={page} now={now} />
              <TakenBack run={run} />
              <AcceptedWarnings run={run} />
              <Uses run={run} />
              <RunSteps run={run} review={page.review} topology={page.topology} now={now} />
            </SpaceBetween>
          </Container>
          {picture}
          {here && hasConnections(run) && !waitShowsConnections(run) && <RunConnections run={run} now={now} />}
          <CallLog run={run} />
        </SpaceBetween>
      </Page>
    </div>
  );
}

function Summary({ page, now }: { page: RunReadings; now: number }) {
  const { run, review } = page;
  const shown = runShown(run);
  const ended = run.state.state === "undone";
  const usual = review.reduce<[number, number]>(
    ([from, to], step) => [from + step.usualSeconds[0], to + step.usualSeconds[1]],
    [0, 0],
  );
  const until = run.endedAt === null ? now : Date.parse(run.endedAt);
  const took = stopwatch(until - Date.parse(run.beganAt));
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: "Status", value: <StatusIndicator type={shown.type}>{shown.words}</StatusIndicator> },
        ended ? { label: "What became of it", value: progressWords(run) } : { label: "Progress", value: progressWords(run) },
        {
          label: run.endedAt === null ? "Since it began" : "Took",
          value: (
            <>
              <div>{took}</div>
              {!ended && <Box variant="small">Usually {usualWords(usual)}</Box>}
            </>
          ),
        },
        {
          label: "Run",
          value: (
            <>
              <div>
                Begun <RelativeTime at={run.beganAt} now={now} />
              </div>
              <Box variant="small">
                <CopyValue value={run.id} what="run ID" />
              </Box>
            </>
          ),
        },
      ]}
    />
  );
}

/** What an undo removed, set back and left, thing by thing; the steps have their IDs. */
function TakenBack({ run }: { run: Run }) {
  if (run.state.state !== "undone" || groupChange(run)) return null;
  const { removed, setBack, left } = takenBack(run);
  const rows = [
    { label: "Removed", nouns: removed },
    { label: "Set back as it was", nouns: setBack },
    { label: "Left in place", nouns: left },
  ];
  const items = rows.flatMap(({ label, nouns }) => (nouns.length > 0 ? [{ label, value: counted(nouns).join(", ") }] : []));
  return items.length > 0 && <KeyValuePairs columns={1} items={items} />;
}

/** The warnings that the admin went on with. The journal keeps which checks they were. */
function AcceptedWarnings({ run }: { run: Run }) {
  if (run.accepted.length === 0) return null;
  return (
    <div>
      <Box variant="awsui-key-label">Warnings accepted before the run began</Box>
      <ul className="runs-list" aria-label="Accepted warnings">
        {run.accepted.map((id) => (
          <li key={id}>{CHECK_NAMES[id]}</li>
        ))}
      </ul>
    </div>
  );
}

/** What was there before the run, and stays. */
function Uses({ run }: { run: Run }) {
  if (run.plan.uses.length === 0) return null;
  return (
    <div>
      <Box variant="awsui-key-label">Was there before: not made by this run, stays</Box>
      <ul className="runs-list" aria-label="Was there before">
        {run.plan.uses.map((used) => (
          <li key={usedId(used)}>
            {usedNoun(used)} {usedName(used)}{" "}
            <Box variant="small" display="block">
              <CopyValue value={usedId(used)} what={`ID of ${usedNoun(used).toLowerCase()} ${usedName(used)}`} />
            </Box>
          </li>
        ))}
      </ul>
    </div>
  );
}
