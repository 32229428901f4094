// One check that did not pass: the finding, its evidence, why it matters, what to do, and the tick where going on
// is the admin's own choice.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Check, CheckId, Extent } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { RemedyAction } from "../shared/ProblemAlert";
import type { StepName } from "./draft";
import { Field } from "./Field";
import { CHECK_WORDS, VerdictBadge } from "./VerdictBadge";

interface CheckCardProps {
  check: Check;
  serviceId: string;
  extent: Extent["extent"];
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
  missing: boolean;
  onCheckAgain: () => void;
  checking: boolean;
  onGoTo: (step: StepName) => void;
}

/** The step whose choice a check judges, where another choice may help. */
const CHOSEN_AT: Partial<Record<CheckId, { step: StepName; label: string }>> = {
  clickPipesRegion: { step: "account", label: "Change the service" },
  serviceAwake: { step: "account", label: "Change the service" },
  notPublic: { step: "source", label: "Change the source" },
  databaseAvailable: { step: "source", label: "Change the source" },
  sameVpc: { step: "source", label: "Change the source" },
  nameResolves: { step: "source", label: "Change the source" },
  subnetOwner: { step: "network", label: "Change the subnets" },
  freeBlocks: { step: "network", label: "Change the subnets" },
  subnetSize: { step: "network", label: "Change the subnets" },
  zoneSpread: { step: "network", label: "Change the subnets" },
  networkAcls: { step: "network", label: "Change the subnets" },
  securityGroupPath: { step: "network", label: "Change the security groups" },
  reuseFits: { step: "network", label: "Change what is used" },
  quotas: { step: "network", label: "Change what is used" },
  names: { step: "network", label: "Change the names" },
};

/** Of a gateway that is used as it is, neither subnets nor security groups are chosen here. */
function chosenAt(id: CheckId, extent: Extent["extent"]): { step: StepName; label: string } | undefined {
  const place = CHOSEN_AT[id];
  if (place?.step !== "network" || id === "names" || extent === "everything") return place;
  return { ...place, label: "Change what is used" };
}

export function CheckCard(props: CheckCardProps) {
  const { check, onCheckAgain, checking, onGoTo } = props;
  const place = chosenAt(check.id, props.extent);
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
                <RemedyAction button={button} serviceId={props.serviceId} onRetry={onCheckAgain} />
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
