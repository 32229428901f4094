// The review's first tab: the steps in order, each with what will exist afterwards, the exact call, the right it needs,
// how it is undone, and what AWS bills for it.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Price, ReviewPage, ReviewStep, Step } from "../ipc/bindings";
import { BilledBadge } from "../shared/BilledBadge";
import { stepHosts } from "../shared/topology/stepHosts";
import { usualWords } from "../shared/topology/usualTime";
import type { CommandState } from "../shared/useCommand";
import { CodeBlock } from "./CodeBlock";
import { Cost } from "./Cost";

export function ReviewSteps({ page, prices }: { page: ReviewPage; prices: CommandState<Price[]> }) {
  const hosts = stepHosts(page.plan, page.topology);
  return (
    <SpaceBetween size="l">
      <Box color="text-body-secondary">
        In this order. Each step is written to the journal before it is done, so that it can be continued or undone.
      </Box>
      {page.steps.map((step, index) => (
        <StepCard
          key={step.id}
          step={step}
          planned={page.plan.steps.find(({ id }) => id === step.id)}
          number={index + 1}
          host={hosts.get(step.id)}
          region={page.plan.region}
          prices={prices}
        />
      ))}
    </SpaceBetween>
  );
}

function ForHost({ host, result }: { host: string; result: string }) {
  return (
    <>
      <span className="setup-name">For {host}.</span> {result}
    </>
  );
}

interface StepCardProps {
  step: ReviewStep;
  planned: Step | undefined;
  number: number;
  /** For which of several hosts it is. */
  host: string | undefined;
  region: string;
  prices: CommandState<Price[]>;
}

function StepCard({ step, planned, number, host, region, prices }: StepCardProps) {
  return (
    <Container
      header={
        <Header variant="h3" description={host === undefined ? step.result : <ForHost host={host} result={step.result} />}>
          {`${number}. ${step.title}`} {step.billed && <BilledBadge billed={step.billed} />}
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
            ...(step.billed && planned
              ? [{ label: "Price", value: <Cost action={planned.action} region={region} prices={prices} /> }]
              : []),
          ]}
        />
        <ExpandableSection headerText="Request as JSON" headerAriaLabel={`Request as JSON: request of step ${number}`}>
          <CodeBlock text={step.request} what={`request of step ${number}`} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
