// The account picker: what is in use, the sandbox, and the local AWS profiles.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import { useHelp } from "../frame/Help";
import { navigate } from "../frame/routes";
import { accountsHelp } from "../help/accounts";
import { Page } from "../shared/Page";
import { AccountBanner } from "./AccountBanner";
import { useAccount } from "./AccountContext";
import { OpeningNotice } from "./OpeningNotice";
import { ProfileTable } from "./ProfileTable";

export default function AccountsPage() {
  const { account, open, opening } = useAccount();
  useHelp(accountsHelp);
  const sandboxInUse = account?.account.kind === "sandbox";

  async function useSandbox() {
    if (await open({ kind: "sandbox" })) navigate({ page: "endpoints" });
  }

  return (
    <Page title="Accounts" description="Everything you see and do belongs to the account in use.">
      <SpaceBetween size="l">
        <OpeningNotice />
        {account && (
          <Container header={<Header variant="h2">In use</Header>}>
            <AccountBanner account={account} />
          </Container>
        )}
        <Container
          header={
            <Header
              variant="h2"
              description="A simulated AWS account and ClickHouse organization on this computer."
              actions={
                sandboxInUse ? (
                  <StatusIndicator type="success">In use</StatusIndicator>
                ) : (
                  <Button loading={opening?.kind === "sandbox"} onClick={() => void useSandbox()}>
                    Use the sandbox
                  </Button>
                )
              }
            >
              Sandbox
            </Header>
          }
        >
          <Box color="text-body-secondary">
            Nothing in it is real and nothing is billed. Its clock runs faster, so that what takes minutes in AWS takes
            seconds. What you made in it is still there the next time.
          </Box>
        </Container>
        <ProfileTable />
      </SpaceBetween>
    </Page>
  );
}
