// The last part of a run: how to reach the source through the endpoint, what to do in ClickHouse next, and what
// stays in AWS. Where the endpoint is created by hand, the values to paste come first.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";

import type { ConnectSheet, PasteValues, Run, Stays } from "../ipc/bindings";
import { BILLED_BY } from "../shared/billed";
import { BilledBadge } from "../shared/BilledBadge";
import { CopyValue } from "../shared/CopyValue";
import "./runs.css";
import { usedNoun } from "./runWords";

export function Connect({ run, sheet }: { run: Run; sheet: ConnectSheet }) {
  const waiting = run.state.state !== "done";
  const { name } = run.plan.source;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            sheet.dnsNames.length > 0
              ? `ClickPipes reaches ${name} at this name and port.`
              : waiting
                ? "Two values for ClickHouse. Everything in AWS is ready."
                : `ClickHouse shows the DNS name at which ClickPipes reaches ${name}, once the endpoint is Ready there.`
          }
          actions={
            <CopyValue value={sheetText(run, sheet)} what="all as text">
              {null}
            </CopyValue>
          }
        >
          Connect
        </Header>
      }
    >
      <SpaceBetween size="l">
        {sheet.paste && <Paste values={sheet.paste} waiting={waiting} />}
        <KeyValuePairs columns={2} items={addressItems(sheet)} />
        <div>
          <Box variant="h3">Next in ClickHouse</Box>
          <ol className="runs-list">
            {sheet.next.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </div>
        <Table
          variant="embedded"
          wrapLines
          items={staying(run, sheet)}
          trackBy="id"
          header={<Header variant="h3">What stays in AWS</Header>}
          empty={<Box color="text-body-secondary">Nothing yet.</Box>}
          columnDefinitions={[
            { id: "what", header: "Resource", isRowHeader: true, minWidth: 170, cell: ({ what }) => what },
            { id: "id", header: "ID", cell: ({ what, id }) => <CopyValue value={id} what={`ID of ${what.toLowerCase()}`} /> },
            {
              id: "billed",
              header: "Cost",
              minWidth: 190,
              cell: ({ billed, before }) =>
                before ? (
                  "Was there before: not made by this run, stays"
                ) : billed ? (
                  <BilledBadge billed={billed} />
                ) : (
                  "Not billed by itself"
                ),
            },
          ]}
          ariaLabels={{ tableLabel: "What stays in AWS" }}
        />
      </SpaceBetween>
    </Container>
  );
}

interface Staying extends Stays {
  /** No run made it. */
  before: boolean;
}

/** What the run made, and then what it builds upon. */
function staying(run: Run, sheet: ConnectSheet): Staying[] {
  return [
    ...sheet.stays.map((each) => ({ ...each, before: false })),
    ...run.plan.uses.map((used) => ({ what: usedNoun(used), id: used.id, billed: null, before: true })),
  ];
}

function Paste({ values, waiting }: { values: PasteValues; waiting: boolean }) {
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={1}
        items={[
          {
            label: "Resource configuration ID",
            value: values.configurationId === null ? "Not made yet" : <CopyValue value={values.configurationId} what="resource configuration ID" />,
          },
          {
            label: "Resource share ARN",
            value: values.shareArn === null ? "Not made yet" : <CopyValue value={values.shareArn} what="resource share ARN" />,
          },
        ]}
      />
      {waiting && (
        <Alert type="warning" header="The share waits only a limited time">
          ClickHouse has to accept it before the invitation expires. AWS does not say how long that is, so paste the values
          soon. The endpoints page watches the share meanwhile.
        </Alert>
      )}
    </SpaceBetween>
  );
}

function addressItems(sheet: ConnectSheet): KeyValuePairsProps.Item[] {
  const byHand = sheet.paste !== null;
  return [
    {
      label: sheet.dnsNames.length > 1 ? "DNS names" : "DNS name",
      value:
        sheet.dnsNames.length > 0 ? (
          <SpaceBetween size="xxs">
            {sheet.dnsNames.map((name) => (
              <CopyValue key={name} value={name} what="DNS name" />
            ))}
          </SpaceBetween>
        ) : byHand ? (
          "ClickHouse shows it once the endpoint is Ready"
        ) : (
          "Not there yet"
        ),
    },
    { label: "Port", value: <CopyValue value={String(sheet.port)} what="port" /> },
    ...(sheet.connectionString === null
      ? []
      : [
          {
            label: "Connection string",
            value: <CopyValue value={sheet.connectionString} what="connection string" />,
          },
        ]),
    ...(sheet.tlsHost === null
      ? []
      : [{ label: "TLS host", value: <CopyValue value={sheet.tlsHost} what="TLS host" /> }]),
  ];
}

/** The whole sheet as plain text, to hand on. */
export function sheetText(run: Run, sheet: ConnectSheet): string {
  const lines = [`Connection to ${run.plan.source.name}, run ${run.id}`, `AWS account ${run.identity.accountId}, ${run.identity.region}`, ""];
  if (sheet.paste) {
    lines.push(`Resource configuration ID: ${sheet.paste.configurationId ?? "not made yet"}`);
    lines.push(`Resource share ARN: ${sheet.paste.shareArn ?? "not made yet"}`);
  }
  for (const name of sheet.dnsNames) lines.push(`DNS name: ${name}`);
  lines.push(`Port: ${sheet.port}`);
  if (sheet.connectionString !== null) lines.push(`Connection string: ${sheet.connectionString}`);
  if (sheet.tlsHost !== null) lines.push(`TLS host: ${sheet.tlsHost}`);
  lines.push("", "Next in ClickHouse:", ...sheet.next.map((line, index) => `${index + 1}. ${line}`));
  const all = staying(run, sheet);
  if (all.length > 0) {
    lines.push("", "Stays in AWS:");
    for (const { what, id, billed, before } of all) {
      const note = before ? " (was there before)" : billed ? ` (billed ${BILLED_BY[billed]})` : "";
      lines.push(`- ${what} ${id}${note}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
