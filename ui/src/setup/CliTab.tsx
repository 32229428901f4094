// The review's second tab: the same calls for a terminal, one after another.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Plan, ReviewPage, ReviewStep } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { CodeBlock } from "./CodeBlock";

export function CliTab({ page }: { page: ReviewPage }) {
  return (
    <SpaceBetween size="l">
      <Box color="text-body-secondary">
        What Pipelink does, for a terminal. Words in angle brackets stand for what an earlier step answers. After each
        step, wait until what it made is usable.
      </Box>
      <CopyValue value={page.steps.map(({ cli }) => cli).join("\n\n")} what="all commands">
        {null}
      </CopyValue>
      {page.steps.map((step, index) => (
        <Container
          key={step.id}
          header={
            <Header variant="h3" description={`${toolOf(page.plan, step)} Then wait: ${step.waitsFor}`}>
              {`${index + 1}. ${step.title}`}
            </Header>
          }
        >
          <CodeBlock text={step.cli} what={`command of step ${index + 1}`} />
        </Container>
      ))}
    </SpaceBetween>
  );
}

/** ClickHouse has no command of the AWS CLI, and what is waited for of a person has none at all. */
function toolOf(plan: Plan, step: ReviewStep): string {
  const action = plan.steps.find(({ id }) => id === step.id)?.action.action;
  switch (action) {
    case "createReversePrivateEndpoint":
    case "awaitEndpointReady":
      return "With curl.";
    case "awaitDnsRecord":
      return "With dig.";
    default:
      return "With the AWS CLI.";
  }
}
