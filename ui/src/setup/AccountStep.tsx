// Second step: who acts and where, on screen before anything is written; and which ClickHouse service the endpoint
// is for, created by Pipelink with the API key or by the admin's own hand.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tiles from "@cloudscape-design/components/tiles";

import { accountName } from "../accounts/accountWords";
import { navigate } from "../frame/routes";
import type { AccountView, Observed, ReversePrivateEndpoint, ServiceChoice, ServiceRow } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { ProblemAlert, ProblemLine } from "../shared/ProblemAlert";
import type { CommandState } from "../shared/useCommand";
import type { Outlook } from "./advice";
import { change, type Draft } from "./draft";
import { ExistingEndpoint } from "./ExistingEndpoint";
import { Field } from "./Field";
import { HandFields } from "./HandFields";
import { PATH_NAMES } from "./pathTypes";
import { ServiceTable } from "./ServiceTable";
import type { FieldErrors } from "./useFieldErrors";

interface AccountStepProps {
  account: AccountView;
  draft: Draft;
  services: Observed<ServiceRow[]> | undefined;
  loading: boolean;
  onReload: () => void;
  errors: FieldErrors;
  /** Whether the service has an endpoint that reaches the source already. */
  existing: CommandState<ReversePrivateEndpoint | null>;
  /** The source's port, where known. */
  port: number | null;
  /** What is recommended for the source and the service together. */
  outlook: Outlook | undefined;
}

export function AccountStep(props: AccountStepProps) {
  const { account, draft, services, loading, onReload, errors } = props;
  const rows = services?.state === "known" ? services.value : [];
  const hasKey = services?.state === "known";
  return (
    <SpaceBetween size="l">
      <IdentityPart account={account} />
      <Container
        header={
          <Header variant="h2" description="The endpoint belongs to one ClickHouse service, and lives in the region of its ClickPipes.">
            ClickHouse service
          </Header>
        }
      >
        <SpaceBetween size="l">
          {services?.state === "unknown" && (
            <NoServices problem={services.problem} onReload={onReload} loading={loading} />
          )}
          <Field label="Who creates the endpoint in ClickHouse" stretch>
            <Tiles
              value={draft.by}
              onChange={({ detail }) => change({ by: detail.value as ServiceChoice["by"], byPicked: true })}
              columns={2}
              items={[
                {
                  value: "key",
                  label: "Pipelink creates it",
                  description: "With the ClickHouse API key. The run ends when the endpoint is Ready.",
                  disabled: !hasKey,
                },
                {
                  value: "hand",
                  label: "I will create the endpoint in ClickHouse myself",
                  description: "The run shows the values to paste into ClickHouse, and waits for the endpoint.",
                },
              ]}
            />
          </Field>
          {draft.by === "hand" && <HandFields draft={draft} account={account} errors={errors} />}
        </SpaceBetween>
      </Container>
      {draft.by === "key" && hasKey && (
        <Field errorText={errors.of("service")} stretch>
          <ServiceTable
            rows={rows}
            sourceRegion={account.identity.region}
            crossesRegions={draft.path === "endpointService"}
            pickedId={draft.serviceId}
            loading={loading}
            onReload={onReload}
          />
        </Field>
      )}
      <UnfitPath outlook={props.outlook} path={draft.path} />
      {draft.by === "key" && hasKey && <Offer existing={props.existing} port={props.port} draft={draft} />}
    </SpaceBetween>
  );
}

/** With the service chosen the path taken may not fit any more; which one does is offered, and taken on a click only. */
function UnfitPath({ outlook, path }: { outlook: Outlook | undefined; path: Draft["path"] }) {
  const unfit = outlook?.options.find((option) => option.fit.path === path && !option.possible);
  if (!outlook || !unfit) return null;
  const { recommended } = outlook;
  return (
    <Alert
      type="warning"
      header={`${PATH_NAMES[unfit.fit.path]} does not fit this service`}
      action={
        recommended !== null && (
          <Button formAction="none" onClick={() => change({ path: recommended, pathPicked: false })}>
            Take {PATH_NAMES[recommended]}
          </Button>
        )
      }
    >
      {unfit.reason} {recommended === null ? "" : outlook.reason}
    </Alert>
  );
}

/** An endpoint that is there already comes before anything new. That none could be looked for is said too. */
function Offer({ existing, port, draft }: Pick<AccountStepProps, "existing" | "port" | "draft">) {
  const looking = existing.loading && !existing.data;
  return (
    <>
      <LiveRegion hidden>{existing.data ? "An endpoint reaches this source already" : ""}</LiveRegion>
      {looking && (
        <StatusIndicator type="loading">Looking for an endpoint of this service that reaches the source already</StatusIndicator>
      )}
      {existing.problem && !looking && (
        <StatusIndicator type="info" colorOverride="grey" wrapText>
          Not known whether an endpoint of this service reaches the source already. <ProblemLine problem={existing.problem} />{" "}
          <Button variant="inline-link" onClick={existing.reload}>
            Look again
          </Button>
        </StatusIndicator>
      )}
      {existing.data && <ExistingEndpoint endpoint={existing.data} port={port} draft={draft} />}
    </>
  );
}

function IdentityPart({ account }: { account: AccountView }) {
  const { identity } = account;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Everything is created here. AWS confirmed this identity when the account was opened."
          actions={<Button onClick={() => navigate({ page: "accounts" })}>Choose another account</Button>}
        >
          AWS account
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={2}
          items={[
            {
              label: "Account",
              value: <CopyValue value={identity.accountId} what="account number" />,
            },
            {
              label: account.account.kind === "sandbox" ? "Kind" : "Profile",
              value: account.account.kind === "sandbox" ? "Sandbox: nothing here is real" : accountName(account.account),
            },
            { label: "Region", value: identity.region },
            { label: "Identity", value: <CopyValue value={identity.arn} what="identity ARN" /> },
          ]}
        />
        {identity.endpointOverride !== null && account.account.kind !== "sandbox" && (
          <Alert type="warning" header="Requests do not go to AWS itself">
            An endpoint override is in force: {identity.endpointOverride}
          </Alert>
        )}
        {identity.endpointOverride !== null && account.account.kind === "sandbox" && (
          <StatusIndicator type="info">Requests go to the sandbox at {identity.endpointOverride}</StatusIndicator>
        )}
      </SpaceBetween>
    </Container>
  );
}

function NoServices(props: {
  problem: Extract<Observed<ServiceRow[]>, { state: "unknown" }>["problem"];
  onReload: () => void;
  loading: boolean;
}) {
  if (props.problem.code === "keyMissing") {
    return (
      <Alert
        type="info"
        header="No ClickHouse API key is set for this account"
        action={<Button onClick={() => navigate({ page: "settings" })}>Open settings</Button>}
      >
        With a key, Pipelink creates the endpoint and waits until it is Ready. Without one you paste values into
        ClickHouse yourself. What you have chosen here is kept while you are in the settings.
      </Alert>
    );
  }
  return <ProblemAlert problem={props.problem} onRetry={props.onReload} retrying={props.loading} type="warning" />;
}
