// The wizard's page: which step is shown, what has to be settled before the next one, and the start of the run.
// The steps themselves only show what they are handed; the choices live in draft.ts.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Wizard, { type WizardProps } from "@cloudscape-design/components/wizard";
import { useEffect, useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import { navigate } from "../frame/routes";
import type { AccountView } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useHeadingFocus, useWindowTitle } from "../shared/Page";
import { useAction } from "../shared/useCommand";
import { AccountStep } from "./AccountStep";
import { CancelDialog } from "./CancelDialog";
import { ChecksStep } from "./ChecksStep";
import { change, choicesKey, choicesOf, forgetDraft, hasChoices, keepDraftOf, STEPS, useDraft, type StepName } from "./draft";
import { NetworkStep } from "./NetworkStep";
import { createWords, ReviewPart } from "./ReviewPart";
import { SourceStep } from "./SourceStep";
import { useFieldErrors } from "./useFieldErrors";
import { useGate } from "./useGate";
import { useReadings } from "./useReadings";

export default function SetupPage() {
  const { account } = useAccount();
  useWindowTitle("Set up a connection");
  if (!account) {
    return (
      <Box padding="l">
        Choose an account first. <Button onClick={() => navigate({ page: "accounts" })}>Choose an account</Button>
      </Box>
    );
  }
  keepDraftOf(account);
  return <SetupWizard account={account} />;
}

function SetupWizard({ account }: { account: AccountView }) {
  const client = useClient();
  // The wizard moves the focus between its steps itself; this is for the page being opened.
  const shell = useHeadingFocus();
  const draft = useDraft();
  const readings = useReadings(draft);
  const errors = useFieldErrors(choicesOf(draft));
  const gate = useGate(draft, readings, errors);
  const [leaving, setLeaving] = useState(false);
  const start = useAction(() => client.startRun(choicesOf(draft), draft.accepted));
  const { sources, network, checks, review } = readings;
  const picked = sources.data?.sources.find(({ arn }) => arn === draft.sourceArn);
  const service = readings.services?.find((row) => row.service.id === draft.serviceId)?.service;

  // A problem of starting belongs to the choices it was tried with.
  const key = choicesKey(draft);
  const clearStart = start.clear;
  useEffect(() => clearStart(), [key, clearStart]);

  const goTo = (step: StepName) => change({ step: STEPS.indexOf(step) });

  async function onNavigate({ requestedStepIndex }: WizardProps.NavigateDetail) {
    if (requestedStepIndex <= draft.step) {
      gate.forget();
      change({ step: requestedStepIndex });
      return;
    }
    const reached = await gate.advance(requestedStepIndex);
    change({ step: reached });
  }

  async function submit() {
    const run = await start.run();
    if (run !== undefined) {
      navigate({ page: "run", run });
      forgetDraft();
    }
  }

  function leave() {
    navigate({ page: "endpoints" });
    forgetDraft();
  }

  const steps: WizardProps.Step[] = [
    {
      title: "Source and path",
      description: "Which database ClickPipes is to reach, and over which path.",
      content: (
        <SourceStep
          page={sources.data}
          problem={sources.problem}
          loading={sources.loading}
          region={account.identity.region}
          accountId={account.identity.accountId}
          pickedArn={draft.sourceArn}
          onPick={({ arn }) => change({ sourceArn: arn })}
          onReload={sources.reload}
        />
      ),
    },
    {
      title: "Account and region",
      description: "Where everything is created, and for which ClickHouse service.",
      content: (
        <AccountStep
          account={account}
          draft={draft}
          services={sources.data?.services}
          loading={sources.loading}
          onReload={sources.reload}
          errors={errors}
        />
      ),
    },
    {
      title: "Resource and network",
      description: "Where the resource gateway goes, what guards it, and the names. The best fit is chosen already.",
      content: (
        <NetworkStep
          page={network.data}
          problem={network.problem}
          loading={network.loading}
          onReload={network.reload}
          draft={draft}
          accountId={account.identity.accountId}
          errors={errors}
        />
      ),
    },
    {
      title: "Checks",
      description: "Everything that would make the endpoint fail later, looked at before anything is created.",
      content: (
        <ChecksStep
          page={checks.data}
          problem={checks.problem}
          loading={checks.loading}
          onCheckAgain={checks.reload}
          draft={draft}
          port={picked?.port ?? null}
          missing={gate.missing}
          onGoTo={goTo}
        />
      ),
    },
    {
      title: "Review",
      description: "What will be created, call by call. Nothing has been created yet.",
      content: (
        <ReviewPart
          page={review.data}
          problem={review.problem}
          loading={review.loading}
          onReload={review.reload}
          account={account}
          draft={draft}
          serviceName={service?.name}
          startProblem={start.problem}
          onGoTo={goTo}
        />
      ),
    },
  ];

  return (
    <div ref={shell}>
      <Wizard
        steps={steps.map((step, index) => (index === draft.step ? { ...step, errorText: gate.error } : step))}
        activeStepIndex={draft.step}
        onNavigate={({ detail }) => void onNavigate(detail)}
        onCancel={() => (hasChoices(draft) ? setLeaving(true) : leave())}
        onSubmit={() => {
          if (review.data) void submit();
        }}
        isLoadingNextStep={gate.busy || start.busy || (review.loading && !review.data)}
        submitButtonText={createWords(review.data?.plan, account)}
        i18nStrings={WORDS}
      />
      <CancelDialog visible={leaving} onStay={() => setLeaving(false)} onLeave={leave} />
    </div>
  );
}

const WORDS: WizardProps.I18nStrings = {
  stepNumberLabel: (number) => `Step ${number}`,
  collapsedStepsLabel: (number, count) => `Step ${number} of ${count}`,
  navigationAriaLabel: "Steps of the set-up",
  cancelButton: "Cancel",
  previousButton: "Previous",
  nextButton: "Next",
  optional: "optional",
  nextButtonLoadingAnnouncement: "Checking this step",
  submitButtonLoadingAnnouncement: "Beginning the run",
};
