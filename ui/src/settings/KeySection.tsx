// The ClickHouse API key of the account in use: where it is, whether it works, another one, and forgetting it.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import { accountName } from "../accounts/accountWords";
import { navigate } from "../frame/routes";
import type { KeyState } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useAction } from "../shared/useCommand";
import { KeyForm } from "./KeyForm";

export interface KeySectionProps {
  /** None while no account is open. */
  state: KeyState | null;
  /** The key was saved or forgotten. */
  onChanged: () => void;
}

export function KeySection({ state, onChanged }: KeySectionProps) {
  const { account } = useAccount();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            account
              ? `For account ${accountName(account.account)}, ${account.identity.accountId}. Each account has its own key.`
              : undefined
          }
        >
          ClickHouse API key
        </Header>
      }
    >
      <Body state={state} onChanged={onChanged} />
    </Container>
  );
}

function Body({ state, onChanged }: KeySectionProps) {
  if (state === null) {
    return (
      <SpaceBetween size="m">
        <Box>A key belongs to an account. Open an account first.</Box>
        <Button onClick={() => navigate({ page: "accounts" })}>Choose an account</Button>
      </SpaceBetween>
    );
  }
  switch (state.state) {
    case "missing":
      return (
        <SpaceBetween size="m">
          <StatusIndicator type="info">No key is set</StatusIndicator>
          <KeyForm onSaved={onChanged} />
        </SpaceBetween>
      );
    case "sandbox":
      return (
        <SpaceBetween size="m">
          <StatusIndicator type="success">The sandbox brings its own key</StatusIndicator>
          <SavedKeyTest />
        </SpaceBetween>
      );
    case "keyring":
    case "memory":
      return (
        <SpaceBetween size="m">
          <StatusIndicator type={state.state === "keyring" ? "success" : "info"} wrapText>
            {state.state === "keyring"
              ? "Kept in this computer's keyring"
              : "Kept in memory: it is gone when Pipelink ends"}
          </StatusIndicator>
          <div>
            <Box variant="awsui-key-label">Key ID</Box>
            <span className="pipelink-copy-value">{state.keyId}</span>
          </div>
          <SavedKeyTest forget={onChanged} />
          <ExpandableSection headerText="Use another key">
            <KeyForm onSaved={onChanged} />
          </ExpandableSection>
        </SpaceBetween>
      );
    case "keyringUnavailable":
      return (
        <SpaceBetween size="m">
          <Alert type="warning" header="The keyring of this computer does not answer">
            A key may be kept there, but it cannot be read now. Unlock or start the keyring and open the account again,
            or enter the key here and keep it in memory until Pipelink ends.
            <ExpandableSection headerText="Raw answer">
              <Box variant="code">
                <span className="pipelink-copy-value">{state.message}</span>
              </Box>
            </ExpandableSection>
          </Alert>
          <KeyForm onSaved={onChanged} keepAtFirst="memory" />
        </SpaceBetween>
      );
  }
}

/** Asks ClickHouse with the saved key; and forgets it, where it can be. */
function SavedKeyTest({ forget }: { forget?: () => void }) {
  const client = useClient();
  const test = useAction(() => client.testKey(null));
  const [answer, setAnswer] = useState<string>();
  const [asking, setAsking] = useState(false);
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          loading={test.busy}
          onClick={() => {
            setAnswer(undefined);
            void test.run().then((organization) => setAnswer(organization?.name));
          }}
        >
          Test this key
        </Button>
        {forget && <Button onClick={() => setAsking(true)}>Forget this key</Button>}
      </SpaceBetween>
      <LiveRegion>
        {answer !== undefined && (
          <StatusIndicator type="success">ClickHouse accepts the key of organization {answer}</StatusIndicator>
        )}
      </LiveRegion>
      {test.problem && <ProblemAlert problem={test.problem} />}
      {asking && forget && <ForgetDialog onClose={() => setAsking(false)} onForgotten={forget} />}
    </SpaceBetween>
  );
}

function ForgetDialog({ onClose, onForgotten }: { onClose: () => void; onForgotten: () => void }) {
  const client = useClient();
  const { use } = useAccount();
  const forgetting = useAction(async () => {
    use(await client.forgetKey());
    return true;
  });
  async function forget() {
    if (!(await forgetting.run())) return;
    onClose();
    onForgotten();
  }
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel="Close"
      header="Forget this key"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={forgetting.busy} onClick={() => void forget()}>
              Forget
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box>
          Pipelink removes the key from this computer and stops watching the endpoints of this account. The key itself
          stays valid until you delete it in ClickHouse Cloud.
        </Box>
        {forgetting.problem && <ProblemAlert problem={forgetting.problem} />}
      </SpaceBetween>
    </Modal>
  );
}
