// First step: what is to be reached, and which path fits it. A database or cluster is picked from the list; what is in no
// list is named by its domain name, its address or its hosts. What the advice still asks stands below on the left, what
// it recommends on the right.
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";

import type { SourcesPage } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { CommandState } from "../shared/useCommand";
import { pathForRow } from "./advice";
import { change, changeSource, type Draft } from "./draft";
import { Field } from "./Field";
import { HostsSource } from "./HostsSource";
import { PathAdvice, PathPicture } from "./PathAdvice";
import { Questions } from "./Questions";
import { namedSource, type SourceKind } from "./sourceDraft";
import { SourceTable } from "./SourceTable";
import { TypedSource } from "./TypedSource";
import type { AdviceReading } from "./useAdvice";
import type { FieldErrors } from "./useFieldErrors";
import "./setup.css";

interface SourceStepProps {
  sources: CommandState<SourcesPage>;
  advice: AdviceReading;
  region: string;
  accountId: string;
  draft: Draft;
  errors: FieldErrors;
  /** Next was pressed, and no path is taken yet. */
  pathMissing: boolean;
}

export function SourceStep({ sources, advice, region, accountId, draft, errors, pathMissing }: SourceStepProps) {
  const { data: page, problem, loading, reload } = sources;
  const { source } = draft;
  const named = namedSource(source, page?.sources);
  return (
    <SpaceBetween size="l">
      {problem && <ProblemAlert problem={problem} onRetry={reload} retrying={loading} />}
      {page?.unread.map((unread, index) => (
        <ProblemAlert key={index} problem={unread} onRetry={reload} retrying={loading} type="warning" />
      ))}
      <Field label="What is to be reached" stretch>
        <Tiles
          value={source.kind}
          onChange={({ detail }) => changeSource({ kind: detail.value as SourceKind })}
          columns={4}
          items={KINDS}
        />
      </Field>
      <div className="setup-beside">
        <div className="setup-beside-columns">
          <SpaceBetween size="l">
            {source.kind === "listed" ? (
              <Field errorText={errors.of("source")} stretch>
                <SourceTable
                  sources={page?.sources}
                  partly={(page?.unread.length ?? 0) > 0 || problem !== undefined}
                  loading={loading}
                  region={region}
                  pickedArn={source.arn}
                  onPick={(row) => change({ source: { ...source, arn: row.arn }, ...pathForRow(draft, row) })}
                  onReload={reload}
                />
              </Field>
            ) : source.kind === "hosts" ? (
              <HostsSource draft={draft} vpcs={page?.vpcs} loading={loading} onReload={reload} errors={errors} />
            ) : (
              <TypedSource draft={draft} vpcs={page?.vpcs} loading={loading} onReload={reload} errors={errors} />
            )}
            <Questions advice={advice.shown?.advice} draft={draft} page={page} region={region} />
          </SpaceBetween>
          <PathAdvice advice={advice} path={draft.path} source={named} missing={pathMissing && draft.path === null} />
        </div>
      </div>
      <PathPicture path={draft.path} source={named} accountId={accountId} />
    </SpaceBetween>
  );
}

const KINDS: readonly { value: SourceKind; label: string; description: string }[] = [
  {
    value: "listed",
    label: "A database or cluster of this account",
    description: "RDS, Aurora or MSK, out of the list.",
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
  {
    value: "hosts",
    label: "Several hosts",
    description: "The brokers of a Kafka cluster of your own, or the nodes of a MongoDB replica set.",
  },
];
