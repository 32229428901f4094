// The table of who has connected, or wants to: the same for an endpoint service and for an MSK cluster. What a row means
// and what may be done with it, its callers say; it draws them, and every state of the reading.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Alert from "@cloudscape-design/components/alert";
import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useMemo, type ReactNode } from "react";

import { CLICKPIPES_ACCOUNT } from "../clickPipesAccount";
import { CopyValue } from "../CopyValue";
import { useFocusKept } from "../Page";
import { ProblemAlert } from "../ProblemAlert";
import { RelativeTime } from "../RelativeTime";
import type { CommandState } from "../useCommand";
import type { ConnectionState } from "./connectionWords";

const PAGE = 20;

/** One connection as the table shows it. */
export interface ConnectionView {
  /** Its ID or ARN. */
  id: string;
  /** What of it is shown, where it is long: copied is all of it. */
  short: string | null;
  /** Whose it is, in a word or two, and how that is marked. */
  whose: { words: string; color: NonNullable<BadgeProps["color"]> };
  /** How that is known, in one sentence. */
  why: string | null;
  /** The account that made it. */
  owner: string | null;
  /** The endpoint's region, or the authentication of an MSK connection. */
  kind: string;
  state: ConnectionState;
  createdAt: string | null;
  mayAccept: boolean;
  mayReject: boolean;
  /** It is that of the run whose page this is. */
  ofThisRun: boolean;
}

interface ConnectionTableProps {
  title: string;
  description: ReactNode;
  /** What each ID is, such as "VPC endpoint ID". */
  idWords: string;
  /** Room for it, in pixels. */
  idWidth: number;
  /** What {@link ConnectionView.kind} is, such as "Region". */
  kindWords: string;
  read: Pick<CommandState<unknown>, "problem" | "loading" | "reload">;
  views: readonly ConnectionView[] | undefined;
  /** What is said where there is no connection. */
  none: string;
  /** What is said where the service or cluster itself is not found. */
  gone: ReactNode;
  /** What was just done, for the eye and for a screen reader. */
  said: string;
  now: number;
  /** Pages' own words and choices between heading and table. */
  children?: ReactNode;
  onAccept?: (id: string) => void;
  onReject: (id: string) => void;
}

export function ConnectionTable(props: ConnectionTableProps) {
  const { title, description, read, views, gone, said, children } = props;
  const isGone = read.problem?.code === "notFound";
  // The button of what was accepted or rejected is gone.
  const shell = useFocusKept(views?.map(({ id, state }) => `${id} ${state.words}`).join(), "h2");
  return (
    <div ref={shell}>
      <Container
        header={
          <Header
            variant="h2"
            counter={views && !isGone ? `(${views.length})` : undefined}
            description={description}
            actions={
              <Button
                iconName="refresh"
                ariaLabel={`Read again: ${title.toLowerCase()}`}
                loading={read.loading}
                onClick={read.reload}
              />
            }
          >
            {title}
          </Header>
        }
      >
        <SpaceBetween size="m">
          {children}
          <LiveRegion>{said !== "" && <StatusIndicator type="info">{said}</StatusIndicator>}</LiveRegion>
          {isGone && <Alert type="info">{gone}</Alert>}
          {read.problem && !isGone && (
            <ProblemAlert problem={read.problem} onRetry={read.reload} retrying={read.loading}>
              {views && "The table shows what was read before."}
            </ProblemAlert>
          )}
          {!isGone && (views || !read.problem) && <Rows {...props} />}
        </SpaceBetween>
      </Container>
    </div>
  );
}

function Rows({ title, idWords, idWidth, kindWords, views, none, read, now, onAccept, onReject }: ConnectionTableProps) {
  // The run's own comes first: it is the one that its page is about.
  const ordered = useMemo(() => [...(views ?? [])].sort((a, b) => Number(b.ofThisRun) - Number(a.ofThisRun)), [views]);
  const { items, collectionProps, paginationProps } = useCollection(ordered, { pagination: { pageSize: PAGE } });
  return (
    <Table
      {...collectionProps}
      variant="embedded"
      wrapLines
      cellVerticalAlign="top"
      trackBy="id"
      items={items}
      loading={!views && read.loading}
      loadingText="Reading the connections"
      empty={<Box color="text-body-secondary">{none}</Box>}
      pagination={(views?.length ?? 0) > PAGE ? <Pagination {...paginationProps} /> : undefined}
      ariaLabels={{ tableLabel: title }}
      columnDefinitions={[
        {
          id: "id",
          header: idWords,
          isRowHeader: true,
          minWidth: idWidth,
          cell: ({ id, short, kind }) => (
            <>
              <CopyValue value={id} what={`${idWords} ${id}`}>
                {short ?? undefined}
              </CopyValue>
              <Box variant="small" display="block" color="text-body-secondary">
                {kindWords}: {kind}
              </Box>
            </>
          ),
        },
        { id: "whose", header: "Whose it is", minWidth: 145, cell: (view) => <Whose view={view} /> },
        {
          id: "state",
          header: "State",
          minWidth: 135,
          cell: ({ state, createdAt }) => (
            <>
              <StatusIndicator type={state.type} wrapText>
                {state.words}
              </StatusIndicator>
              <Box variant="small" display="block" color="text-body-secondary">
                Made {createdAt === null ? "at a time not known" : <RelativeTime at={createdAt} now={now} />}
              </Box>
            </>
          ),
        },
        {
          id: "actions",
          header: "Actions",
          minWidth: 110,
          cell: ({ id, mayAccept, mayReject, ofThisRun }) =>
            mayAccept || mayReject ? (
              <SpaceBetween size="xxs">
                {mayAccept && onAccept && (
                  <Button
                    variant={ofThisRun ? "primary" : "normal"}
                    wrapText={false}
                    ariaLabel={`Accept ${id}`}
                    onClick={() => onAccept(id)}
                  >
                    Accept
                  </Button>
                )}
                {mayReject && (
                  <Button wrapText={false} ariaLabel={`Reject ${id}`} onClick={() => onReject(id)}>
                    Reject
                  </Button>
                )}
              </SpaceBetween>
            ) : (
              "None"
            ),
        },
      ]}
    />
  );
}

function Whose({ view: { whose, owner, why, ofThisRun } }: { view: ConnectionView }) {
  return (
    <SpaceBetween size="xxxs">
      <Badge color={whose.color}>{ofThisRun ? `${whose.words}, this run's` : whose.words}</Badge>
      <div>
        {owner === null ? (
          ownerWords(owner)
        ) : (
          <>
            Account <span className="pipelink-together">{owner}</span>
            {owner === CLICKPIPES_ACCOUNT && " (ClickPipes)"}
          </>
        )}
      </div>
      {why !== null && (
        <Box variant="small" color="text-body-secondary">
          <span className="pipelink-copy-value">{why}</span>
        </Box>
      )}
    </SpaceBetween>
  );
}

/** The account in words, with ClickPipes' own by its name. */
export function ownerWords(owner: string | null): string {
  if (owner === null) return "Account not known";
  return owner === CLICKPIPES_ACCOUNT ? `Account ${owner} (ClickPipes)` : `Account ${owner}`;
}
