// The wizard's page: which step is shown, what has to be settled before the next one, and the start of the run.
// The steps themselves only show what they are handed; the choices live in draft.ts.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Wizard, { type WizardProps } from "@cloudscape-design/components/wizard";
import { useEffect, useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import { useHelp } from "../frame/Help";
import { navigate } from "../frame/routes";
import { setupHelp } from "../help/setup";
import type { AccountView } from "../ipc/bindings";
import { useHeadingFocus, useWindowTitle } from "../shared/Page";
import { AccountStep } from "./AccountStep";
import { CancelDialog } from "./CancelDialog";
import { ChecksStep } from "./ChecksStep";
import { createWords } from "./createWords";
import { change, choicesOf, forgetDraft, hasChoices, keepDraftOf, STEPS, useDraft, type StepName } from "./draft";
import { focusRefusal, REFUSAL } from "./focusRefusal";
import { NetworkStep } from "./NetworkStep";
import { ReviewPart } from "./ReviewPart";
import { namedSource, portOf } from "./sourceDraft";
import { SourceStep } from "./SourceStep";
import { useFieldErrors } from "./useFieldErrors";
import { useGate } from "./useGate";
import { useReadings } from "./useReadings";
import { useStart } from "./useStart";

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
  // The wizard moves the focus between its steps itself; this is for the page being opened.
  const shell = useHeadingFocus();
  const draft = useDraft();
  const readings = useReadings(draft, account.identity.region);
  const errors = useFieldErrors(choicesOf(draft));
  const gate = useGate(draft, readings, errors);
  const [leaving, setLeaving] = useState(false);
  const start = useStart(draft);
  useEffect(() => {
    if (gate.refusals > 0) focusRefusal(shell.current);
  }, [gate.refusals, shell]);
  useHelp(setupHelp[STEPS[draft.step] ?? "source"]);
  const { sources, advice, existing, checks, review, prices } = readings;
  const port = portOf(namedSource(draft.source, sources.data?.sources));
  const service = readings.services?.find((row) => row.service.id === draft.serviceId)?.service;

  /** Goes to a step without settling anything; not while the run begins with what was chosen there. */
  function goToIndex(step: number) {
    if (start.busy) return;
    gate.forget();
    change({ step, refused: null });
  }

  const goTo = (step: StepName) => goToIndex(STEPS.indexOf(step));

  async function onNavigate({ requestedStepIndex }: WizardProps.NavigateDetail) {
    if (requestedStepIndex <= draft.step) {
      goToIndex(requestedStepIndex);
      return;
    }
    const reached = await gate.advance(requestedStepIndex);
    if (reached !== undefined) change({ step: reached });
  }

  function cancel() {
    // "Nothing has been created" could not be promised while the run begins.
    if (start.busy) return;
    if (hasChoices(draft)) setLeaving(true);
    else leave();
  }

  function leave() {
    gate.forget();
    navigate({ page: "endpoints" });
    forgetDraft();
  }

  const steps: WizardProps.Step[] = [
    {
      title: "Source and path",
      description: "What ClickPipes is to reach, and over which path.",
      content: (
        <SourceStep
          sources={sources}
          advice={advice}
          region={account.identity.region}
          accountId={account.identity.accountId}
          draft={draft}
          errors={errors}
          pathMissing={gate.pathMissing}
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
          existing={existing}
          port={port}
          outlook={advice.outlook}
        />
      ),
    },
    {
      title: "Resource and network",
      description: "What of AWS is used or made, and the names. The best fit is chosen already.",
      content: (
        <NetworkStep readings={readings} draft={draft} accountId={account.identity.accountId} errors={errors} />
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
          port={port}
          missing={gate.missing}
          onGoTo={goTo}
        />
      ),
    },
    {
      title: "Review",
      description: `What will be created, call by call.${start.busy ? "" : " Nothing has been created yet."}`,
      content: (
        <ReviewPart
          page={review.data}
          problem={review.problem}
          loading={review.loading}
          onReload={review.reload}
          prices={prices}
          account={account}
          draft={draft}
          serviceName={service?.name}
          starting={start.busy}
          startProblem={start.problem}
          onGoTo={goTo}
        />
      ),
    },
  ];

  return (
    <div ref={shell}>
      <Wizard
        steps={steps.map((step, index) =>
          index === draft.step && gate.error !== undefined ? { ...step, errorText: <Refusal why={gate.error} /> } : step,
        )}
        activeStepIndex={draft.step}
        onNavigate={({ detail }) => void onNavigate(detail)}
        onCancel={cancel}
        onSubmit={() => {
          if (review.data) void start.submit();
        }}
        isLoadingNextStep={gate.busy || start.busy || (review.loading && !review.data)}
        submitButtonText={createWords(review.data?.plan, account)}
        i18nStrings={WORDS}
      />
      <CancelDialog visible={leaving} onStay={() => setLeaving(false)} onLeave={leave} />
    </div>
  );
}

/** Why the wizard stays where it is; takes the focus where no field is marked. */
function Refusal({ why }: { why: string }) {
  return (
    <span className={REFUSAL} tabIndex={-1}>
      {why}
    </span>
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
