// A verdict as icon and word. The words differ by what was judged; the icons never do.
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import type { Verdict } from "../ipc/bindings";

const ICONS: Record<Verdict, StatusIndicatorProps.Type> = {
  failure: "error",
  warning: "warning",
  notKnown: "info",
  passed: "success",
};

export type VerdictWords = Record<Verdict, string>;

export const CHECK_WORDS: VerdictWords = {
  failure: "Failure",
  warning: "Warning",
  notKnown: "Not known",
  passed: "Passed",
};

export const FIT_WORDS: VerdictWords = {
  failure: "Does not fit",
  warning: "Fits, with a warning",
  notKnown: "Not known",
  passed: "Fits",
};

export const PATH_WORDS: VerdictWords = {
  failure: "Path closed",
  warning: "Path open, with a warning",
  notKnown: "Not known",
  passed: "Path open",
};

export function VerdictBadge({ verdict, words }: { verdict: Verdict; words: VerdictWords }) {
  return (
    <StatusIndicator
      type={ICONS[verdict]}
      wrapText
      {...(verdict === "notKnown" ? { colorOverride: "grey" as const } : {})}
    >
      {words[verdict]}
    </StatusIndicator>
  );
}
