// While AWS switches multi-VPC connectivity on: it takes long, goes on without the window, and the wait can be stopped.
import Alert from "@cloudscape-design/components/alert";

import type { ReviewStep, RunStep } from "../../ipc/bindings";
import { stopwatch } from "../../shared/time";
import { usualWords } from "../../shared/topology/usualTime";

interface ConnectivityWaitProps {
  step: RunStep;
  words: ReviewStep | undefined;
  now: number;
}

export function ConnectivityWait({ step, words, now }: ConnectivityWaitProps) {
  const elapsed = step.beganAt === null ? undefined : stopwatch(now - Date.parse(step.beganAt));
  return (
    <Alert type="info" header="AWS is changing the cluster: this takes long">
      {elapsed !== undefined && `Under way for ${elapsed}. `}
      {words ? `It usually takes ${usualWords(words.usualSeconds)}, longer with more brokers.` : "It can take hours."}{" "}
      You may close the window and continue the run later: AWS goes on by itself. Stop waiting ends only the wait, not the
      change.
    </Alert>
  );
}
