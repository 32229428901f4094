// Switches a fault on: which call, what goes wrong with it, how often; for some a delay or a reason.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import LiveRegion from "@cloudscape-design/components/live-region";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";

import type { NewFault, SandboxOperation } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import { callWords, faultWords, takes, timesWords } from "./faultWords";
import { useDoing, type SectionProps } from "./useSandbox";

const TIMES = [1, 2, 3, 5, 10, 0].map((times) => ({ value: String(times), label: timesWords(times) }));

const DELAY_AT_FIRST = "3000";
/** Longer than any time-out, and still a number that the sandbox takes. */
const LONGEST_DELAY = 600_000;

export function FaultForm({ panel, onDone }: SectionProps) {
  const doing = useDoing(onDone);
  const [call, setCall] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [times, setTimes] = useState(TIMES[0]!);
  const [delay, setDelay] = useState(DELAY_AT_FIRST);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState("");

  const operation = panel.operations.find((each) => callWords(each) === call);
  const kinds = operation?.kinds.map(kindOption) ?? [];
  const chosenKind = kinds.find(({ value }) => value === kind);
  const more = takes(chosenKind?.value ?? "");
  const delayMs = Number(delay);
  const goodDelay = Number.isInteger(delayMs) && delayMs > 0 && delayMs <= LONGEST_DELAY;
  const calls = useMemo(() => callOptions(panel.operations), [panel.operations]);

  async function submit() {
    setAsked(true);
    if (!operation || !chosenKind || (more.delay && !goodDelay)) return;
    const fault: NewFault = {
      service: operation.service,
      operation: operation.operation,
      kind: chosenKind.value,
      times: Number(times.value),
      delayMs: more.delay ? delayMs : 0,
      reason: more.reason && reason.trim() !== "" ? reason.trim() : null,
    };
    if (!(await doing.run((client) => client.sandboxFault(fault)))) return;
    setAsked(false);
    setSaid(`Switched on: ${chosenKind.label}, ${callWords(fault)}`);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SpaceBetween size="m">
        {doing.problem && <ProblemAlert problem={doing.problem} />}
        <ColumnLayout columns={3}>
          <FormField label="Call" errorText={asked && !operation ? "Choose a call." : undefined}>
            <Select
              filteringType="auto"
              filteringPlaceholder="Find a call"
              filteringAriaLabel="Find a call"
              placeholder="Choose a call"
              noMatch="No call matches"
              expandToViewport
              selectedOption={call === null ? null : { value: call, label: call }}
              options={calls}
              onChange={({ detail }) => {
                setCall(detail.selectedOption.value ?? null);
                setSaid("");
              }}
            />
          </FormField>
          <FormField label="What goes wrong" errorText={asked && !chosenKind ? "Choose what goes wrong." : undefined}>
            <Select
              placeholder={operation ? "Choose what goes wrong" : "Choose a call first"}
              disabled={!operation}
              expandToViewport
              selectedOption={chosenKind ?? null}
              options={kinds}
              onChange={({ detail }) => setKind(detail.selectedOption.value ?? null)}
            />
          </FormField>
          <FormField label="How often">
            <Select
              expandToViewport
              selectedOption={times}
              options={TIMES}
              onChange={({ detail }) => setTimes(TIMES.find(({ value }) => value === detail.selectedOption.value) ?? times)}
            />
          </FormField>
          {more.delay && (
            <FormField
              label="Delay in milliseconds"
              errorText={asked && !goodDelay ? `Enter a whole number from 1 to ${LONGEST_DELAY}.` : undefined}
            >
              <Input type="number" inputMode="numeric" value={delay} onChange={({ detail }) => setDelay(detail.value)} />
            </FormField>
          )}
          {more.reason && (
            <FormField label="Reason" description="What AWS or ClickHouse says about it, where there is a place for it.">
              <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
            </FormField>
          )}
        </ColumnLayout>
        <SpaceBetween direction="horizontal" size="s" alignItems="center">
          <Button loading={doing.busy}>Switch on</Button>
          <LiveRegion>
            <Box color="text-body-secondary">{said}</Box>
          </LiveRegion>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}

function kindOption(kind: string): { value: string; label: string; description: string } {
  const { label, meaning } = faultWords(kind);
  return { value: kind, label, description: meaning };
}

/** The calls, one group for each service. */
function callOptions(operations: readonly SandboxOperation[]): SelectProps.OptionGroup[] {
  const services = [...new Set(operations.map(({ service }) => service))];
  return services.map((service) => ({
    label: service,
    options: operations
      .filter((each) => each.service === service)
      .map((each) => ({ value: callWords(each), label: callWords(each) })),
  }));
}
