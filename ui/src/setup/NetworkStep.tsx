// Third step: what of AWS is there already and used, or where a new gateway goes and what guards it, from tables with a
// verdict in each row; and the names of what will be made. The defaults are ticked, so that one click is enough.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { NetworkPage, Problem } from "../ipc/bindings";
import { Loading } from "../shared/Loading";
import { ProblemAlert } from "../shared/ProblemAlert";
import { ConfigurationTable } from "./ConfigurationTable";
import { change, type Draft } from "./draft";
import { ExtentChoice } from "./ExtentChoice";
import { Field } from "./Field";
import { GatewayTable } from "./GatewayTable";
import { NameFields } from "./NameFields";
import { SecurityGroupTable } from "./SecurityGroupTable";
import { SubnetTable } from "./SubnetTable";
import { vpcWords } from "./sourceDraft";
import type { FieldErrors } from "./useFieldErrors";

interface NetworkStepProps {
  page: NetworkPage | undefined;
  problem: Problem | undefined;
  loading: boolean;
  onReload: () => void;
  draft: Draft;
  accountId: string;
  errors: FieldErrors;
}

export function NetworkStep({ page, problem, loading, onReload, draft, accountId, errors }: NetworkStepProps) {
  if (!page) {
    return problem ? (
      <ProblemAlert problem={problem} onRetry={onReload} retrying={loading} />
    ) : (
      <Loading what="Reading the subnets and security groups of the source's VPC" />
    );
  }
  return (
    <SpaceBetween size="l">
      {problem && <ProblemAlert problem={problem} onRetry={onReload} retrying={loading} />}
      {page.unread.map((unread, index) => (
        <ProblemAlert key={index} problem={unread} onRetry={onReload} retrying={loading} type="warning" />
      ))}
      <ExtentChoice page={page} draft={draft} />
      {draft.extent === "everything" && (
        <Field errorText={errors.of("subnets")} stretch>
          <SubnetTable
            rows={page.subnets}
            vpc={vpcWords(page.vpcId, page.vpcName)}
            accountId={accountId}
            picked={draft.subnetIds}
            loading={loading}
            onReload={onReload}
          />
        </Field>
      )}
      {draft.extent === "everything" && (
        <Field errorText={errors.of("securityGroups")} stretch>
          <SecurityGroupTable
            rows={page.securityGroups}
            picked={draft.securityGroupIds}
            onPick={(securityGroupIds) => change({ securityGroupIds })}
          />
        </Field>
      )}
      {draft.extent === "onGateway" && (
        <Field errorText={errors.of("gateway")} stretch>
          <GatewayTable
            offers={page.gateways}
            picked={draft.gatewayId}
            onPick={(gatewayId) => change({ gatewayId })}
          />
        </Field>
      )}
      {draft.extent === "onConfiguration" && (
        <Field errorText={errors.of("configuration")} stretch>
          <ConfigurationTable
            offers={page.configurations}
            picked={draft.configurationId}
            onPick={(configurationId) => change({ configurationId })}
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
    </SpaceBetween>
  );
}
