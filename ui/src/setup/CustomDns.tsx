// Custom private DNS: a preview that ClickHouse's support enables for a service. Names of the source's own then resolve to
// the endpoint. Nothing that can be read says whether it is enabled, so the admin is asked: first, where nothing works
// without it.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { CopyValue } from "../shared/CopyValue";
import { change, customDnsEnabled, serviceKey, type Draft } from "./draft";
import { Field } from "./Field";

/** `needed`: whether nothing works without it. */
export function CustomDns({ draft, needed }: { draft: Draft; needed: boolean }) {
  const enabled = customDnsEnabled(draft);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            needed
              ? "Clients are sent on to the source's own names. Without custom private DNS the endpoint becomes Ready, but cannot be used."
              : "With custom private DNS the source's own name resolves to the endpoint. Without it, use the endpoint's DNS name."
          }
        >
          Custom private DNS
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Field label="ClickHouse support has enabled custom private DNS for this service" description="A preview. No API tells whether it is enabled.">
          <RadioGroup
            value={enabled ? "yes" : "no"}
            onChange={({ detail }) => change({ customDnsFor: detail.value === "yes" ? serviceKey(draft) : null })}
            items={[
              { value: "yes", label: "Yes, it is enabled" },
              { value: "no", label: needed ? "No, or not yet" : "No" },
            ]}
          />
        </Field>
        {needed && !enabled && (
          <Alert type="warning" header="Ask ClickHouse support first">
            <SpaceBetween size="xs">
              <div>
                Send this request, and come back when support has enabled it. What you have chosen is kept until you discard it
                or close Pipelink.
              </div>
              <Box variant="code">
                <CopyValue value={request(draft)} what="request to ClickHouse support" />
              </Box>
            </SpaceBetween>
          </Alert>
        )}
      </SpaceBetween>
    </Container>
  );
}

function request({ by, serviceId }: Draft): string {
  const service = by === "key" && serviceId !== "" ? `service ${serviceId}` : "our service";
  return `Please enable custom private DNS for reverse private endpoints (ClickPipes) for ${service}.`;
}
