// The connections to what a run made available: to its endpoint services, of which there may be one for each broker, or to
// the MSK cluster. One service is read at a time, at first the one that the run waits for.
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";

import type { Run } from "../../ipc/bindings";
import { MskConnections } from "../../shared/connections/MskConnections";
import { ServiceConnections } from "../../shared/connections/ServiceConnections";
import { actionOf, endpointsOf, valueOf, waitingStep } from "../actionWords";

interface RunConnectionsProps {
  run: Run;
  now: number;
  children?: ReactNode;
}

export function RunConnections({ run, now, children }: RunConnectionsProps) {
  const seen = seenWords(run);
  const cluster = clusterOf(run);
  if (cluster !== null) return <MskConnections clusterArn={cluster} now={now} seen={seen} ofThisRun={endpointsOf(run)} />;
  return (
    <OfServices run={run} now={now} seen={seen}>
      {children}
    </OfServices>
  );
}

/** Whether there is something whose connections can be shown. */
export function hasConnections(run: Run): boolean {
  const { state } = run.state;
  if (state === "undone" || state === "undoing" || state === "undoStopped") return false;
  return clusterOf(run) !== null || servicesOf(run).length > 0;
}

function OfServices({ run, now, seen, children }: RunConnectionsProps & { seen: string }) {
  const services = servicesOf(run);
  const [picked, setPicked] = useState<string | null>(null);
  const shown = services.find(({ id }) => id === (picked ?? awaited(run))) ?? services[0];
  if (!shown) return null;
  const options = services.map(({ id, name }) => ({ value: id, label: name, description: id }));
  return (
    <ServiceConnections key={shown.id} serviceId={shown.id} now={now} seen={seen} ofThisRun={endpointsOf(run)}>
      <SpaceBetween size="m">
        {children}
        {services.length > 1 && (
          <FormField label="Endpoint service">
            <Select
              expandToViewport
              selectedOption={options.find(({ value }) => value === shown.id) ?? null}
              options={options}
              onChange={({ detail }) => setPicked(detail.selectedOption.value ?? null)}
            />
          </FormField>
        )}
      </SpaceBetween>
    </ServiceConnections>
  );
}

/** The endpoint services that the run made or builds upon, by ID, in the plan's order. */
function servicesOf(run: Run): { id: string; name: string }[] {
  const used = run.plan.uses.flatMap((each) =>
    each.what === "endpointService" ? [{ id: each.id, name: each.name ?? each.id }] : [],
  );
  const made = run.steps.flatMap((step) => {
    const action = actionOf(run, step);
    const id = step.outputs.endpointServiceId?.[0];
    const there = step.state.state !== "undone" && id !== undefined;
    return action?.action === "createEndpointService" && there ? [{ id, name: action.name }] : [];
  });
  return [...used, ...made];
}

/** The cluster of a run for MSK multi-VPC connectivity. */
function clusterOf({ plan }: Run): string | null {
  return plan.path === "mskMultiVpc" && plan.source.target.kind === "mskCluster" ? plan.source.target.arn : null;
}

/** The service of the step that waits now. */
function awaited(run: Run): string | null {
  const action = waitingStep(run)?.action;
  switch (action?.action) {
    case "acceptEndpointConnection":
    case "awaitConnectionAcceptance":
    case "awaitEndpointConnection":
      return valueOf(run, action.service);
    default:
      return null;
  }
}

/** Changes whenever the run sees something new, so that the connections are read again then and not more often. */
function seenWords(run: Run): string {
  const step = waitingStep(run)?.step;
  return step?.state.state === "waiting" ? `${step.id} ${step.state.seen}` : run.state.state;
}
