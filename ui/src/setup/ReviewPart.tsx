// Last step: the picture of what will be, the choices, what is used of what is there, and in tabs the steps, their
// twins for a terminal and the IAM policy. All of it is read from the plan that the run will carry out.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useEffect, useRef, type ReactNode } from "react";

import { accountName } from "../accounts/accountWords";
import type { AccountView, Plan, Price, Problem, ReviewPage } from "../ipc/bindings";
import { Loading } from "../shared/Loading";
import { ProblemAlert } from "../shared/ProblemAlert";
import { TopologyPicture } from "../shared/topology/TopologyPicture";
import type { CommandState } from "../shared/useCommand";
import { AcceptedPart } from "./AcceptedPart";
import { CliTab } from "./CliTab";
import type { Draft, StepName } from "./draft";
import { chosenItems, EditLink } from "./chosenItems";
import { changed } from "./createWords";
import { PATH_NAMES } from "./pathTypes";
import { PolicyTab } from "./PolicyTab";
import { ReviewSteps } from "./ReviewSteps";
import { UsedPart } from "./UsedPart";
import "./setup.css";

interface ReviewPartProps {
  page: ReviewPage | undefined;
  problem: Problem | undefined;
  loading: boolean;
  onReload: () => void;
  prices: CommandState<Price[]>;
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
  const { page, prices, problem, loading, onReload, account, starting, startProblem, onGoTo } = props;
  return (
    <SpaceBetween size="l">
      {starting && (
        <Alert type="info" header="The run begins">
          Every check is repeated first, which takes some seconds. What you chose cannot be changed meanwhile.
        </Alert>
      )}
      {startProblem && (
        <TakesFocus of={startProblem}>
          <StartRefused problem={startProblem} onGoTo={onGoTo} />
        </TakesFocus>
      )}
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
          <AcceptedPart draft={props.draft} onEdit={() => onGoTo("checks")} />
          <UsedPart uses={page.plan.uses} changed={changed(page.plan) > 0} onEdit={() => onGoTo("network")} />
          <Tabs
            ariaLabel="The plan"
            tabs={[
              {
                id: "steps",
                label: `Steps (${page.steps.length})`,
                content: <ReviewSteps page={page} prices={prices} />,
              },
              { id: "cli", label: "AWS CLI", content: <CliTab page={page} /> },
              {
                id: "policy",
                label: "IAM policy",
                content: <PolicyTab policy={page.policy} accountId={page.plan.accountId} />,
              },
            ]}
          />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

/** The button that was pressed is at the end of the page and the refusal at its top: the focus moves there. */
function TakesFocus({ of, children }: { of: Problem; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [of]);
  return (
    <div ref={place} tabIndex={-1} className="setup-refused">
      {children}
    </div>
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
            label: "Path",
            value: PATH_NAMES[plan.path],
            info: <EditLink what="path" onClick={() => onGoTo("source")} />,
          },
          ...chosenItems(draft, () => onGoTo("network")),
        ]}
      />
    </Container>
  );
}
