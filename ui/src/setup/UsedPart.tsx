// What was there before and is used: no step makes it, so nothing of this run removes it.
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Used } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";

interface UsedPartProps {
  uses: readonly Used[];
  /** Some step changes what is used. */
  changed: boolean;
  onEdit: () => void;
}

export function UsedPart({ uses, changed, onEdit }: UsedPartProps) {
  if (uses.length === 0) return null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            changed
              ? "It is not removed when the run is undone. What the steps change of it is changed back."
              : "It stays as it is, also when the run is undone."
          }
          actions={
            <Button variant="inline-link" ariaLabel="Edit what is used" onClick={onEdit}>
              Edit
            </Button>
          }
        >
          Used, not made
        </Header>
      }
    >
      <SpaceBetween size="m">
        {uses.map((used) => (
          <KeyValuePairs key={"arn" in used ? used.arn : used.id} columns={3} items={itemsOf(used)} />
        ))}
      </SpaceBetween>
    </Container>
  );
}

function itemsOf(used: Used) {
  switch (used.what) {
    case "resourceGateway":
      return [
        { label: "Resource gateway", value: <NameAndId {...used} what="gateway ID" /> },
        { label: "Its subnets", value: used.subnetIds.join(", ") || "Not known" },
        { label: "Its security groups", value: used.securityGroupIds.join(", ") || "None" },
      ];
    case "resourceConfiguration":
      return [{ label: "Resource configuration", value: <NameAndId {...used} what="configuration ID" /> }];
    case "loadBalancer":
      return [
        { label: "Network Load Balancer", value: <NameAndId name={used.name} id={used.arn} what="load balancer ARN" /> },
        { label: "Its subnets", value: used.subnetIds.join(", ") || "Not known" },
      ];
    case "endpointService":
      return [
        { label: "VPC endpoint service", value: <NameAndId name={used.name ?? "No name"} id={used.id} what="service ID" /> },
        { label: "Its service name", value: <CopyValue value={used.serviceName} what="service name" /> },
      ];
  }
}

function NameAndId({ name, id, what }: { name: string; id: string; what: string }) {
  return (
    <>
      <div>{name}</div>
      <CopyValue value={id} what={what} />
    </>
  );
}
