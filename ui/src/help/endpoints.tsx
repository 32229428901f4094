// Help of the endpoints page and of one endpoint. The meaning of a status is told by the same words as on the page.
import type { PageHelp } from "../frame/Help";
import type { EndpointStatus } from "../ipc/bindings";
import { statusMeaning, statusWords } from "../shared/endpointWords";

const STATUSES: EndpointStatus[] = [
  { status: "ready" },
  { status: "provisioning" },
  { status: "pendingAcceptance" },
  { status: "rejected" },
  { status: "failed" },
  { status: "expired" },
];

function Statuses() {
  return (
    <dl>
      {STATUSES.map((status) => (
        <div key={status.status}>
          <dt>{statusWords(status)}</dt>
          <dd>{statusMeaning(status, { kind: "vpcResource" })}</dd>
        </div>
      ))}
    </dl>
  );
}

const deletion = (
  <>
    <h3>Deletion window</h3>
    <p>
      ClickHouse deletes an endpoint that is Failed after seven days, one that is Rejected or waits for acceptance after
      one day, and an expired one at once. It publishes no times. Pipelink shows the earliest and the latest moment that
      fit what it saw, if the period starts when the endpoint enters its status.
    </p>
  </>
);

export const endpointsHelp: PageHelp = {
  title: "Endpoints",
  body: (
    <>
      <p>
        Every reverse private endpoint of your ClickHouse organization, as it was seen last. Pipelink reads them again by
        itself, within the request budget of ClickHouse's API.
      </p>
      <h3>What waits for you</h3>
      <p>
        On top is what only you can do, most urgent first. "AWS's turn" and "ClickHouse's turn" need nothing from you.
        Green means that an endpoint works, and nothing else.
      </p>
      <h3>Status</h3>
      <Statuses />
      {deletion}
      <h3>Rows that could not be read</h3>
      <p>
        They stay as they were seen last, with their age. An idle service is not woken unasked: that would cost money.
      </p>
    </>
  ),
};

export const endpointHelp: PageHelp = {
  title: "Endpoint",
  body: (
    <>
      <p>One reverse private endpoint: its status, its names, what it was made from, and which ClickPipes use it.</p>
      <h3>DNS names</h3>
      <p>
        Give ClickPipes the DNS name with the port of your database. The database's own host name goes into the field TLS
        host, because its certificate is made out to that name.
      </p>
      <h3>Status</h3>
      <Statuses />
      {deletion}
      <h3>Connections</h3>
      <p>
        Who is connected to the VPC endpoint service or MSK cluster behind this endpoint, where that is in the account in
        use. A connection can be accepted only where its owner and endpoint ID are those that ClickHouse reports. Rejecting
        one through which data goes breaks the ClickPipes that use it.
      </p>
      <h3>Used by</h3>
      <p>
        Pipes for Kafka name their endpoint. Pipes for databases do not: they are listed here when they connect to one of
        its DNS names.
      </p>
    </>
  ),
};
