import { describe, expect, it } from "vitest";

import { absolute, duration, interval, relative, shortAbsolute, stopwatch } from "./time";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = Date.parse("2026-11-23T09:00:00Z");

describe("a moment", () => {
  it("is said with day and zone", () => {
    expect(absolute(now, "UTC")).toBe("Mon, 23 Nov 2026, 09:00 UTC");
    expect(absolute(now, "Europe/Berlin")).toMatch(/^Mon, 23 Nov 2026, 10:00 (CET|GMT\+1)$/);
    expect(shortAbsolute(now + HOUR, now, "UTC")).toBe("Mon 10:00 UTC");
    expect(shortAbsolute(now + 8 * DAY, now, "UTC")).toBe("Tue 1 Dec 09:00 UTC");
  });

  it("is said from now", () => {
    expect(relative(now, now)).toBe("just now");
    expect(relative(now + 20_000, now)).toBe("in less than a minute");
    expect(relative(now - 5 * MINUTE, now)).toBe("5 minutes ago");
    expect(relative(now + 3 * DAY, now)).toBe("in 3 days");
  });
});

describe("a length of time", () => {
  it("is said in the unit that fits", () => {
    expect(duration(30_000)).toBe("less than a minute");
    expect(duration(MINUTE)).toBe("1 minute");
    expect(duration(119 * MINUTE)).toBe("119 minutes");
    expect(duration(24 * HOUR)).toBe("24 hours");
    expect(duration(7 * DAY)).toBe("7 days");
  });

  it("is counted to the second while something runs", () => {
    expect(stopwatch(-5)).toBe("0 s");
    expect(stopwatch(9_900)).toBe("9 s");
    expect(stopwatch(65_000)).toBe("1 min 05 s");
    expect(stopwatch(HOUR + 61_000)).toBe("1 h 01 min");
  });

  it("is a range where it has two ends", () => {
    expect(interval(5 * HOUR, 9 * HOUR)).toBe("5 to 9 hours");
    expect(interval(5 * HOUR, 5.1 * HOUR)).toBe("5 hours");
    expect(interval(30 * MINUTE, 5 * HOUR)).toBe("30 minutes to 5 hours");
    expect(interval(20 * HOUR, 6 * DAY)).toBe("20 hours to 6 days");
  });
});
