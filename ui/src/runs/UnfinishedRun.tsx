// One unfinished run in the list: where it stands, what is known, what is not, and what can be done.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { hrefOf } from "../frame/routes";
import type { Run, RunStep } from "../ipc/bindings";
import { ProblemAlert, ProblemLine } from "../shared/ProblemAlert";
import { RelativeTime } from "../shared/RelativeTime";
import { RunButtons } from "./RunButtons";
import "./runs.css";
import { named, stepNoun } from "./actionWords";
import { progressWords, runName, runShown, stepShown } from "./runWords";
import { useRunActions } from "./useRunActions";

export function UnfinishedRun({ run, now, onChanged }: { run: Run; now: number; onChanged: () => void }) {
  const actions = useRunActions(run, onChanged);
  const shown = runShown(run);
  const known = run.steps.filter(({ state }) => state.state === "done" || state.state === "undone" || state.state === "kept");
  const open = run.steps.filter((step) => !known.includes(step) && step.state.state !== "pending");
  return (
    <Container
      header={
        <Header variant="h3" actions={<RunButtons run={run} actions={actions} />}>
          <Link href={hrefOf({ page: "run", run: run.id })} fontSize="inherit">
            {runName(run)}
          </Link>
        </Header>
      }
    >
      <SpaceBetween size="m">
        {actions.problem && <ProblemAlert problem={actions.problem} />}
        <KeyValuePairs
          columns={3}
          items={[
            { label: "Status", value: <StatusIndicator type={shown.type}>{shown.words}</StatusIndicator> },
            { label: "Begun", value: <RelativeTime at={run.beganAt} now={now} /> },
            { label: "Where", value: `${run.identity.accountId}, ${run.identity.region}` },
            { label: "Known", value: <StepList run={run} steps={known} none="Nothing has been made yet" /> },
            { label: "Open", value: <StepList run={run} steps={open} none={progressWords(run)} /> },
            ...("problem" in run.state
              ? [{ label: "Why it stands still", value: <ProblemLine problem={run.state.problem} /> }]
              : []),
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function StepList({ run, steps, none }: { run: Run; steps: readonly RunStep[]; none: string }) {
  if (steps.length === 0) return <>{none}</>;
  return (
    <ul className="runs-list">
      {steps.map((step) => (
        <li key={step.id}>
          {stepNoun(run, step)}
          {named(run, step).map((id) => (
            <span key={id}>
              {" "}
              <Box variant="code" display="inline">
                {id}
              </Box>
            </span>
          ))}
          : {stepShown(run, step).words}
        </li>
      ))}
    </ul>
  );
}
