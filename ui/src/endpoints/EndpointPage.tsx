// One endpoint in full: status and what to do, names, what it was made from, who uses it, and its history.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { useHelp } from "../frame/Help";
import { navigate } from "../frame/routes";
import { endpointHelp } from "../help/endpoints";
import type { BoardRow } from "../ipc/bindings";
import { assumption, deadlineWords } from "../shared/deadline";
import { CopyValue } from "../shared/CopyValue";
import { EndpointStatusIndicator } from "../shared/EndpointStatusIndicator";
import { endpointName, kindWords, statusMeaning, statusWords } from "../shared/endpointWords";
import { LoadingPage } from "../shared/Loading";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { absolute, relative } from "../shared/time";
import { Connections } from "./Connections";
import "./endpoints.css";
import { Inputs } from "./Inputs";
import { unreadIds, useBoard } from "./useBoard";
import { WhatToDo } from "./WhatToDo";

export default function EndpointPage({ endpoint }: { endpoint: string }) {
  const { board, now } = useBoard();
  useHelp(endpointHelp);
  const row = board.data?.rows.find((candidate) => candidate.endpoint.id === endpoint);
  const back = <Button onClick={() => navigate({ page: "endpoints" })}>All endpoints</Button>;

  if (!board.data) {
    return (
      <Page title="Endpoint" actions={back}>
        {board.problem ? (
          <ProblemAlert problem={board.problem} onRetry={board.reload} retrying={board.loading} />
        ) : (
          <LoadingPage what="Reading the endpoint" />
        )}
      </Page>
    );
  }
  if (!row) {
    return (
      <Page key="gone" title="Endpoint" actions={back}>
        <Alert type="info" header="This endpoint is not on the board any more">
          ClickHouse does not list it: it was deleted, or it belongs to another account's organization.
        </Alert>
      </Page>
    );
  }
  const unread = unreadIds(board.data).has(row.service.id);
  return (
    <Page
      key="found"
      title={endpointName(row.endpoint)}
      description={`${kindWords(row.endpoint.kind)} of ${row.service.name}, ${row.service.region}`}
      actions={back}
    >
      <SpaceBetween size="l">
        <StatusCard row={row} now={now} unread={unread} />
        <Connections endpoint={row.endpoint} now={now} />
        <NamesCard row={row} />
        <Inputs row={row} />
        <UsedBy row={row} />
        <History row={row} now={now} />
      </SpaceBetween>
    </Page>
  );
}

function StatusCard({ row, now, unread }: { row: BoardRow; now: number; unread: boolean }) {
  const { endpoint, deletion } = row;
  const words = deletion && deadlineWords(deletion, now);
  return (
    <Container header={<Header variant="h2">Status</Header>}>
      <SpaceBetween size="m">
        {unread && (
          <StatusIndicator type="warning" wrapText>
            Its service could not be read: this is how it was seen {relative(Date.parse(row.seenAt), now)}.
          </StatusIndicator>
        )}
        <div>
          <EndpointStatusIndicator status={endpoint.status} turn={row.turn} />
          <Box margin={{ top: "xxs" }}>{statusMeaning(endpoint.status, endpoint.kind)}</Box>
        </div>
        {deletion && words && (
          <Alert type="warning" header={words.sentence}>
            {assumption(deletion)}
          </Alert>
        )}
        <WhatToDo row={row} />
      </SpaceBetween>
    </Container>
  );
}

function NamesCard({ row }: { row: BoardRow }) {
  const { dnsNames, privateDnsNames, customPrivateDnsNames = [], status } = row.endpoint;
  const none = status.status === "ready" ? "None" : "None: ClickHouse gives them once the endpoint is Ready";
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            row.port === null
              ? "The port is the one of your database or cluster."
              : `Use them with port ${row.port}, the port of your database.`
          }
        >
          DNS names
        </Header>
      }
    >
      <KeyValuePairs
        columns={1}
        items={[
          { label: "Names that ClickPipes can use", value: <Names names={dnsNames} port={row.port} what="DNS name" none={none} /> },
          {
            label: "Private names from the AWS side",
            value: <Names names={privateDnsNames} port={row.port} what="private DNS name" none="None" />,
          },
          ...(customPrivateDnsNames.length === 0
            ? []
            : [
                {
                  label: "Your own names, in ClickPipes' VPC",
                  value: <Names names={customPrivateDnsNames} port={row.port} what="custom private DNS name" none="None" />,
                },
              ]),
        ]}
      />
    </Container>
  );
}

function Names(props: { names: readonly string[]; port: number | null; what: string; none: string }) {
  const { names, port, what, none } = props;
  if (names.length === 0) return none;
  return (
    <ul className="pipelink-plain-list">
      {names.map((name) => (
        <li key={name}>
          <CopyValue value={name} what={what} />{" "}
          {port !== null && (
            <CopyValue value={`${name}:${port}`} what={`${what} with port`}>
              with port {port}
            </CopyValue>
          )}
        </li>
      ))}
    </ul>
  );
}

function UsedBy({ row }: { row: BoardRow }) {
  return (
    <Container
      header={
        <Header variant="h2" counter={row.pipes ? `(${row.pipes.length})` : undefined}>
          Used by
        </Header>
      }
    >
      {row.pipes === null ? (
        <StatusIndicator type="info" wrapText>
          Not known: the service's ClickPipes could not be read.
        </StatusIndicator>
      ) : row.pipes.length === 0 ? (
        "No ClickPipe names this endpoint or connects to one of its names."
      ) : (
        <ul className="pipelink-plain-list">
          {row.pipes.map((pipe) => (
            <li key={pipe.id} className="pipelink-copy-value">
              {pipe.name} ({pipe.state})
            </li>
          ))}
        </ul>
      )}
    </Container>
  );
}

function History({ row, now }: { row: BoardRow; now: number }) {
  const moment = (at: string) => `${absolute(Date.parse(at))} (${relative(Date.parse(at), now)})`;
  const { run } = row;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="As Pipelink saw it: ClickHouse gives no times."
          actions={run && <Button onClick={() => navigate({ page: "run", run })}>Open the run that made it</Button>}
        >
          History
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: `First seen as ${statusWords(row.endpoint.status)}`, value: moment(row.since) },
          { label: "Last seen", value: moment(row.seenAt) },
        ]}
      />
    </Container>
  );
}
