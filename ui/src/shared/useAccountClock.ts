// The account's clock: the sandbox's runs faster than the computer's, so that elapsed and remaining times
// tick in the account's time. What Rust answers with carries `now` and the clock's speed.
import { useEffect, useRef, useState } from "react";

/** A moment of the account's clock, as an answer carries it. */
export interface ClockReading {
  now: string;
  clockSpeed: number | null;
}

const LEAST_TICK_MS = 1000;

/**
 * The account's time in milliseconds since 1970, ticking. Each new `reading` sets it anew.
 * `everySeconds` says how often it needs to move, in the account's time; it never ticks faster than once
 * a second, and not at all while the window is hidden.
 */
export function useAccountClock(reading: ClockReading | undefined, everySeconds = 1): number {
  const received = useRef<{ reading: ClockReading | undefined; at: number }>({ reading: undefined, at: 0 });
  if (received.current.reading !== reading) received.current = { reading, at: performance.now() };

  const [, tick] = useState(0);
  const speed = reading?.clockSpeed ?? 1;
  useEffect(() => {
    const pause = Math.max(LEAST_TICK_MS, (everySeconds * 1000) / Math.max(speed, 0.001));
    const timer = setInterval(() => {
      if (!document.hidden) tick((count) => count + 1);
    }, pause);
    const onShow = () => tick((count) => count + 1);
    document.addEventListener("visibilitychange", onShow);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onShow);
    };
  }, [everySeconds, speed]);

  if (!reading) return Date.now();
  return Date.parse(reading.now) + (performance.now() - received.current.at) * speed;
}
