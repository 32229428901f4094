// Prepared exercises: what has happened, what to reach, and hints one after the other.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Cards from "@cloudscape-design/components/cards";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState } from "react";

import type { Exercise, ExerciseState } from "../ipc/bindings";
import { useBoardRefresh } from "../shared/BoardContext";
import { ProblemAlert } from "../shared/ProblemAlert";
import "./sandbox.css";
import { useDoing, type SectionProps } from "./useSandbox";

const STATES: Record<ExerciseState, { type: StatusIndicatorProps.Type; words: string }> = {
  ready: { type: "not-started", words: "Not begun" },
  begun: { type: "in-progress", words: "Begun, the goal is not reached yet" },
  reached: { type: "success", words: "Goal reached" },
};

export function Exercises({ panel, onDone }: SectionProps) {
  const doing = useDoing(onDone);
  const refresh = useBoardRefresh();
  const [under, setUnder] = useState("");
  // How many hints are shown, by exercise: kept here, since a card is drawn anew with each reading.
  const [hints, setHints] = useState<Record<string, number>>({});

  async function begin(id: string) {
    setUnder(id);
    if (!(await doing.run((client) => client.sandboxExercise(id)))) return;
    setHints((shown) => ({ ...shown, [id]: 0 }));
    // What an exercise has put there is on the board at once, not after the next sweep.
    await refresh.run();
  }

  return (
    <SpaceBetween size="s">
      {doing.problem && <ProblemAlert problem={doing.problem} />}
      {refresh.problem && <ProblemAlert problem={refresh.problem}>The endpoints show what was there before.</ProblemAlert>}
      <Cards
        trackBy="id"
        items={panel.exercises}
        cardsPerRow={[{ cards: 1 }, { minWidth: 900, cards: 3 }]}
        header={
          <Header
            variant="h2"
            description="To practise what is hard to meet on purpose. Beginning one changes what is in the sandbox; it can be begun again."
          >
            Exercises
          </Header>
        }
        empty={<Box color="text-body-secondary">This sandbox has no exercises.</Box>}
        cardDefinition={{
          header: ({ title }) => <Box variant="h3">{title}</Box>,
          sections: [
            { id: "state", content: ({ state }) => <State state={state} /> },
            { id: "situation", header: "Situation", content: ({ situation }) => situation },
            { id: "goal", header: "Goal", content: ({ goal }) => goal },
            {
              id: "hints",
              content: (exercise) => (
                <Hints
                  exercise={exercise}
                  shown={hints[exercise.id] ?? 0}
                  onNext={() => setHints((all) => ({ ...all, [exercise.id]: (all[exercise.id] ?? 0) + 1 }))}
                />
              ),
            },
            {
              id: "begin",
              content: (exercise) => (
                <Button
                  ariaLabel={`${beginWords(exercise)}: ${exercise.title}`}
                  loading={doing.busy && under === exercise.id}
                  onClick={() => void begin(exercise.id)}
                >
                  {beginWords(exercise)}
                </Button>
              ),
            },
          ],
        }}
        ariaLabels={{ cardsLabel: "Exercises", itemSelectionLabel: (_, { title }) => title, selectionGroupLabel: "Exercises" }}
      />
    </SpaceBetween>
  );
}

function State({ state }: { state: ExerciseState }) {
  const { type, words } = STATES[state];
  return (
    <StatusIndicator type={type} wrapText>
      {words}
    </StatusIndicator>
  );
}

function beginWords({ state }: Exercise): string {
  return state === "ready" ? "Begin" : "Begin again";
}

function Hints({ exercise, shown, onNext }: { exercise: Exercise; shown: number; onNext: () => void }) {
  const { hints, title } = exercise;
  if (hints.length === 0) return null;
  return (
    <SpaceBetween size="xs">
      <LiveRegion>
        {shown > 0 && (
          <ol className="sandbox-hints" aria-label={`Hints: ${title}`}>
            {hints.slice(0, shown).map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ol>
        )}
      </LiveRegion>
      {shown < hints.length ? (
        <Button variant="inline-link" ariaLabel={`${hintWords(shown)}: ${title}`} onClick={onNext}>
          {hintWords(shown)} ({shown + 1} of {hints.length})
        </Button>
      ) : (
        <Box color="text-body-secondary">That was the last hint.</Box>
      )}
    </SpaceBetween>
  );
}

function hintWords(shown: number): string {
  return shown === 0 ? "Show a hint" : "Show the next hint";
}
