// Asks which region to work in. The list comes from AWS; where it cannot be read, a region is typed.
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";

import type { Profile } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { ProblemLine } from "../shared/ProblemAlert";
import { useCommand } from "../shared/useCommand";

export interface RegionDialogProps {
  profile: Profile;
  onChoose: (region: string) => void;
  onCancel: () => void;
}

/** Asked for the list of regions where the profile names none: every account of the partition can use it. */
const ASK_IN = "us-east-1";

export function RegionDialog({ profile, onChoose, onCancel }: RegionDialogProps) {
  const client = useClient();
  const [region, setRegion] = useState(profile.region ?? "");
  const regions = useCommand(
    () => client.accountRegions({ kind: "profile", name: profile.name, region: profile.region ?? ASK_IN }),
    [client, profile.name, profile.region],
  );
  const chosen = region.trim();
  return (
    <Modal
      visible
      onDismiss={onCancel}
      closeAriaLabel="Close"
      header={`Region for profile ${profile.name}`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onCancel}>
              Cancel
            </Button>
            <Button variant="primary" disabled={chosen === ""} onClick={() => onChoose(chosen)}>
              Open the account
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FormField
        label="AWS region"
        description="The region of the database that you want to connect."
        constraintText={
          regions.problem && (
            <>
              The regions could not be listed, so type one. <ProblemLine problem={regions.problem} />
            </>
          )
        }
      >
        <Autosuggest
          autoFocus
          value={region}
          onChange={({ detail }) => setRegion(detail.value)}
          options={(regions.data ?? []).map((value) => ({ value }))}
          statusType={regions.loading ? "loading" : "finished"}
          loadingText="Reading the regions"
          enteredTextLabel={(value) => `Use: "${value}"`}
          empty="No region listed"
          placeholder="us-east-1"
          ariaLabel="AWS region"
        />
      </FormField>
    </Modal>
  );
}
