// Last step: what will be created, in order, with the exact call, its AWS CLI twin, the right it needs, how it is
// undone; and the picture of what will be. All of it is read from the plan that the run will carry out.
import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { accountName } from "../accounts/accountWords";
import type { AccountView, Plan, Problem, ReviewPage, ReviewStep } from "../ipc/bindings";
import { CHECK_NAMES } from "../shared/checkNames";
import { CopyValue } from "../shared/CopyValue";
import { Loading } from "../shared/Loading";
import { ProblemAlert } from "../shared/ProblemAlert";
import { TopologyPicture } from "../shared/topology/TopologyPicture";
import { usualWords } from "../shared/topology/usualTime";
import type { Draft, StepName } from "./draft";
import "./setup.css";

interface ReviewPartProps {
  page: ReviewPage | undefined;
  problem: Problem | undefined;
  loading: boolean;
  onReload: () => void;
  account: AccountView;
  draft: Draft;
  serviceName: string | undefined;
  /** The start is under way. */
  starting: boolean;
  /** Why starting the run was refused, if it was. */
  startProblem: Problem | undefined;
  onGoTo: (step: StepName) => void;
}

export function ReviewPart(props: ReviewPartProps) {
  const { page, problem, loading, onReload, account, starting, startProblem, onGoTo } = props;
  return (
    <SpaceBetween size="l">
      {starting && (
        <Alert type="info" header="The run begins">
          Every check is repeated first, which takes some seconds. What you chose cannot be changed meanwhile.
        </Alert>
      )}
      {startProblem && <StartRefused problem={startProblem} onGoTo={onGoTo} />}
      {problem && <ProblemAlert problem={problem} onRetry={onReload} retrying={loading} />}
      {!page && loading && <Loading what="Making the plan" />}
      {page && (
        <SpaceBetween size="l">
          <Container
            header={
              <Header variant="h2" description="Dashed frames are what the run creates.">
                What will be there
              </Header>
            }
          >
            <TopologyPicture
              topology={page.topology}
              label="What will be there after the run"
              accountId={page.plan.accountId}
            />
          </Container>
          <Chosen {...props} plan={page.plan} account={account} onGoTo={onGoTo} />
          <Header
            variant="h2"
            counter={`(${page.steps.length})`}
            description="In this order. Each step is written to the journal before it is done, so that it can be continued or undone."
          >
            Steps
          </Header>
          {page.steps.map((step, index) => (
            <StepCard key={step.id} step={step} number={index + 1} twin={twinOf(page.plan, step)} />
          ))}
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

/** Why the run did not begin. A check that stands against it is put right where the checks are. */
function StartRefused({ problem, onGoTo }: { problem: Problem; onGoTo: (step: StepName) => void }) {
  if (problem.code === "checkStandsAgainst") {
    return (
      <ProblemAlert
        problem={problem}
        action={
          <Button variant="primary" onClick={() => onGoTo("checks")}>
            Back to checks
          </Button>
        }
      />
    );
  }
  return <ProblemAlert problem={problem}>The run has not begun. Nothing has been created.</ProblemAlert>;
}

function Chosen({ plan, account, draft, serviceName, onGoTo }: ReviewPartProps & { plan: Plan }) {
  return (
    <Container header={<Header variant="h2">Your choices</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          {
            label: "Source",
            value: plan.source.name,
            info: <EditLink what="source" onClick={() => onGoTo("source")} />,
          },
          {
            label: "AWS account",
            value: `${plan.accountId} (${accountName(account.account)}), ${plan.region}`,
            info: <EditLink what="account" onClick={() => onGoTo("account")} />,
          },
          {
            label: "ClickHouse service",
            value: draft.by === "hand" ? `By hand, service in ${draft.handRegion}` : (serviceName ?? draft.serviceId),
            info: <EditLink what="service" onClick={() => onGoTo("account")} />,
          },
          {
            label: "Subnets",
            value: draft.subnetIds.join(", "),
            info: <EditLink what="subnets" onClick={() => onGoTo("network")} />,
          },
          {
            label: "Security groups",
            value: draft.securityGroupIds.join(", "),
            info: <EditLink what="security groups" onClick={() => onGoTo("network")} />,
          },
          {
            label: "Accepted warnings",
            value: <Accepted draft={draft} />,
            info: <EditLink what="accepted warnings" onClick={() => onGoTo("checks")} />,
          },
        ]}
      />
    </Container>
  );
}

/** The ticked warnings and unanswered checks, by what was found. */
function Accepted({ draft }: { draft: Draft }) {
  if (draft.accepted.length === 0) return "None";
  return (
    <ul className="setup-list">
      {draft.accepted.map((id) => (
        <li key={id}>{draft.findings[id] ?? CHECK_NAMES[id]}</li>
      ))}
    </ul>
  );
}

function EditLink({ what, onClick }: { what: string; onClick: () => void }) {
  return (
    <Button variant="inline-link" ariaLabel={`Edit ${what}`} onClick={onClick}>
      Edit
    </Button>
  );
}

/** What the call's twin for a terminal is: ClickHouse has no command of the AWS CLI. */
function twinOf(plan: Plan, step: ReviewStep): string {
  const action = plan.steps.find(({ id }) => id === step.id)?.action;
  return action?.action === "createReversePrivateEndpoint" ? "The same call with curl" : "The same call with the AWS CLI";
}

function StepCard({ step, number, twin }: { step: ReviewStep; number: number; twin: string }) {
  return (
    <Container
      header={
        <Header variant="h3" description={step.result}>
          {`${number}. ${step.title}`} {step.billedHourly && <Badge color="severity-medium">Billed by the hour</Badge>}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Call", value: <Box variant="code">{step.call}</Box> },
            {
              label: step.rights.length === 1 ? "Right it needs" : "Rights it needs",
              value: (
                <ul className="setup-list">
                  {step.rights.map((right) => (
                    <li key={right}>
                      <Box variant="code" display="inline">
                        {right}
                      </Box>
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              label: "Waits until",
              value: (
                <>
                  <div>{step.waitsFor}</div>
                  <Box variant="small">Usually {usualWords(step.usualSeconds)}</Box>
                </>
              ),
            },
            { label: "Undo", value: step.undo ?? "Nothing to undo" },
          ]}
        />
        <Twin title={twin} what={`command of step ${number}`} text={step.cli} />
        <Twin title="Request as JSON" what={`request of step ${number}`} text={step.request} />
      </SpaceBetween>
    </Container>
  );
}

function Twin({ title, what, text }: { title: string; what: string; text: string }) {
  return (
    <ExpandableSection headerText={title} headerAriaLabel={`${title}: ${what}`}>
      <SpaceBetween size="xs">
        <pre className="setup-code">{text}</pre>
        <CopyValue value={text} what={what}>
          {null}
        </CopyValue>
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** How many things a plan creates: waiting for somebody creates none. */
export function created(plan: Plan): number {
  return plan.steps.filter(({ action }) => action.action !== "awaitShareAcceptance").length;
}

/** The words of the button that begins the run: it names the account. */
export function createWords(plan: Plan | undefined, account: AccountView): string {
  const name = account.account.kind === "sandbox" ? "sandbox" : account.account.name;
  const where = `${account.identity.accountId} (${name}), ${account.identity.region}`;
  if (!plan) return `Create in ${where}`;
  const count = created(plan);
  return `Create ${count} ${count === 1 ? "resource" : "resources"} in ${where}`;
}
