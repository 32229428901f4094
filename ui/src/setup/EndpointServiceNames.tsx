// The names of what is made for an endpoint service, its private DNS name, and the endpoint's description.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";

import type { EndpointServicePage } from "../ipc/bindings";
import { DescriptionField } from "./DescriptionField";
import { changeEndpointService, type Draft } from "./draft";
import { Field } from "./Field";
import type { FieldErrors } from "./useFieldErrors";

export function EndpointServiceNames({ page, draft, errors }: { page: EndpointServicePage; draft: Draft; errors: FieldErrors }) {
  const { extent, name, privateDnsName, description } = draft.endpointService;
  const makes = extent !== "onService";
  const several = page.loadBalancerCount > 1;
  // One name cannot lead to several services; one that was typed can still be taken out.
  const asksDnsName = makes && (!several || privateDnsName !== "");
  const describes = draft.by !== "hand";
  if (!makes && !describes) return null;
  return (
    <Container header={<Header variant="h2">Names</Header>}>
      <ColumnLayout columns={2}>
        {makes && (
          <Field
            label={extent === "everything" ? "Load balancer, target group and service" : "Endpoint service"}
            description={nameDescription(extent === "everything", several)}
            errorText={errors.of("loadBalancerName")}
          >
            <Input
              value={name}
              onChange={({ detail }) => changeEndpointService({ name: detail.value })}
              onBlur={() => errors.touch("loadBalancerName")}
              spellcheck={false}
              autoComplete={false}
            />
          </Field>
        )}
        {asksDnsName && (
          <Field
            label={
              <>
                Private DNS name <i>- optional</i>
              </>
            }
            description="A name of your own for the endpoint."
            constraintText="Its domain is proven by a TXT record in public DNS: the run shows the record and waits until you have published it."
            errorText={errors.of("privateDnsName")}
          >
            <Input
              value={privateDnsName}
              onChange={({ detail }) => changeEndpointService({ privateDnsName: detail.value })}
              onBlur={() => errors.touch("privateDnsName")}
              placeholder="orders.example.com"
              spellcheck={false}
              autoComplete={false}
            />
          </Field>
        )}
        {describes && (
          <DescriptionField
            value={description}
            onChange={(words) => changeEndpointService({ description: words })}
            errors={errors}
          />
        )}
      </ColumnLayout>
    </Container>
  );
}

function nameDescription(everything: boolean, several: boolean): string {
  if (!everything) return "The value of its tag Name.";
  return several ? "A number is added for each host." : "Unique in the account and region.";
}
