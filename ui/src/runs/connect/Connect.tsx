// The last part of a run: how to reach the source through the endpoint, what to do in ClickHouse next, and what
// stays in AWS. Where the endpoint is created by hand, the values to paste come first.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useCollection } from "@cloudscape-design/collection-hooks";

import type { ConnectSheet, PasteValues, Run } from "../../ipc/bindings";
import { BilledBadge } from "../../shared/BilledBadge";
import { CommaList, isCommaList } from "../../shared/CommaList";
import { CopyValue } from "../../shared/CopyValue";
import { ShowMore } from "../../shared/ShowMore";
import "../runs.css";
import { addressLines, addressWords, type AddressLine } from "./address";
import { pasted, typeWords } from "./pasted";
import { sheetText, staying, type Staying } from "./sheetText";

/** A set-up for each of many brokers leaves many things. */
const PAGE = 20;
const NAMES = 12;

export function Connect({ run, sheet }: { run: Run; sheet: ConnectSheet }) {
  const waiting = run.state.state !== "done";
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={addressWords(sheet, run.plan.source.name, waiting)}
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
        <Addresses sheet={sheet} />
        <div>
          <Box variant="h3">Next in ClickHouse</Box>
          <ol className="runs-list">
            {sheet.next.map((line) => (
              <li key={line}>
                <WithBrokers text={line} brokers={sheet.brokers} />
              </li>
            ))}
          </ol>
        </div>
        <StaysTable items={staying(run, sheet)} />
      </SpaceBetween>
    </Container>
  );
}

/** Lists of brokers take the whole width, everything else half of it. */
function Addresses({ sheet }: { sheet: ConnectSheet }) {
  const lines = addressLines(sheet);
  const isWide = ({ values }: AddressLine) => values.some(isCommaList);
  const items = (of: readonly AddressLine[]) => of.map((line) => ({ label: line.label, value: <Values line={line} /> }));
  const [wide, narrow] = [lines.filter(isWide), lines.filter((line) => !isWide(line))];
  return (
    <SpaceBetween size="l">
      {wide.length > 0 && <KeyValuePairs columns={1} items={items(wide)} />}
      {narrow.length > 0 && <KeyValuePairs columns={2} items={items(narrow)} />}
    </SpaceBetween>
  );
}

/** A sentence in which the list of brokers stands: the list has lines of its own. */
function WithBrokers({ text, brokers }: { text: string; brokers: string | null }) {
  const at = brokers !== null && isCommaList(brokers) ? text.indexOf(brokers) : -1;
  if (brokers === null || at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <CommaList value={brokers} />
      {text.slice(at + brokers.length)}
    </>
  );
}

function Values({ line: { values, what, none } }: { line: AddressLine }) {
  if (values.length === 0) return none;
  return (
    <ShowMore items={values} step={NAMES} what="names">
      {(shown) => (
        <SpaceBetween size="xxs">
          {shown.map((value) => (
            <CopyValue key={value} value={value} what={values.length === 1 ? what : `${what} ${value}`}>
              {isCommaList(value) ? <CommaList value={value} /> : undefined}
            </CopyValue>
          ))}
        </SpaceBetween>
      )}
    </ShowMore>
  );
}

function Paste({ values, waiting }: { values: PasteValues; waiting: boolean }) {
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={1}
        items={[
          { label: "Type of the endpoint", value: typeWords(values) },
          ...pasted(values).map(({ label, what, value }) => ({
            label,
            value: value === null ? "Not made yet" : <CopyValue value={value} what={what} />,
          })),
        ]}
      />
      {waiting && <LimitedTime values={values} />}
    </SpaceBetween>
  );
}

/** What waits only so long. */
function LimitedTime({ values: { path } }: { values: PasteValues }) {
  switch (path) {
    case "vpcResource":
      return (
        <Alert type="warning" header="The share waits only a limited time">
          ClickHouse has to accept it before the invitation expires. AWS does not say how long that is, so paste the values
          soon. The endpoints page watches the share meanwhile.
        </Alert>
      );
    case "endpointService":
      return (
        <Alert type="warning" header="Accept the connection within a day">
          ClickHouse deletes an endpoint whose connection waits for more than a day to be accepted.
        </Alert>
      );
    case "mskMultiVpc":
      return null;
  }
}

function StaysTable({ items: all }: { items: readonly Staying[] }) {
  const { items, collectionProps, paginationProps } = useCollection(all, { pagination: { pageSize: PAGE } });
  const several = (what: string) => all.filter((other) => other.what === what).length > 1;
  return (
    <Table
      {...collectionProps}
      variant="embedded"
      wrapLines
      items={items}
      trackBy={({ what, id }) => `${what} ${id}`}
      header={<Header variant="h3">What stays in AWS</Header>}
      empty={<Box color="text-body-secondary">Nothing yet.</Box>}
      pagination={all.length > PAGE ? <Pagination {...paginationProps} /> : undefined}
      columnDefinitions={[
        { id: "what", header: "Resource", isRowHeader: true, minWidth: 170, cell: ({ what }) => what },
        { id: "id", header: "ID", cell: ({ what, id }) => <CopyValue value={id} what={`ID of ${what.toLowerCase()}${several(what) ? ` ${id}` : ""}`} /> },
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
  );
}
