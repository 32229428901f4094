// Times in words. Pure: the moment "now" is always handed in, in milliseconds since 1970.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An absolute time with its zone, such as "Tue 24 Nov 2026, 14:05 UTC". */
export function absolute(at: number, timeZone?: string): string {
  return `${format(at, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone })}, ${clock(at, timeZone)}`;
}

/** The same to the second, such as "Tue 24 Nov 2026, 14:05:09 UTC". */
export function precise(at: number, timeZone?: string): string {
  const day = format(at, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone });
  return `${day}, ${format(at, { ...CLOCK, second: "2-digit", timeZone })}`;
}

/** A time within the next week: "Tue 14:05 UTC"; farther away with its date. */
export function shortAbsolute(at: number, now: number, timeZone?: string): string {
  return `${shortDay(at, now, timeZone)} ${clock(at, timeZone)}`;
}

/** The day of a time near now: "Tue"; farther away "Tue 1 Dec". */
export function shortDay(at: number, now: number, timeZone?: string): string {
  const near = Math.abs(at - now) < 6 * DAY;
  const parts = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone });
  const part = (type: string) => parts.formatToParts(at).find((found) => found.type === type)?.value ?? "";
  return near ? part("weekday") : `${part("weekday")} ${part("day")} ${part("month")}`;
}

/** The time of the day with its zone: "14:05 UTC". */
export function clock(at: number, timeZone?: string): string {
  return format(at, { ...CLOCK, timeZone });
}

const CLOCK: Intl.DateTimeFormatOptions = {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
};

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", options).format(at);
}

/** A length of time in one unit, such as "5 hours"; below a minute "less than a minute". */
export function duration(ms: number): string {
  const { count, unit } = amount(ms);
  return unit === "second" ? "less than a minute" : counted(count, unit);
}

/** A length of time to the second, for something that is running: "1 min 05 s". */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = (value: number) => String(value).padStart(2, "0");
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${rest(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${rest(Math.floor((seconds % 3600) / 60))} min`;
}

/** How long ago or how soon: "5 minutes ago", "in 2 days", "just now". */
export function relative(at: number, now: number): string {
  const away = at - now;
  if (Math.abs(away) < MINUTE) return away <= 0 ? "just now" : "in less than a minute";
  return away < 0 ? `${duration(-away)} ago` : `in ${duration(away)}`;
}

/** "in 5 to 9 hours": both ends in the unit of the later one, where the earlier has a whole one of it. */
export function interval(from: number, to: number): string {
  const late = amount(to);
  const early = amount(from);
  if (early.unit === late.unit) {
    return early.count === late.count ? duration(to) : `${early.count} to ${counted(late.count, late.unit)}`;
  }
  if (early.unit === "hour" && to < 4 * DAY) return `${early.count} to ${counted(Math.round(to / HOUR), "hour")}`;
  return `${duration(from)} to ${duration(to)}`;
}

type Unit = "second" | "minute" | "hour" | "day";

function amount(ms: number): { count: number; unit: Unit } {
  if (ms < MINUTE) return { count: Math.max(0, Math.floor(ms / 1000)), unit: "second" };
  if (ms < 2 * HOUR) return { count: Math.round(ms / MINUTE), unit: "minute" };
  if (ms < 2 * DAY) return { count: Math.round(ms / HOUR), unit: "hour" };
  return { count: Math.round(ms / DAY), unit: "day" };
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
