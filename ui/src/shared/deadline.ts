// The deletion window in words. ClickHouse gives no times, so what is shown is an interval and its assumption,
// never a made-up instant. Pure: "now" is handed in.
import type { DeletionWindow } from "../ipc/bindings";
import { clock, duration, interval, shortAbsolute, shortDay } from "./time";

export interface DeadlineWords {
  /** The interval by the clock: "between Tue 14:05 and Tue 18:20 UTC". */
  when: string;
  /** The same from now: "in 5 to 9 hours". */
  away: string;
  /** Both as a sentence without its full stop: "ClickHouse deletes it in 5 to 9 hours (between ...)". */
  sentence: string;
}

export function deadlineWords(window: DeletionWindow, now: number, timeZone?: string): DeadlineWords {
  const latest = Date.parse(window.latest);
  const earliest = window.earliest === null ? null : Date.parse(window.earliest);
  const spoken = (at: number) => shortAbsolute(at, now, timeZone);

  if (window.graceHours === 0) {
    const when = "as soon as ClickHouse gets to it";
    return { when, away: "at any moment", sentence: "ClickHouse deletes it at any moment" };
  }
  if (latest <= now) {
    const [when, ago] = [`by ${spoken(latest)}`, `${duration(now - latest)} ago`];
    return { when, away: `due ${ago}`, sentence: `ClickHouse was to delete it ${ago} at the latest (${when})` };
  }
  const left = latest - now;
  if (earliest === null) {
    return inWords(`by ${spoken(latest)}`, `within ${duration(left)}, perhaps sooner`);
  }
  if (earliest <= now) return inWords(`by ${spoken(latest)}`, `at any moment, within ${duration(left)}`);
  if (latest - earliest < 60_000) return inWords(`about ${spoken(latest)}`, `in about ${duration(left)}`);
  const sameDay = shortDay(earliest, now, timeZone) === shortDay(latest, now, timeZone);
  const end = sameDay ? clock(latest, timeZone) : spoken(latest);
  return inWords(`between ${withoutZone(spoken(earliest), end)} and ${end}`, `in ${interval(earliest - now, left)}`);
}

function inWords(when: string, away: string): DeadlineWords {
  return { when, away, sentence: `ClickHouse deletes it ${away} (${when})` };
}

/** Leaves the zone to the second of two times, where both have the same. */
function withoutZone(first: string, second: string): string {
  const zone = second.slice(second.lastIndexOf(" "));
  return first.endsWith(zone) ? first.slice(0, -zone.length) : first;
}

/** What is assumed, said wherever a window is shown. */
export function assumption(window: DeletionWindow): string {
  if (window.graceHours === 0) return "ClickHouse removes an expired endpoint without a grace period.";
  const grace = duration(window.graceHours * 3_600_000);
  const start = `ClickHouse publishes no times. Pipelink assumes that the grace period of ${grace} starts when the endpoint enters its status`;
  return window.earliest === null
    ? `${start}; this one was first seen in it already, so that the earliest time is not known.`
    : `${start}, which was at some time between two of its looks.`;
}

/** The moment that decides how urgent it is: the earliest bound known. */
export function urgency(window: DeletionWindow): number {
  return Date.parse(window.earliest ?? window.latest);
}
