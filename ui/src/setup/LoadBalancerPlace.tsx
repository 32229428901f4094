// Where new load balancers go and what guards them: subnets, and security groups if any.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";

import type { EndpointServicePage } from "../ipc/bindings";
import { changeEndpointService } from "./draft";
import type { EndpointServiceNetworkProps } from "./EndpointServiceNetwork";
import { Field } from "./Field";
import { FIT_COLUMN } from "./offerCells";
import { PickTable } from "./PickTable";
import { SecurityGroupTable } from "./SecurityGroupTable";
import { vpcWords } from "./sourceDraft";
import { subnetColumn, subnetName, subnetText, ZONE_COLUMN } from "./subnetCells";
import { PATH_WORDS, VerdictBadge } from "./VerdictBadge";

type SubnetRow = EndpointServicePage["subnets"][number];

export function LoadBalancerPlace({ page, draft, accountId, loading, onReload, errors }: EndpointServiceNetworkProps) {
  const { subnetIds, securityGroupIds } = draft.endpointService;
  const vpc = page.vpcId === null ? "a VPC that is not known" : vpcWords(page.vpcId, page.vpcName);
  return (
    <SpaceBetween size="l">
      <Field errorText={errors.of("subnets")} stretch>
        <PickTable<SubnetRow>
          label="Subnets"
          many
          header={
            <Header
              variant="h2"
              counter={`(${subnetIds.length}/${page.subnets.length})`}
              description={`Subnets of ${vpc}, one in each zone. The load balancer takes one address in each.`}
              actions={<Button iconName="refresh" ariaLabel="Read the network again" onClick={onReload} loading={loading} />}
            >
              Subnets
            </Header>
          }
          items={page.subnets}
          columns={columns(accountId)}
          idOf={({ subnet }) => subnet.id}
          nameOf={subnetName}
          textOf={subnetText}
          picked={subnetIds}
          onPick={(ids) => changeEndpointService({ subnetIds: ids })}
          isDisabled={({ subnet, verdict }) => verdict === "failure" && !subnetIds.includes(subnet.id)}
          empty={<Box color="text-body-secondary">No subnets could be listed in this VPC.</Box>}
        />
      </Field>
      <Field errorText={errors.of("securityGroups")} stretch>
        <SpaceBetween size="s">
          {page.withoutGroups && securityGroupIds.length === 0 && (
            <SpaceBetween size="xxs">
              <VerdictBadge verdict={page.withoutGroups.verdict} words={PATH_WORDS} />
              <div>Without security groups: {page.withoutGroups.reason}</div>
            </SpaceBetween>
          )}
          <ExpandableSection
            headerText={`Security groups, optional (${securityGroupIds.length} chosen)`}
            // Where none will do, they are what has to be looked at.
            defaultExpanded={securityGroupIds.length > 0 || page.withoutGroups?.verdict === "failure"}
          >
            <SecurityGroupTable
              rows={page.securityGroups}
              picked={securityGroupIds}
              onPick={(ids) => changeEndpointService({ securityGroupIds: ids })}
              title="Security groups of the load balancer"
              description="None is the simplest. If you choose some, the run stops enforcing their inbound rules on PrivateLink traffic, since ClickPipes' addresses would not pass them."
            />
          </ExpandableSection>
        </SpaceBetween>
      </Field>
    </SpaceBetween>
  );
}

function columns(accountId: string): readonly TableProps.ColumnDefinition<SubnetRow>[] {
  return [
    subnetColumn(accountId),
    ZONE_COLUMN,
    {
      id: "free",
      header: "Free",
      minWidth: 104,
      cell: ({ subnet }) => (
        <>
          <div>{subnet.availableAddresses.toLocaleString("en")}</div>
          <Box variant="small">{subnet.availableAddresses === 1 ? "address" : "addresses"}</Box>
        </>
      ),
    },
    FIT_COLUMN,
  ];
}
