// A moment as "5 minutes ago", with the absolute time and zone on hover and for a screen reader.
import { absolute, relative } from "./time";

export function RelativeTime({ at, now }: { at: string; now: number }) {
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) return <>{at}</>;
  return (
    <time dateTime={at} title={absolute(moment)}>
      {relative(moment, now)}
    </time>
  );
}
