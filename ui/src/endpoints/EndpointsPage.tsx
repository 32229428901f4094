// Home: what needs you, what is about to be deleted, and every reverse private endpoint of the organization.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { useHelp } from "../frame/Help";
import { navigate } from "../frame/routes";
import { endpointsHelp } from "../help/endpoints";
import type { Board } from "../ipc/bindings";
import { LoadingPage } from "../shared/Loading";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { RelativeTime } from "../shared/RelativeTime";
import { DeletionTimeline } from "./DeletionTimeline";
import { EndpointTable } from "./EndpointTable";
import { NeedsAction } from "./NeedsAction";
import { NoEndpoints, NoKey } from "./NothingYet";
import { SharesWaiting } from "./SharesWaiting";
import { UnreadServices } from "./UnreadServices";
import { useBoard } from "./useBoard";

export default function EndpointsPage() {
  const { board, refresh, now } = useBoard();
  useHelp(endpointsHelp);
  const data = board.data;
  const readAgain = () => void refresh.run();
  return (
    <Page
      title="Endpoints"
      description={
        data?.sweptAt ? (
          <>
            Last read <RelativeTime at={data.sweptAt} now={now} />. Pipelink reads them again by itself.
          </>
        ) : (
          "Reverse private endpoints of your ClickHouse organization."
        )
      }
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="refresh" ariaLabel="Read the endpoints again" loading={refresh.busy} onClick={readAgain} />
          <Button variant="primary" onClick={() => navigate({ page: "setup" })}>
            Set up a connection
          </Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        {(board.problem ?? refresh.problem) && (
          <ProblemAlert
            problem={board.problem ?? refresh.problem!}
            onRetry={board.problem ? board.reload : readAgain}
            retrying={board.loading || refresh.busy}
          >
            {data && "What is shown below is what was seen last."}
          </ProblemAlert>
        )}
        {data ? (
          <BoardView board={data} now={now} onRetry={readAgain} retrying={refresh.busy} />
        ) : (
          board.loading && <LoadingPage what="Reading the endpoints" />
        )}
      </SpaceBetween>
    </Page>
  );
}

interface BoardViewProps {
  board: Board;
  now: number;
  onRetry: () => void;
  retrying: boolean;
}

function BoardView({ board, now, onRetry, retrying }: BoardViewProps) {
  const noKey = board.problem?.code === "keyMissing";
  return (
    <SpaceBetween size="l">
      {noKey && <NoKey />}
      {board.problem && !noKey && (
        <ProblemAlert problem={board.problem} type="warning" onRetry={onRetry} retrying={retrying}>
          {board.rows.length > 0 && "The endpoints below are as they were seen last."}
        </ProblemAlert>
      )}
      <SharesWaiting shares={board.shares} now={now} />
      <NeedsAction board={board} now={now} />
      <UnreadServices unread={board.unread} rows={board.rows} onRetry={onRetry} />
      <DeletionTimeline rows={board.rows} now={now} />
      <Rows board={board} now={now} noKey={noKey} />
    </SpaceBetween>
  );
}

function Rows({ board, now, noKey }: { board: Board; now: number; noKey: boolean }) {
  if (board.rows.length > 0) return <EndpointTable board={board} now={now} />;
  if (noKey || board.problem) return null;
  if (!board.sweptAt) return <LoadingPage what="Reading the endpoints of every service for the first time" />;
  if (board.unread.length > 0) {
    return (
      <Box color="text-body-secondary" textAlign="center">
        No endpoints in the services that could be read.
      </Box>
    );
  }
  return <NoEndpoints />;
}
