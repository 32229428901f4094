// What waits for you, most urgent first, or one quiet line that nothing does.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { navigate } from "../frame/routes";
import type { Board, BoardRow } from "../ipc/bindings";
import { deadlineWords } from "../shared/deadline";
import { endpointName, taskWords } from "../shared/endpointWords";
import { sharesWaiting, yourTurn } from "../shared/needsYou";

const SHOWN = 5;

export function NeedsAction({ board, now }: { board: Board; now: number }) {
  const waiting = yourTurn(board.rows);
  if (waiting.length === 0) return <Quiet board={board} />;
  const more = waiting.length - SHOWN;
  return (
    <section aria-label="Needs action">
      <SpaceBetween size="xs">
        {waiting.slice(0, SHOWN).map((row) => (
          <ActionCard key={row.endpoint.id} row={row} now={now} />
        ))}
        {more > 0 && (
          <Box color="text-body-secondary">
            {more === 1 ? "One more endpoint waits" : `${more} more endpoints wait`} for you: see "Your turn" in the
            table.
          </Box>
        )}
      </SpaceBetween>
    </section>
  );
}

function ActionCard({ row, now }: { row: BoardRow; now: number }) {
  const name = endpointName(row.endpoint);
  const task = taskWords(row.endpoint.status) ?? "waits for you";
  const words = row.deletion && deadlineWords(row.deletion, now);
  return (
    <Alert
      type={row.endpoint.status.status === "failed" ? "error" : "warning"}
      action={
        <Button
          ariaLabel={`Show what to do about ${name}`}
          onClick={() => navigate({ page: "endpoint", endpoint: row.endpoint.id })}
        >
          Show what to do
        </Button>
      }
    >
      <span className="pipelink-copy-value">
        <strong>{name}</strong>: {task}.
      </span>{" "}
      {words && `${words.sentence}.`}
    </Alert>
  );
}

function Quiet({ board }: { board: Board }) {
  const count = board.rows.length;
  // Nothing is said while nothing was read: "all work" would be a guess.
  if (count === 0 || board.problem || board.unread.length > 0) return null;
  // A share that waits has its own card, beside which "nothing waits" would be wrong.
  if (sharesWaiting(board.shares).length > 0) return null;
  const ready = board.rows.filter((row) => row.endpoint.status.status === "ready").length;
  if (ready === count) {
    return (
      <StatusIndicator type="success">
        {count === 1 ? "The one endpoint works." : `All ${count} endpoints work.`}
      </StatusIndicator>
    );
  }
  return <StatusIndicator type="info">Nothing waits for you. {ready} of {count} endpoints work.</StatusIndicator>;
}
