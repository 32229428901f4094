// Who accepts the connection of ClickHouse's endpoint. Without a key the run does not learn the endpoint's ID, so only the
// admin can.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tiles from "@cloudscape-design/components/tiles";

import type { Acceptance, EndpointServicePage } from "../ipc/bindings";
import { changeEndpointService, type Draft } from "./draft";
import { Field } from "./Field";

export function AcceptanceChoice({ page, draft }: { page: EndpointServicePage; draft: Draft }) {
  const { extent, serviceId, acceptance } = draft.endpointService;
  const used = extent === "onService" ? page.services.find(({ service }) => service.id === serviceId) : undefined;
  if (used && !used.service.acceptanceRequired) {
    return <Note>The service that is there accepts every connection by itself: there is nothing to accept.</Note>;
  }
  if (draft.by === "hand") {
    return <Note>You create the endpoint in ClickHouse yourself, and then accept its connection: the run waits for it.</Note>;
  }
  return (
    <Field label="Who accepts the connection" description="No data goes through a connection before it is accepted." stretch>
      <Tiles
        value={acceptance}
        onChange={({ detail }) => changeEndpointService({ acceptance: detail.value as Acceptance })}
        columns={2}
        items={[
          {
            value: "byRun",
            label: "Pipelink accepts it after comparing owner and endpoint ID",
            description: "Only the one endpoint whose ID ClickHouse reports for this run, and only if ClickPipes' account owns it.",
          },
          {
            value: "byHand",
            label: "I accept it myself",
            description: "The run waits for you, and shows whose each connection is. ClickHouse deletes an endpoint that is not accepted within a day.",
          },
        ]}
      />
    </Field>
  );
}

function Note({ children }: { children: string }) {
  return (
    <StatusIndicator type="info" colorOverride="grey" wrapText>
      {children}
    </StatusIndicator>
  );
}
