// When ClickHouse's grace period starts: not documented, so that both can be tried.
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { GraceStart } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useDoing, type SectionProps } from "./useSandbox";

const STARTS: { value: GraceStart; label: string; description: string }[] = [
  {
    value: "entry",
    label: "When the endpoint enters its status",
    description: "What Pipelink assumes: the deletion windows on the endpoints page hold.",
  },
  {
    value: "creation",
    label: "When the endpoint was created",
    description: "An endpoint that waited long is then deleted sooner than its window says.",
  },
];

export function GracePeriod({ panel, onDone }: SectionProps) {
  const doing = useDoing(onDone);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="ClickHouse deletes an endpoint some time after it failed, was rejected, or waited for acceptance. It does not say from when it counts."
        >
          Grace period
        </Header>
      }
    >
      <SpaceBetween size="m">
        {doing.problem && <ProblemAlert problem={doing.problem} />}
        <FormField label="It starts">
          <RadioGroup
            value={panel.graceStarts}
            items={STARTS}
            onChange={({ detail }) => void doing.run((client) => client.sandboxGrace(detail.value as GraceStart))}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
