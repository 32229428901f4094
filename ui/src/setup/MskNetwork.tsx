// The network step of MSK multi-VPC connectivity: what the cluster is, how ClickPipes prove who they are, what becomes of
// its connectivity and its policy, and who has connected already.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tiles from "@cloudscape-design/components/tiles";

import type { MskAuthentication, MskPage, MultiVpcSchemes } from "../ipc/bindings";
import { useLastBoard } from "../shared/BoardContext";
import { MskConnections } from "../shared/connections/MskConnections";
import { useAccountClock } from "../shared/useAccountClock";
import { minutesWords } from "./advice";
import { DescriptionField } from "./DescriptionField";
import { changeMsk, type Draft } from "./draft";
import { Field } from "./Field";
import { MskPolicy } from "./MskPolicy";
import type { FieldErrors } from "./useFieldErrors";
import { FIT_WORDS, VerdictBadge } from "./VerdictBadge";

interface MskNetworkProps {
  page: MskPage;
  loading: boolean;
  onReload: () => void;
  draft: Draft;
  errors: FieldErrors;
}

export function MskNetwork({ page, loading, onReload, draft, errors }: MskNetworkProps) {
  const board = useLastBoard();
  const now = useAccountClock(board.data, 60);
  const { authentication, description } = draft.msk;
  const picked = page.authentications.find((row) => row.authentication === authentication);
  return (
    <SpaceBetween size="l">
      <Cluster page={page} loading={loading} onReload={onReload} />
      <Field
        label="How ClickPipes authenticate"
        description="A cluster takes one connection of ClickPipes for each authentication."
        errorText={errors.of("authentication")}
        stretch
      >
        <Tiles
          value={authentication}
          onChange={({ detail }) => changeMsk({ authentication: detail.value as MskAuthentication })}
          columns={2}
          items={page.authentications.map((row) => ({
            value: row.authentication,
            label: AUTHENTICATIONS[row.authentication],
            description: (
              <SpaceBetween size="xxs">
                <VerdictBadge verdict={row.verdict} words={FIT_WORDS} />
                <div>{row.reason}</div>
              </SpaceBetween>
            ),
            disabled: row.verdict === "failure",
          }))}
        />
      </Field>
      {page.authentications.every(({ verdict }) => verdict === "failure") && (
        <Alert type="error" header="This cluster cannot be connected as it is">
          Put right what is said above and read the cluster again, or choose another path for it.
        </Alert>
      )}
      {picked && picked.verdict !== "failure" && <Connectivity row={picked} />}
      <MskPolicy policy={page.policy} />
      <MskConnections clusterArn={page.clusterArn} now={now} onRejected={onReload} />
      {draft.by !== "hand" && (
        <Container header={<Header variant="h2">Name</Header>}>
          <DescriptionField value={description} onChange={(words) => changeMsk({ description: words })} errors={errors} />
        </Container>
      )}
    </SpaceBetween>
  );
}

export const AUTHENTICATIONS: Record<MskAuthentication, string> = {
  saslIam: "IAM access control (SASL/IAM)",
  saslScram: "User name and password (SASL/SCRAM)",
};

function Cluster({ page, loading, onReload }: Pick<MskNetworkProps, "page" | "loading" | "onReload">) {
  const subnets = page.subnets.map(({ id, name, availabilityZoneId }) => `${name ?? id} (${availabilityZoneId})`);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={<span className="setup-name">{page.clusterArn}</span>}
          actions={<Button iconName="refresh" ariaLabel="Read the cluster again" onClick={onReload} loading={loading} />}
        >
          <span className="setup-name">Cluster {page.name}</span>
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        minColumnWidth={150}
        items={[
          ...page.facts.map(({ label, value }) => ({ label, value: value || "None" })),
          ...(subnets.length > 0 ? [{ label: "Subnets", value: subnets.map((subnet) => <div key={subnet}>{subnet}</div>) }] : []),
        ]}
      />
    </Container>
  );
}

/** What becomes of the cluster's connectivity, and that it can take hours. */
function Connectivity({ row }: { row: MskPage["authentications"][number] }) {
  const { update } = row;
  if (!update) {
    return (
      <StatusIndicator type="info" colorOverride="grey" wrapText>
        The run does not change the cluster&apos;s connectivity.
      </StatusIndicator>
    );
  }
  return (
    <Alert type="info" header={`Multi-VPC connectivity is turned on first: usually ${minutesWords(update.usual)}, by an estimate`}>
      <SpaceBetween size="xs">
        <div>
          On now: {schemesWords(update.previous)}. On afterwards: {schemesWords(update.schemes)}. Nothing that is on is
          turned off.
        </div>
        <div>
          AWS restarts the brokers one after the other. On a large cluster that can take hours, and AWS does not say how
          long. You may close the window meanwhile and continue the run later.
        </div>
        <div>
          AWS bills it for each hour and each authentication that is on, and for each GB. Undoing the run leaves it on unless
          you say otherwise then, since others may have come to use it.
        </div>
      </SpaceBetween>
    </Alert>
  );
}

function schemesWords({ iam, scram, tls }: MultiVpcSchemes): string {
  const on = [iam && "SASL/IAM", scram && "SASL/SCRAM", tls && "mutual TLS"].filter((word) => word !== false);
  return on.length === 0 ? "nothing" : on.join(", ");
}
