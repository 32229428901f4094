// The network step of a VPC endpoint service: what stands behind the load balancer, what is made and what is there already,
// who accepts the connection, and the names. Asked first where it is needed: custom private DNS.
import Alert from "@cloudscape-design/components/alert";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { EndpointServicePage, MskAuthentication } from "../ipc/bindings";
import { AcceptanceChoice } from "./AcceptanceChoice";
import { CustomDns } from "./CustomDns";
import { changeEndpointService, type Draft } from "./draft";
import { EndpointServiceExtentChoice } from "./EndpointServiceExtentChoice";
import { EndpointServiceNames } from "./EndpointServiceNames";
import { EndpointServiceTable } from "./EndpointServiceTable";
import { Field } from "./Field";
import { HostsTable } from "./HostsTable";
import { LoadBalancerChanges } from "./LoadBalancerChanges";
import { LoadBalancerPlace } from "./LoadBalancerPlace";
import { LoadBalancerTable } from "./LoadBalancerTable";
import { AUTHENTICATIONS } from "./MskNetwork";
import type { FieldErrors } from "./useFieldErrors";

export interface EndpointServiceNetworkProps {
  page: EndpointServicePage;
  loading: boolean;
  onReload: () => void;
  draft: Draft;
  accountId: string;
  errors: FieldErrors;
}

export function EndpointServiceNetwork(props: EndpointServiceNetworkProps) {
  const { page, draft, errors } = props;
  return (
    <SpaceBetween size="l">
      {page.authentications.length > 0 && <BrokerPorts page={page} draft={draft} errors={errors} />}
      {page.wrong.length > 0 && (
        <Alert type="error" header="The source cannot be put behind a load balancer as it is">
          {page.wrong.map(({ rule }) => (
            <div key={rule}>{rule}</div>
          ))}
        </Alert>
      )}
      {page.wrong.length === 0 && <Chosen {...props} />}
    </SpaceBetween>
  );
}

function Chosen(props: EndpointServiceNetworkProps) {
  const { page, draft, errors } = props;
  const { extent, loadBalancerArn, serviceId } = draft.endpointService;
  const typed = draft.source.kind === "hosts" || draft.source.kind === "domainName";
  const named = typed && page.hosts.some(({ names }) => names.length > 0);
  return (
    <SpaceBetween size="l">
      {page.previewNeeded && <CustomDns draft={draft} needed />}
      <HostsTable page={page} />
      <EndpointServiceExtentChoice page={page} draft={draft} />
      {extent === "everything" && <LoadBalancerPlace {...props} />}
      {extent === "onLoadBalancer" && (
        <Field errorText={errors.of("loadBalancer")} stretch>
          <LoadBalancerTable
            offers={page.loadBalancers}
            picked={loadBalancerArn}
            // What was ticked was for the one before.
            onPick={(arn) => changeEndpointService({ loadBalancerArn: arn, changes: [] })}
          />
        </Field>
      )}
      {extent === "onService" && (
        <Field errorText={errors.of("endpointService")} stretch>
          <EndpointServiceTable
            offers={page.services}
            picked={serviceId}
            onPick={(id) => changeEndpointService({ serviceId: id, changes: [] })}
          />
        </Field>
      )}
      <LoadBalancerChanges page={page} draft={draft} />
      <AcceptanceChoice page={page} draft={draft} />
      <EndpointServiceNames page={page} draft={draft} errors={errors} />
      {named && !page.previewNeeded && <CustomDns draft={draft} needed={false} />}
    </SpaceBetween>
  );
}

/** The brokers of an MSK cluster have a port for each authentication, as far as the cluster takes it. */
function BrokerPorts({ page, draft, errors }: Pick<EndpointServiceNetworkProps, "page" | "draft" | "errors">) {
  return (
    <Field label="How ClickPipes authenticate with the brokers" description="Each has a port of its own." errorText={errors.of("authentication")}>
      <RadioGroup
        value={draft.endpointService.brokerAuthentication}
        onChange={({ detail }) => changeEndpointService({ brokerAuthentication: detail.value as MskAuthentication })}
        items={page.authentications.map(({ authentication, port, verdict, reason }) => ({
          value: authentication,
          label: `${AUTHENTICATIONS[authentication]}, port ${port}`,
          description: verdict === "passed" ? undefined : reason,
          disabled: verdict === "failure",
        }))}
      />
    </Field>
  );
}
