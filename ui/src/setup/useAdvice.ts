// The advice for what is chosen so far, and the path that follows from it as long as the admin picks none.
import { useEffect, useRef } from "react";

import type { Advice, SourcesPage } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import type { CommandState } from "../shared/useCommand";
import { answersFor, outlook, type Outlook } from "./advice";
import { change, STEPS, type Draft } from "./draft";
import { pickedSource } from "./sourceDraft";
import { useReading } from "./useReading";

export interface AdviceReading extends CommandState<Advice> {
  /** What is recommended; none until the advice for exactly this source and these answers is there. */
  outlook: Outlook | undefined;
  /**
   * The same for the eye: while the next advice is read, the last one stays, so that what has the focus does not go away
   * under each answer.
   */
  shown: { advice: Advice; outlook: Outlook } | undefined;
}

const SOURCE = STEPS.indexOf("source");
const ACCOUNT = STEPS.indexOf("account");

export function useAdvice(draft: Draft, page: SourcesPage | undefined, region: string): AdviceReading {
  const client = useClient();
  const picked = draft.source.kind === "listed" && draft.source.arn !== "" ? draft.source.arn : null;
  const answers = answersFor(draft, page, region);
  const asked = draft.step === SOURCE || draft.step === ACCOUNT;
  const read = useReading(asked ? JSON.stringify([picked, answers]) : null, () => client.advise(picked, answers));
  const last = useRef<Advice>(undefined);
  if (read.data) last.current = read.data;
  else if (!read.loading) last.current = undefined;
  const row = pickedSource(draft.source, page?.sources);
  // Of a source of the list, what its own row says counts too: without the row nothing is said yet.
  const told = picked === null || row !== undefined;
  const seen = (advice: Advice | undefined) => (advice && told ? outlook(advice, draft.source, row) : undefined);
  const found = seen(read.data);

  // Later steps stand on the path: it follows the advice only where both are in view.
  const { step, path, pathPicked } = draft;
  const stays = pathPicked && found?.options.some((option) => option.possible && option.fit.path === path);
  const follows = step === SOURCE && found !== undefined && !stays;
  const recommended = found?.recommended ?? null;
  useEffect(() => {
    if (follows && (path !== recommended || pathPicked)) change({ path: recommended, pathPicked: false });
  }, [follows, path, pathPicked, recommended]);

  const advice = last.current;
  const shown = found ?? seen(advice);
  return { ...read, outlook: found, shown: advice && shown && { advice, outlook: shown } };
}
