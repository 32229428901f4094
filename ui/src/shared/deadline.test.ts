// The words of the deletion window, under both kinds of knowledge: with and without an earliest time.
import { describe, expect, it } from "vitest";

import type { DeletionWindow } from "../ipc/bindings";
import { hours, NOW } from "../test/fixtures";
import { assumption, deadlineWords, urgency } from "./deadline";

const now = Date.parse(NOW); // a Monday, 09:00 UTC

function words(earliest: number | null, latest: number, graceHours = 24) {
  const window: DeletionWindow = {
    earliest: earliest === null ? null : hours(earliest),
    latest: hours(latest),
    graceHours,
  };
  const { when, away } = deadlineWords(window, now, "UTC");
  return { when, away };
}

function sentence(earliest: number | null, latest: number, graceHours = 24) {
  const at = earliest === null ? null : hours(earliest);
  return deadlineWords({ earliest: at, latest: hours(latest), graceHours }, now, "UTC").sentence;
}

describe("the deletion window", () => {
  it("is an interval of one day, with the zone said once", () => {
    expect(words(5, 9)).toEqual({ when: "between Mon 14:00 and 18:00 UTC", away: "in 5 to 9 hours" });
  });

  it("names both days where they differ, in the hours of a near deadline", () => {
    expect(words(10, 20)).toEqual({ when: "between Mon 19:00 and Tue 05:00 UTC", away: "in 10 to 20 hours" });
    expect(words(30, 60).away).toBe("in 30 to 60 hours");
  });

  it("names the date where a weekday would be ambiguous", () => {
    expect(words(160, 166).when).toBe("between Mon 30 Nov 01:00 and 07:00 UTC");
  });

  it("never makes up an earliest time", () => {
    expect(words(null, 138, 168)).toEqual({
      when: "by Sun 03:00 UTC",
      away: "within 6 days, perhaps sooner",
    });
  });

  it("says so when the interval has begun, and when it is over", () => {
    expect(words(-2, 3)).toEqual({ when: "by Mon 12:00 UTC", away: "at any moment, within 3 hours" });
    expect(words(-5, -2)).toEqual({ when: "by Mon 07:00 UTC", away: "due 2 hours ago" });
  });

  it("has no grace for an expired endpoint", () => {
    expect(words(null, 0, 0)).toEqual({ when: "as soon as ClickHouse gets to it", away: "at any moment" });
  });

  it("is about one moment where both ends are the same", () => {
    expect(words(5, 5)).toEqual({ when: "about Mon 14:00 UTC", away: "in about 5 hours" });
  });
});

it("is said in one sentence, whatever is known", () => {
  expect(sentence(5, 9)).toBe("ClickHouse deletes it in 5 to 9 hours (between Mon 14:00 and 18:00 UTC)");
  expect(sentence(null, 23.9)).toBe("ClickHouse deletes it within 24 hours, perhaps sooner (by Tue 08:54 UTC)");
  expect(sentence(-2, 3)).toBe("ClickHouse deletes it at any moment, within 3 hours (by Mon 12:00 UTC)");
  expect(sentence(-5, -2)).toBe("ClickHouse was to delete it 2 hours ago at the latest (by Mon 07:00 UTC)");
  expect(sentence(null, 0, 0)).toBe("ClickHouse deletes it at any moment");
});

it("says what is assumed, and what is not known", () => {
  const known: DeletionWindow = { earliest: hours(1), latest: hours(2), graceHours: 24 };
  expect(assumption(known)).toContain("grace period of 24 hours starts when the endpoint enters its status");
  expect(assumption({ ...known, earliest: null, graceHours: 168 })).toMatch(/7 days.*earliest time is not known/);
  expect(assumption({ ...known, graceHours: 0 })).toContain("without a grace period");
});

it("is as urgent as its earliest bound known", () => {
  expect(urgency({ earliest: hours(1), latest: hours(9), graceHours: 24 })).toBe(now + 3_600_000);
  expect(urgency({ earliest: null, latest: hours(9), graceHours: 24 })).toBe(now + 9 * 3_600_000);
});
