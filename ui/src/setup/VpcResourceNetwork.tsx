// The network of a VPC resource: what of AWS is there already and used, or where a new gateway goes and what guards it, from
// tables with a verdict in each row; and the names of what will be made. The defaults are ticked, so that one click is
// enough.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { NetworkPage } from "../ipc/bindings";
import { ConfigurationTable } from "./ConfigurationTable";
import { CustomDns } from "./CustomDns";
import { changeVpcResource, type Draft } from "./draft";
import { ExtentChoice } from "./ExtentChoice";
import { Field } from "./Field";
import { GatewayTable } from "./GatewayTable";
import { NameFields } from "./NameFields";
import { SecurityGroupTable } from "./SecurityGroupTable";
import { vpcResourceSource, vpcWords } from "./sourceDraft";
import { SubnetTable } from "./SubnetTable";
import type { FieldErrors } from "./useFieldErrors";

interface VpcResourceNetworkProps {
  page: NetworkPage;
  loading: boolean;
  onReload: () => void;
  draft: Draft;
  accountId: string;
  errors: FieldErrors;
}

export function VpcResourceNetwork({ page, loading, onReload, draft, accountId, errors }: VpcResourceNetworkProps) {
  const { extent, subnetIds, securityGroupIds, gatewayId, configurationId } = draft.vpcResource;
  const { kind } = vpcResourceSource(draft.source);
  return (
    <SpaceBetween size="l">
      {(kind === "hosts" || kind === "mskServerless") && <CustomDns draft={draft} needed />}
      <ExtentChoice page={page} draft={draft} />
      {extent === "everything" && (
        <Field errorText={errors.of("subnets")} stretch>
          <SubnetTable
            rows={page.subnets}
            vpc={vpcWords(page.vpcId, page.vpcName)}
            accountId={accountId}
            picked={subnetIds}
            onPick={(ids) => changeVpcResource({ subnetIds: ids })}
            loading={loading}
            onReload={onReload}
          />
        </Field>
      )}
      {extent === "everything" && (
        <Field errorText={errors.of("securityGroups")} stretch>
          <SecurityGroupTable
            rows={page.securityGroups}
            picked={securityGroupIds}
            onPick={(ids) => changeVpcResource({ securityGroupIds: ids })}
          />
        </Field>
      )}
      {extent === "onGateway" && (
        <Field errorText={errors.of("gateway")} stretch>
          <GatewayTable offers={page.gateways} picked={gatewayId} onPick={(id) => changeVpcResource({ gatewayId: id })} />
        </Field>
      )}
      {extent === "onConfiguration" && (
        <Field errorText={errors.of("configuration")} stretch>
          <ConfigurationTable
            offers={page.configurations}
            picked={configurationId}
            onPick={(id) => changeVpcResource({ configurationId: id })}
          />
        </Field>
      )}
      <Container
        header={
          <Header variant="h2" description="Filled in from the source's name. AWS does not allow to change them later.">
            Names
          </Header>
        }
      >
        <NameFields draft={draft} errors={errors} />
      </Container>
      {kind === "domainName" && <CustomDns draft={draft} needed={false} />}
    </SpaceBetween>
  );
}
