// Fourth step: the checks, which run by themselves. Failures first, then warnings, not known, and passed folded.
// A failure stops the way; a warning or an unanswered check takes a tick that is kept with the run.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Check, CheckId, ChecksPage, Problem, Verdict } from "../ipc/bindings";
import { Loading } from "../shared/Loading";
import { ProblemAlert } from "../shared/ProblemAlert";
import { CheckCard } from "./CheckCard";
import { change, type Draft, type StepName } from "./draft";
import { ExistingEndpoint } from "./ExistingEndpoint";
import "./setup.css";

const GROUPS: readonly { verdict: Verdict; title: string }[] = [
  { verdict: "failure", title: "Failures" },
  { verdict: "warning", title: "Warnings" },
  { verdict: "notKnown", title: "Not known" },
];

interface ChecksStepProps {
  page: ChecksPage | undefined;
  problem: Problem | undefined;
  loading: boolean;
  onCheckAgain: () => void;
  draft: Draft;
  port: number | null;
  /** Which ticks are missing, once Next was pressed. */
  missing: readonly CheckId[];
  onGoTo: (step: StepName) => void;
}

export function ChecksStep(props: ChecksStepProps) {
  const { page, problem, loading, onCheckAgain, draft } = props;
  return (
    <SpaceBetween size="l">
      <LiveRegion hidden>{loading ? "Checking" : page ? summary(page.checks) : ""}</LiveRegion>
      {problem && <ProblemAlert problem={problem} onRetry={onCheckAgain} retrying={loading} />}
      {!page && loading && <Loading what="Reading AWS and ClickHouse afresh, and checking" />}
      {page && (
        <SpaceBetween size="l">
          {page.existing && <ExistingEndpoint endpoint={page.existing} port={props.port} draft={draft} />}
          <Header
            variant="h2"
            actions={
              <Button iconName="refresh" onClick={onCheckAgain} loading={loading}>
                Check again
              </Button>
            }
          >
            {summary(page.checks)}
          </Header>
          {page.checks.some(({ verdict }) => verdict === "failure") && (
            <Alert type="error" header="Going on is not possible while a check fails">
              The run would stop, or the endpoint would come into state Failed. Nothing has been created yet.
            </Alert>
          )}
          {GROUPS.map(({ verdict, title }) => {
            const group = page.checks.filter((check) => check.verdict === verdict);
            if (group.length === 0) return null;
            return (
              <SpaceBetween size="s" key={verdict}>
                <Header variant="h3" counter={`(${group.length})`}>
                  {title}
                </Header>
                {group.map((check) => (
                  <CheckCard
                    key={check.id}
                    check={check}
                    draft={draft}
                    accepted={draft.accepted.includes(check.id)}
                    onAccept={(accepted) => change({ accepted: toggled(draft.accepted, check.id, accepted) })}
                    missing={props.missing.includes(check.id)}
                    onCheckAgain={onCheckAgain}
                    checking={loading}
                    onGoTo={props.onGoTo}
                  />
                ))}
              </SpaceBetween>
            );
          })}
          <Passed checks={page.checks.filter(({ verdict }) => verdict === "passed")} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

function Passed({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) return null;
  return (
    <ExpandableSection variant="container" headerText="Passed" headerCounter={`(${checks.length})`} headingTagOverride="h3">
      <SpaceBetween size="s">
        {checks.map((check) => (
          <div key={check.id}>
            <Box fontWeight="bold">{check.headline}</Box>
            <ul className="setup-list">
              {check.evidence.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** The outcome in one line, such as "1 failure, 2 warnings, 9 passed". */
export function summary(checks: readonly Check[]): string {
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  if (checks.length > 0 && count("passed") === checks.length) return "All checks passed";
  const parts = [
    counted(count("failure"), "failure", "failures"),
    counted(count("warning"), "warning", "warnings"),
    counted(count("notKnown"), "not known", "not known"),
    counted(count("passed"), "passed", "passed"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function counted(count: number, one: string, many: string): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? one : many}`;
}

function toggled(all: readonly CheckId[], id: CheckId, on: boolean): CheckId[] {
  const others = all.filter((one) => one !== id);
  return on ? [...others, id] : others;
}
