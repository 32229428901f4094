// One check that did not pass: the finding, its evidence, why it matters, what to do, and the tick where going on
// is the admin's own choice.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Check, LoadBalancerChange, RemedyButton } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { RemedyAction } from "../shared/ProblemAlert";
import { placeOf } from "./checkPlaces";
import { changeEndpointService, type Draft, type StepName } from "./draft";
import { Field } from "./Field";
import { withChange } from "./LoadBalancerChanges";
import { CHECK_WORDS, VerdictBadge } from "./VerdictBadge";

interface CheckCardProps {
  check: Check;
  draft: Draft;
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
  missing: boolean;
  onCheckAgain: () => void;
  checking: boolean;
  onGoTo: (step: StepName) => void;
}

export function CheckCard(props: CheckCardProps) {
  const { check, draft, onCheckAgain, checking, onGoTo } = props;
  const place = placeOf(check.id, draft);
  const button = check.remedy?.button ?? null;
  return (
    <Container
      header={
        <Header
          variant="h3"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {place && <Button onClick={() => onGoTo(place.step)}>{place.label}</Button>}
              {button !== null && button !== "retry" && (
                <CheckRemedy button={button} draft={draft} onCheckAgain={onCheckAgain} />
              )}
              <Button onClick={onCheckAgain} loading={checking} ariaLabel={`Check again: ${check.headline}`}>
                Check again
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="xxs">
            <VerdictBadge verdict={check.verdict} words={CHECK_WORDS} />
            <span>{check.headline}</span>
          </SpaceBetween>
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={check.remedy ? 3 : 2}
          items={[
            {
              label: "What was looked at",
              value: (
                <ul className="setup-list">
                  {check.evidence.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              ),
            },
            { label: "Why it matters", value: check.why },
            ...(check.remedy ? [{ label: "What to do", value: <RemedyText remedy={check.remedy} /> }] : []),
          ]}
        />
        {check.verdict !== "failure" && (
          <Field errorText={props.missing ? "Tick this to go on, or change the choice." : undefined} stretch>
            <Checkbox
              checked={props.accepted}
              onChange={({ detail }) => props.onAccept(detail.checked)}
              ariaLabel={`Go on all the same: ${check.headline}`}
              description="The tick is kept with the run."
            >
              Go on all the same
            </Checkbox>
          </Field>
        )}
      </SpaceBetween>
    </Container>
  );
}

interface CheckRemedyProps {
  button: RemedyButton;
  draft: Draft;
  onCheckAgain: () => void;
}

/**
 * The button that does what a remedy says. A change of the load balancer is made by the run, not at once: it becomes one of
 * the choices, and other choices are checked by themselves.
 */
function CheckRemedy({ button, draft, onCheckAgain }: CheckRemedyProps) {
  switch (button) {
    case "enableCrossZone":
      return <ChangeButton change={button} label="Have the run turn it on" draft={draft} />;
    case "stopEnforcingInboundRules":
      return <ChangeButton change={button} label="Have the run switch it off" draft={draft} />;
    default:
      return <RemedyAction button={button} serviceId={draft.by === "key" ? draft.serviceId : ""} onRetry={onCheckAgain} />;
  }
}

function ChangeButton({ change, label, draft }: { change: LoadBalancerChange; label: string; draft: Draft }) {
  const { changes } = draft.endpointService;
  return <Button onClick={() => changeEndpointService({ changes: withChange(changes, change, true) })}>{label}</Button>;
}

function RemedyText({ remedy }: { remedy: NonNullable<Check["remedy"]> }) {
  return (
    <SpaceBetween size="xs">
      <div>{remedy.text}</div>
      {remedy.command !== null && (
        <Box variant="code">
          <CopyValue value={remedy.command} what="command" />
        </Box>
      )}
    </SpaceBetween>
  );
}
