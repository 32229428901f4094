// The steps live: state and whose turn, elapsed and usual time in the account's time, what was made.
import Box from "@cloudscape-design/components/box";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Steps, { type StepsProps } from "@cloudscape-design/components/steps";

import type { ReviewStep, Run, RunStep, Topology } from "../ipc/bindings";
import { CommaList, isCommaList } from "../shared/CommaList";
import { CopyValue } from "../shared/CopyValue";
import { ProblemLine } from "../shared/ProblemAlert";
import { stopwatch } from "../shared/time";
import { stepHosts } from "../shared/topology/stepHosts";
import { usualWords } from "../shared/topology/usualTime";
import { actionOf, named, stepNoun } from "./actionWords";
import { groupChange, isMoving, stepShown, undoneAll } from "./runWords";

interface RunStepsProps {
  run: Run;
  review: readonly ReviewStep[];
  topology: Topology;
  now: number;
}

export function RunSteps({ run, review, topology, now }: RunStepsProps) {
  const hosts = stepHosts(run.plan, topology);
  const steps = run.steps.map((step, index): StepsProps.Step => {
    const shown = stepShown(run, step);
    const words = review.find(({ id }) => id === step.id);
    return {
      status: shown.type,
      statusIconAriaLabel: shown.words,
      header: `${index + 1}. ${words?.title ?? stepNoun(run, step)}`,
      details: <StepDetails run={run} step={step} words={words} host={hosts.get(step.id)} now={now} />,
    };
  });
  return (
    <>
      <LiveRegion hidden>{announcement(run, review)}</LiveRegion>
      <Steps steps={steps} ariaLabel="Steps of the run" />
    </>
  );
}

interface StepDetailsProps {
  run: Run;
  step: RunStep;
  words: ReviewStep | undefined;
  /** For which of several hosts it is. */
  host: string | undefined;
  now: number;
}

function StepDetails({ run, step, words, host, now }: StepDetailsProps) {
  const things = named(run, step);
  const time = timeWords(run, step, words, now);
  return (
    <SpaceBetween size="xxxs">
      {host !== undefined && (
        <Box variant="small">
          <span className="pipelink-copy-value">For {host}</span>
        </Box>
      )}
      <div>{stepShown(run, step).words}</div>
      {time !== "" && <Box variant="small">{time}</Box>}
      {things.map((id) => (
        <Box key={id} variant="small">
          <CopyValue value={id} what={copyWords(run, step)}>
            {isCommaList(id) ? <CommaList value={id} /> : undefined}
          </CopyValue>
        </Box>
      ))}
      {step.state.state === "failed" && (
        <Box variant="small">
          <ProblemLine problem={step.state.problem} />
        </Box>
      )}
    </SpaceBetween>
  );
}

/** What a step's outcome is called on its button. */
function copyWords(run: Run, step: RunStep): string {
  const noun = stepNoun(run, step).toLowerCase();
  const words = actionOf(run, step)?.action === "readBootstrapBrokers" ? noun : `ID of ${noun}`;
  const alike = run.steps.filter((other) => stepNoun(run, other) === stepNoun(run, step));
  return alike.length === 1 ? words : `${words}, step ${run.steps.indexOf(step) + 1}`;
}

/** Elapsed and usual time: "1 min 05 s, usually 1 to 5 min". */
function timeWords(run: Run, step: RunStep, words: ReviewStep | undefined, now: number): string {
  const usual = words ? `usually ${usualWords(words.usualSeconds)}` : "";
  if (step.beganAt === null) return capital(usual);
  if (step.state.state === "undone" || step.state.state === "undoing" || step.state.state === "kept") return "";
  if (step.endedAt === null && !isMoving(run)) return capital(usual);
  const took = (step.endedAt === null ? now : Date.parse(step.endedAt)) - Date.parse(step.beganAt);
  const late = step.endedAt === null && words !== undefined && took > words.usualSeconds[1] * 1000;
  return [stopwatch(took), usual, late ? "longer than usual" : ""].filter((part) => part !== "").join(", ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a screen reader is told when a step moves on; changes with the state, not with the clock. */
function announcement(run: Run, review: readonly ReviewStep[]): string {
  if (run.state.state === "done") return "All steps are done";
  if (run.state.state === "undone") {
    return groupChange(run) ? "The previous security groups are set" : undoneAll(run).replace(/\.$/, "");
  }
  const open = run.steps.findIndex(({ state }) => state.state !== "done" && state.state !== "undone" && state.state !== "kept");
  const step = run.steps[open];
  if (!step) return "";
  const title = review.find(({ id }) => id === step.id)?.title ?? stepNoun(run, step);
  return `Step ${open + 1} of ${run.steps.length}, ${title}: ${stepShown(run, step).words}`;
}
