// First step: what is to be reached, and which path fits it. A database is picked from the list; what is in no list is
// named by its domain name or address.
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";

import type { Problem, SourceChoice, SourcesPage } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import { DatabaseTable } from "./DatabaseTable";
import { changeSource } from "./draft";
import { Field } from "./Field";
import { PathAdvice, PathPicture } from "./PathAdvice";
import { namedSource, type SourceDraft } from "./sourceDraft";
import { TypedSource } from "./TypedSource";
import type { FieldErrors } from "./useFieldErrors";
import "./setup.css";

interface SourceStepProps {
  page: SourcesPage | undefined;
  problem: Problem | undefined;
  loading: boolean;
  region: string;
  accountId: string;
  source: SourceDraft;
  onReload: () => void;
  errors: FieldErrors;
}

export function SourceStep({ page, problem, loading, region, accountId, source, onReload, errors }: SourceStepProps) {
  const named = namedSource(source, page?.sources);
  return (
    <SpaceBetween size="l">
      {problem && <ProblemAlert problem={problem} onRetry={onReload} retrying={loading} />}
      {page?.unread.map((unread, index) => (
        <ProblemAlert key={index} problem={unread} onRetry={onReload} retrying={loading} type="warning" />
      ))}
      <Field label="What is to be reached" stretch>
        <Tiles
          value={source.kind}
          onChange={({ detail }) => changeSource({ kind: detail.value as SourceChoice["kind"] })}
          columns={3}
          items={KINDS}
        />
      </Field>
      <div className="setup-beside">
        <div className="setup-beside-columns">
          {source.kind === "database" ? (
            <Field errorText={errors.of("source")} stretch>
              <DatabaseTable
                sources={page?.sources}
                partly={(page?.unread.length ?? 0) > 0 || problem !== undefined}
                loading={loading}
                region={region}
                pickedArn={source.arn}
                onPick={(arn) => changeSource({ arn })}
                onReload={onReload}
              />
            </Field>
          ) : (
            <TypedSource source={source} vpcs={page?.vpcs} loading={loading} onReload={onReload} errors={errors} />
          )}
          <PathAdvice kind={source.kind} source={named} />
        </div>
      </div>
      <PathPicture source={named} accountId={accountId} />
    </SpaceBetween>
  );
}

const KINDS: readonly { value: SourceChoice["kind"]; label: string; description: string }[] = [
  {
    value: "database",
    label: "A database of this account",
    description: "An RDS or Aurora cluster or instance, reached by its ARN.",
  },
  {
    value: "domainName",
    label: "A domain name",
    description: "Anything that a VPC reaches by name: a database of your own, a load balancer, a service.",
  },
  {
    value: "ipAddress",
    label: "An IP address",
    description: "Anything that a VPC reaches at a private IPv4 address.",
  },
];
