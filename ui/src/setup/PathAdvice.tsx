// The recommendation beside the source: which path, and why; every other path with the reason for or against it, to be
// taken all the same where it can work; how long the one taken takes and what is billed; and its picture.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import LiveRegion from "@cloudscape-design/components/live-region";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import type { PathKind } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import { TopologyPicture } from "../shared/topology/TopologyPicture";
import { minutesWords, type Outlook, type PathOption } from "./advice";
import { change } from "./draft";
import { Field } from "./Field";
import { sketch } from "./pathSketch";
import { PATH_NAMES } from "./pathTypes";
import type { NamedSource } from "./sourceDraft";
import type { AdviceReading } from "./useAdvice";

interface PathAdviceProps {
  advice: AdviceReading;
  path: PathKind | null;
  source: NamedSource | null;
  /** Next was pressed, and no path is taken yet. */
  missing: boolean;
}

export function PathAdvice({ advice, path, source, missing }: PathAdviceProps) {
  const outlook = advice.shown?.outlook;
  const title = headline(outlook);
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={source?.name ? <span className="setup-name">For {source.name}</span> : undefined}>
          {title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <LiveRegion hidden>{outlook ? title : ""}</LiveRegion>
        {advice.problem && <ProblemAlert problem={advice.problem} onRetry={advice.reload} retrying={advice.loading} />}
        {!outlook && advice.loading && <StatusIndicator type="loading">Looking which path fits</StatusIndicator>}
        {outlook && <Box>{outlook.reason}</Box>}
        {outlook && <Paths outlook={outlook} path={path} missing={missing} />}
        {outlook && <Facts option={outlook.options.find(({ fit }) => fit.path === path)} />}
      </SpaceBetween>
    </Container>
  );
}

function headline(outlook: Outlook | undefined): string {
  if (!outlook) return "Recommended path";
  if (outlook.options.every(({ possible }) => !possible)) return "No path fits";
  return outlook.recommended === null ? "No path is recommended yet" : `Recommended: ${PATH_NAMES[outlook.recommended]}`;
}

function Paths({ outlook, path, missing }: { outlook: Outlook; path: PathKind | null; missing: boolean }) {
  return (
    <Field
      label="Path"
      description="Another one can be taken if it can work."
      errorText={missing ? "Choose a path, or answer what is asked." : undefined}
      stretch
    >
      <RadioGroup
        value={path}
        onChange={({ detail }) => change({ path: detail.value as PathKind, pathPicked: true })}
        items={outlook.options.map(({ fit, possible, reason }) => ({
          value: fit.path,
          label: `${PATH_NAMES[fit.path]}${fit.path === outlook.recommended ? " (recommended)" : ""}`,
          // Of the one recommended, the reason stands above.
          description: possible ? (fit.path === outlook.recommended ? undefined : reason) : `Does not fit. ${reason}`,
          disabled: !possible,
        }))}
      />
    </Field>
  );
}

function Facts({ option }: { option: PathOption | undefined }) {
  if (!option) return null;
  const { fit } = option;
  return (
    <KeyValuePairs
      columns={1}
      items={[
        {
          label: "Usual time to set up",
          value: (
            <>
              <div>{minutesWords(fit.usual)}</div>
              {fit.path === "mskMultiVpc" && <Box variant="small">Hours where connectivity has to be turned on first.</Box>}
            </>
          ),
        },
        {
          label: "Billed by AWS",
          value: (
            <>
              <div>{fit.billed}</div>
              <Box variant="small">{PRICE_WORDS[fit.path]}</Box>
            </>
          ),
        },
      ]}
    />
  );
}

/** The review asks AWS's price list about gateways alone. */
const PRICE_WORDS: Record<PathKind, string> = {
  vpcResource: "The review asks AWS for the price.",
  mskMultiVpc: "AWS's page of Amazon MSK prices has the price.",
  endpointService: "AWS's page of Elastic Load Balancing prices has the price.",
};

export function PathPicture({ path, source, accountId }: { path: PathKind | null; source: NamedSource | null; accountId: string }) {
  if (path === null) return null;
  return (
    <Container header={<Header variant="h2">How it connects</Header>}>
      <TopologyPicture topology={sketch(path, source)} label={`How it connects: ${PATH_NAMES[path]}`} accountId={accountId} />
    </Container>
  );
}
