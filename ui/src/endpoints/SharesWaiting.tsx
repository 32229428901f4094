// Shares made without a ClickHouse key: the values to paste, and whether ClickHouse has accepted the share yet.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import { navigate } from "../frame/routes";
import type { WatchedShare } from "../ipc/bindings";
import { CopyValue } from "../shared/CopyValue";
import { RelativeTime } from "../shared/RelativeTime";

export function SharesWaiting({ shares, now }: { shares: readonly WatchedShare[]; now: number }) {
  return shares.map((share) => <ShareCard key={share.run} share={share} now={now} />);
}

function ShareCard({ share, now }: { share: WatchedShare; now: number }) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button
              ariaLabel={`Open the run of ${share.source}`}
              onClick={() => navigate({ page: "run", run: share.run })}
            >
              Open the run
            </Button>
          }
          description={
            <>
              Shared <RelativeTime at={share.madeAt} now={now} />. AWS keeps a share open for acceptance only for a
              limited time.
            </>
          }
        >
          <span className="pipelink-copy-value">{share.source}: create the endpoint in ClickHouse</span>
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Box>
          In ClickHouse Cloud, create a reverse private endpoint of type VPC resource with these two values. ClickHouse
          then accepts the share by itself.
        </Box>
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: "Resource configuration ID",
              value: <CopyValue value={share.configurationId} what="resource configuration ID" />,
            },
            { label: "Resource share ARN", value: <CopyValue value={share.shareArn} what="resource share ARN" /> },
            { label: "Acceptance", value: <Acceptance status={share.principalStatus} /> },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

interface Association {
  type: StatusIndicatorProps.Type;
  words: string;
}

/** The states of a principal's association (RAM, ResourceShareAssociationStatus), with what they mean here. */
const ASSOCIATIONS: ReadonlyMap<string, Association> = new Map<string, Association>([
  ["ASSOCIATING", { type: "warning", words: "Not accepted yet, your turn" }],
  ["ASSOCIATED", { type: "success", words: "Accepted by ClickHouse" }],
  ["FAILED", { type: "error", words: "Failed: the share cannot be accepted. Undo the run and set it up again" }],
  ["DISASSOCIATING", { type: "in-progress", words: "ClickHouse's account is being taken off the share" }],
  [
    "DISASSOCIATED",
    {
      type: "error",
      words: "ClickHouse's account is not on the share any more. Undo the run and set it up again",
    },
  ],
  ["SUSPENDING", { type: "warning", words: "AWS is suspending the share" }],
  ["SUSPENDED", { type: "warning", words: "Suspended by AWS" }],
  ["RESTORING", { type: "in-progress", words: "AWS is restoring the share" }],
]);

/** The association in words; of a state newer than this program AWS's own word alone. */
function Acceptance({ status }: { status: string | null }) {
  const { type, words }: Association =
    status === null
      ? { type: "info", words: "Not read from AWS" }
      : (ASSOCIATIONS.get(status) ?? { type: "info", words: status });
  return (
    <StatusIndicator type={type} wrapText>
      {words}
    </StatusIndicator>
  );
}
