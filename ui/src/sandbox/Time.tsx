// The sandbox's clock: what time it is, how fast it runs, and moving it on.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import LiveRegion from "@cloudscape-design/components/live-region";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";

import { ProblemAlert } from "../shared/ProblemAlert";
import { precise } from "../shared/time";
import { useAccountClock } from "../shared/useAccountClock";
import { useDoing, type SectionProps } from "./useSandbox";

const HOUR = 3600;
const DAY = 24 * HOUR;

const STEPS = [
  { words: "1 hour", seconds: HOUR },
  { words: "1 day", seconds: DAY },
  { words: "7 days", seconds: 7 * DAY },
];

const UNITS = [
  { value: "60", label: "minutes" },
  { value: String(HOUR), label: "hours" },
  { value: String(DAY), label: "days" },
];

const SPEEDS = [
  { id: "0", text: "Stopped" },
  { id: "1", text: "1x" },
  { id: "60", text: "60x" },
  { id: "3600", text: "3600x" },
];

export function Time({ panel, onDone }: SectionProps) {
  const doing = useDoing(onDone);
  const [said, setSaid] = useState("");
  const reading = useMemo(() => ({ now: panel.now, clockSpeed: panel.speed }), [panel.now, panel.speed]);
  const now = useAccountClock(reading, 1);

  async function moveOn(seconds: number, words: string) {
    if (await doing.run((client) => client.sandboxClock(seconds, null))) setSaid(`Moved on by ${words}`);
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          description="All of the sandbox lives by this clock: steps of a run, grace periods, credentials. It only runs forward."
        >
          Time
        </Header>
      }
    >
      <SpaceBetween size="m">
        {doing.problem && <ProblemAlert problem={doing.problem} />}
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Now, in the sandbox", value: <time dateTime={new Date(now).toISOString()}>{precise(now)}</time> },
            { label: "Runs", value: speedWords(panel.speed ?? 0) },
          ]}
        />
        <FormField label="Speed">
          <SegmentedControl
            label="Speed of the sandbox's clock"
            selectedId={String(panel.speed ?? 0)}
            options={SPEEDS}
            onChange={({ detail }) => void doing.run((client) => client.sandboxClock(null, Number(detail.selectedId)))}
          />
        </FormField>
        <FormField
          label="Move the clock on"
          description="Everything that would have happened meanwhile happens: also the deletion of endpoints whose grace period ends."
        >
          <SpaceBetween direction="horizontal" size="xs">
            {STEPS.map(({ words, seconds }) => (
              <Button key={words} ariaLabel={`Move on by ${words}`} onClick={() => void moveOn(seconds, words)}>
                +{words}
              </Button>
            ))}
          </SpaceBetween>
        </FormField>
        <TypedAmount busy={doing.busy} onMoveOn={(seconds, words) => void moveOn(seconds, words)} />
        <LiveRegion>
          <Box color="text-body-secondary">{said}</Box>
        </LiveRegion>
      </SpaceBetween>
    </Container>
  );
}

interface TypedAmountProps {
  busy: boolean;
  onMoveOn: (seconds: number, words: string) => void;
}

function TypedAmount({ busy, onMoveOn }: TypedAmountProps) {
  const [amount, setAmount] = useState("");
  const [unit, setUnit] = useState(UNITS[1]!);
  const [wrong, setWrong] = useState(false);

  function submit() {
    const count = Number(amount);
    const good = amount.trim() !== "" && Number.isFinite(count) && count > 0;
    setWrong(!good);
    if (good) onMoveOn(count * Number(unit.value), `${count} ${unit.label}`);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormField label="Another amount" errorText={wrong ? "Enter a number above 0." : undefined}>
        <SpaceBetween direction="horizontal" size="xs">
          <Input
            type="number"
            inputMode="decimal"
            ariaLabel="Another amount"
            value={amount}
            onChange={({ detail }) => {
              setAmount(detail.value);
              setWrong(false);
            }}
          />
          <Select
            ariaLabel="Unit"
            selectedOption={unit}
            options={UNITS}
            onChange={({ detail }) => setUnit(UNITS.find(({ value }) => value === detail.selectedOption.value) ?? unit)}
          />
          <Button loading={busy}>Move on</Button>
        </SpaceBetween>
      </FormField>
    </form>
  );
}

function speedWords(speed: number): string {
  if (speed === 0) return "Not at all: it is stopped";
  return speed === 1 ? "As fast as real time" : `${speed} times as fast as real time`;
}
