// By which measure AWS bills something, in words: for the review, the end of a run and its dialogs.
import type { Billed } from "../ipc/bindings";

/** Goes behind "Billed". */
export const BILLED_BY: Record<Billed, string> = {
  byTheHour: "by the hour",
  byTheHourAndCapacity: "by the hour and by capacity used",
  byTheHourAndData: "by the hour and by the GB",
  byData: "by the GB",
};
