// The TXT record that proves to AWS whose domain a private DNS name belongs to: where it may be, its value, and whether it
// has been seen in public DNS.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { hrefOf } from "../../frame/routes";
import type { RunStep, TxtRecord } from "../../ipc/bindings";
import { CopyValue } from "../../shared/CopyValue";
import "../runs.css";

interface DnsRecordProps {
  /** The service's private DNS name. */
  name: string;
  /** None before AWS has named it. */
  record: TxtRecord | null;
  /** The step that looks for it. */
  step: RunStep;
  /** The sandbox keeps the DNS: its panel publishes the record. */
  inSandbox: boolean;
}

export function DnsRecord({ name: privateName, record, step, inSandbox }: DnsRecordProps) {
  const [recommended, ...others] = record?.names ?? [];
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`In the public DNS of the domain of ${privateName}. It proves to AWS that the domain is yours.`}
        >
          TXT record to publish
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={1}
          items={[
            { label: "Type", value: "TXT" },
            {
              label: "Name",
              value:
                recommended === undefined ? (
                  "AWS has not named it yet"
                ) : (
                  <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                    <CopyValue value={recommended} what="name of the TXT record" />
                    <Badge color="blue">Recommended</Badge>
                  </SpaceBetween>
                ),
            },
            {
              label: "Value",
              value: record === null ? "AWS has not named it yet" : <CopyValue value={record.value} what="value of the TXT record" />,
            },
            { label: "Seen in public DNS", value: <Seen step={step} /> },
          ]}
        />
        {others.length > 0 && (
          <ExpandableSection headerText="Other names at which AWS looks for it">
            <SpaceBetween size="xs">
              <Box color="text-body-secondary">
                One of them is enough. The names without an underscore are for DNS providers that take none; the value then
                stands beside the texts that are there.
              </Box>
              <ul className="runs-list" aria-label="Other names for the TXT record">
                {others.map((name) => (
                  <li key={name}>
                    <CopyValue value={name} what="other name of the TXT record" />
                  </li>
                ))}
              </ul>
            </SpaceBetween>
          </ExpandableSection>
        )}
        {inSandbox && step.state.state !== "done" && (
          <div>
            In the sandbox, another operator keeps the public DNS: have the record published on the page{" "}
            <Link href={hrefOf({ page: "sandbox" })}>Sandbox</Link>.
          </div>
        )}
        <Box color="text-body-secondary">
          Some DNS providers add the domain to the name by themselves: enter it without the domain there. A new record can
          take a while to be seen everywhere.
        </Box>
      </SpaceBetween>
    </Container>
  );
}

/** Whether it is seen, in the words in which public DNS was last found. */
function Seen({ step: { state } }: { step: RunStep }) {
  switch (state.state) {
    case "waiting":
      return (
        <StatusIndicator type="warning" wrapText>
          {state.seen === "" ? "Not looked for yet" : `Not seen: ${state.seen}`}
        </StatusIndicator>
      );
    case "done":
      return <StatusIndicator type="success">Yes</StatusIndicator>;
    default:
      return <StatusIndicator type="pending">Not looked for now</StatusIndicator>;
  }
}
