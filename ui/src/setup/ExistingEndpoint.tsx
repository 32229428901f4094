// The service has a Ready endpoint that reaches the source already: offered before anything new is made. Once the
// admin wants another one, the offer shrinks to a line from which it can be opened again.
import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useRef } from "react";
import { flushSync } from "react-dom";

import { navigate } from "../frame/routes";
import type { ReversePrivateEndpoint } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { endpointName } from "../shared/endpointWords";
import { change, forgetDraft, pairKey, type Draft } from "./draft";

interface ExistingEndpointProps {
  endpoint: ReversePrivateEndpoint;
  port: number | null;
  draft: Draft;
}

export function ExistingEndpoint({ endpoint, port, draft }: ExistingEndpointProps) {
  const names = [...endpoint.dnsNames, ...endpoint.privateDnsNames];
  const pair = pairKey(draft);
  const showAgain = useRef<ButtonProps.Ref>(null);
  const takeIt = useRef<ButtonProps.Ref>(null);

  function use() {
    navigate({ page: "endpoint", endpoint: endpoint.id });
    forgetDraft();
  }

  /** The button that was pressed goes away, so that the focus moves to what stands in its place. */
  function want(anotherFor: string | null) {
    flushSync(() => change({ anotherFor }));
    (showAgain.current ?? takeIt.current)?.focus();
  }

  if (draft.anotherFor === pair) {
    return (
      <StatusIndicator type="info" wrapText>
        An endpoint reaches this source already. You set up another one all the same.{" "}
        <Button ref={showAgain} variant="inline-link" onClick={() => want(null)}>
          Show the one that is there
        </Button>
      </StatusIndicator>
    );
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Nothing has to be created: a ClickPipe can use this endpoint now."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => want(pair)}>Set up another all the same</Button>
              <Button ref={takeIt} variant="primary" onClick={use}>
                Use this one
              </Button>
            </SpaceBetween>
          }
        >
          An endpoint reaches this source already
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: "Endpoint", value: endpointName(endpoint) },
          { label: "Status", value: <StatusIndicator type="success">Ready</StatusIndicator> },
          {
            label: "DNS name",
            value: (
              <SpaceBetween size="xxs">
                {names.map((name) => (
                  <CopyValue key={name} value={name} what={names.length === 1 ? "DNS name" : `DNS name ${name}`} />
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
