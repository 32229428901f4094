// The next seven days: one bar for each endpoint that ClickHouse will delete, from the earliest to the latest
// moment of its window. A list to a screen reader; the bars only repeat what the words say.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import { Fragment } from "react";

import { hrefOf } from "../frame/routes";
import type { BoardRow, DeletionWindow } from "../ipc/bindings";
import { deadlineWords, urgency } from "../shared/deadline";
import { endpointName } from "../shared/endpointWords";
import { ShowMore } from "../shared/ShowMore";
import "./endpoints.css";

const DAY = 86_400_000;
const SPAN = 7 * DAY;
const SOON = DAY;
const SHOWN = 8;

interface Doomed {
  row: BoardRow;
  window: DeletionWindow;
}

export function DeletionTimeline({ rows, now }: { rows: readonly BoardRow[]; now: number }) {
  const doomed = rows
    .flatMap((row): Doomed[] => (row.deletion ? [{ row, window: row.deletion }] : []))
    .toSorted((a, b) => urgency(a.window) - urgency(b.window));
  if (doomed.length === 0) return null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${doomed.length})`}
          description="ClickHouse deletes these by itself within the next 7 days. It publishes no times: the bars run from the earliest to the latest moment that fits what Pipelink saw, if the grace period starts with the status. Stripes: the earliest moment is not known."
        >
          Will be deleted
        </Header>
      }
    >
      <ShowMore items={doomed} step={SHOWN} what={doomed.length - SHOWN === 1 ? "endpoint" : "endpoints"}>
        {(shown) => <Bars doomed={shown} now={now} />}
      </ShowMore>
    </Container>
  );
}

function Bars({ doomed, now }: { doomed: readonly Doomed[]; now: number }) {
  return (
    <div className="pipelink-timeline" role="list" aria-label="Endpoints that will be deleted">
      <span aria-hidden="true" />
      <Days now={now} />
      {doomed.map(({ row, window }) => (
        <Fragment key={row.endpoint.id}>
          <Bar row={row} window={window} now={now} />
        </Fragment>
      ))}
    </div>
  );
}

function Bar({ row, window, now }: Doomed & { now: number }) {
  const name = endpointName(row.endpoint);
  const words = deadlineWords(window, now);
  const bar = place(window, now);
  return (
    <div role="listitem" style={{ display: "contents" }}>
      <div className="pipelink-timeline-name" title={name}>
        <Link href={hrefOf({ page: "endpoint", endpoint: row.endpoint.id })}>{name}</Link>
      </div>
      <div className="pipelink-timeline-track" aria-hidden="true">
        <div className={bar.className} style={{ insetInlineStart: `${bar.start}%`, width: `${bar.width}%` }} />
      </div>
      <div className="pipelink-timeline-when">
        {capital(words.away)} ({words.when})
      </div>
    </div>
  );
}

/** Where a bar is drawn, in percent of the seven days, and how. */
export function place(window: DeletionWindow, now: number): { start: number; width: number; className: string } {
  const percent = (at: number) => (Math.min(Math.max(at - now, 0), SPAN) / SPAN) * 100;
  const start = percent(window.earliest === null ? now : Date.parse(window.earliest));
  const end = percent(Date.parse(window.latest));
  const open = window.earliest === null && window.graceHours > 0;
  const soon = urgency(window) - now < SOON;
  const kind = open ? " pipelink-timeline-bar-open" : soon ? " pipelink-timeline-bar-soon" : "";
  // The least width keeps an interval of minutes visible, also at the right edge.
  return { start: Math.min(start, 99), width: Math.max(end - start, 0), className: `pipelink-timeline-bar${kind}` };
}

/** The seven days from now on. Each column begins at this time of the day. */
function Days({ now }: { now: number }) {
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <div className="pipelink-timeline-days" aria-hidden="true">
      {Array.from({ length: 7 }, (_, index) => (
        <span key={index}>{index === 0 ? `Now, ${clock.format(now)}` : day.format(now + index * DAY)}</span>
      ))}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
