// First start: what Pipelink is in three sentences, the sandbox, and the local AWS profiles.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";

import { useHelp } from "../frame/Help";
import { navigate } from "../frame/routes";
import { startHelp } from "../help/accounts";
import { Page } from "../shared/Page";
import { useAccount } from "./AccountContext";
import { OpeningNotice } from "./OpeningNotice";
import { ProfileTable } from "./ProfileTable";

export default function FirstStart() {
  const { open, opening } = useAccount();
  useHelp(startHelp);
  const profiles = useRef<HTMLDivElement>(null);

  async function useSandbox() {
    if (await open({ kind: "sandbox" })) navigate({ page: "endpoints" });
  }

  function showProfiles() {
    profiles.current?.scrollIntoView({ block: "start" });
    const heading = profiles.current?.querySelector("h2");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  return (
    <Page title="AWS PrivateLink for ClickPipes">
      <SpaceBetween size="l">
        <Box fontSize="heading-m" fontWeight="normal" color="text-body-secondary">
          Pipelink makes a private database in your AWS account reachable for ClickHouse ClickPipes, and watches over
          every endpoint that does so. It checks first, shows each call before it is made, and can take back what it
          made. In the sandbox, a simulated account on this computer, you can try all of it: nothing there is real, and
          nothing is billed.
        </Box>
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={opening?.kind === "sandbox"} onClick={() => void useSandbox()}>
            Try it in the sandbox
          </Button>
          <Button onClick={showProfiles}>Use my AWS profiles</Button>
        </SpaceBetween>
        <OpeningNotice />
        <div ref={profiles}>
          <ProfileTable />
        </div>
      </SpaceBetween>
    </Page>
  );
}
