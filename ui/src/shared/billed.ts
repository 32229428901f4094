// By which measure AWS bills something, in words: for the review, the end of a run and its dialogs.
import type { Billed } from "../ipc/bindings";

/** Goes behind "Billed". */
export const BILLED_BY: Record<Billed, string> = {
  byTheHour: "by the hour",
  byData: "by the GB",
};
