// The service has a Ready endpoint that reaches the source already: offered before anything new is made.
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { navigate } from "../frame/routes";
import type { ReversePrivateEndpoint } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { forgetDraft } from "./draft";

export function ExistingEndpoint({ endpoint, port }: { endpoint: ReversePrivateEndpoint; port: number | null }) {
  const names = [...endpoint.dnsNames, ...endpoint.privateDnsNames];
  function takeIt() {
    navigate({ page: "endpoint", endpoint: endpoint.id });
    forgetDraft();
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Nothing has to be created: a ClickPipe can use this endpoint now."
          actions={
            <Button variant="primary" onClick={takeIt}>
              Use this one
            </Button>
          }
        >
          An endpoint reaches this source already
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: "Endpoint", value: endpoint.description === "" ? endpoint.id : endpoint.description },
          { label: "Status", value: <StatusIndicator type="success">Ready</StatusIndicator> },
          {
            label: "DNS name",
            value: (
              <SpaceBetween size="xxs">
                {names.map((name) => (
                  <CopyValue key={name} value={name} what="DNS name" />
                ))}
              </SpaceBetween>
            ),
          },
          { label: "Port", value: port === null ? "Not known" : <CopyValue value={String(port)} what="port" /> },
        ]}
      />
    </Container>
  );
}
