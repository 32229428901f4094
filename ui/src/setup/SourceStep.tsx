// First step: which database is to be reached, and which path fits it. Sources that do not fit stay in the list
// with the reason, so that nobody looks for them elsewhere.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";

import type { Problem, Source, SourcesPage } from "../ipc/bindings";
import { ProblemAlert } from "../shared/ProblemAlert";
import { PathAdvice, PathPicture } from "./PathAdvice";
import { PickTable } from "./PickTable";
import "./setup.css";

interface SourceStepProps {
  page: SourcesPage | undefined;
  problem: Problem | undefined;
  loading: boolean;
  region: string;
  accountId: string;
  pickedArn: string | null;
  onPick: (source: Source) => void;
  onReload: () => void;
  /** The rule that the source breaks. */
  error: string | undefined;
}

export function SourceStep(props: SourceStepProps) {
  const { page, problem, loading, region, pickedArn, onPick, onReload } = props;
  const sources = page?.sources ?? [];
  const picked = sources.find(({ arn }) => arn === pickedArn) ?? null;
  return (
    <SpaceBetween size="l">
      {problem && <ProblemAlert problem={problem} onRetry={onReload} />}
      {page?.unread.map((unread, index) => (
        <ProblemAlert key={index} problem={unread} onRetry={onReload} />
      ))}
      <div className="setup-beside">
        <div className="setup-beside-columns">
          <FormField errorText={props.error} stretch>
            <PickTable<Source>
              label="Sources"
              header={
                <Header
                  variant="h2"
                  counter={page ? `(${sources.length})` : ""}
                  description={`Databases and clusters in ${region}.`}
                  actions={
                    <Button iconName="refresh" ariaLabel="Read the sources again" onClick={onReload} loading={loading} />
                  }
                >
                  Sources
                </Header>
              }
              items={sources}
              columns={COLUMNS}
              idOf={(source) => source.arn}
              nameOf={(source) => source.name}
              textOf={(source) => `${source.name} ${source.arn} ${source.what} ${source.vpcId ?? ""}`}
              picked={pickedArn === null ? [] : [pickedArn]}
              onPick={([arn]) => {
                const source = sources.find((one) => one.arn === arn);
                if (source) onPick(source);
              }}
              isDisabled={(source) => !source.eligible}
              loading={loading && !page}
              loadingText={`Looking for databases in ${region}`}
              empty={<NoSources region={region} partly={(page?.unread.length ?? 0) > 0 || problem !== undefined} />}
            />
          </FormField>
          <PathAdvice source={picked} />
        </div>
      </div>
      <PathPicture source={picked} accountId={props.accountId} />
    </SpaceBetween>
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<Source>[] = [
  {
    id: "name",
    header: "Source",
    isRowHeader: true,
    minWidth: 180,
    cell: (source) => (
      <>
        <Box fontWeight="bold">{source.name}</Box>
        <Box variant="small" display="block">
          {source.what}
        </Box>
        <Box variant="small" display="block">
          {source.port === null ? source.status : `${source.status}, port ${source.port}`}
        </Box>
        {source.vpcId !== null && (
          <Box variant="small" display="block">
            {source.vpcId}
          </Box>
        )}
      </>
    ),
  },
  {
    id: "fit",
    header: "Fit",
    minWidth: 160,
    cell: (source) => (
      <SpaceBetween size="xxs">
        <Badge color={source.eligible ? "blue" : "grey"}>{source.eligible ? "VPC resource" : "Not possible"}</Badge>
        <Box variant="small">{source.reason}</Box>
      </SpaceBetween>
    ),
  },
];

function NoSources({ region, partly }: { region: string; partly: boolean }) {
  if (partly) return <Box color="text-body-secondary">Nothing could be listed. The reason is above.</Box>;
  return (
    <SpaceBetween size="xs" alignItems="center">
      <Box variant="strong">No databases in {region}</Box>
      <Box color="text-body-secondary">
        Pipelink lists RDS and Aurora databases and MSK clusters. Choose another region in the account picker.
      </Box>
    </SpaceBetween>
  );
}
