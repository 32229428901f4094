// Settings: the ClickHouse key of the account in use, the theme, and where files are.
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";

import { useHelp } from "../frame/Help";
import { useTheme } from "../frame/theme";
import { settingsHelp } from "../help/settings";
import type { SettingsPage as Settings, Theme } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { CopyValue } from "../shared/CopyValue";
import { LoadingPage } from "../shared/Loading";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useAction, useCommand } from "../shared/useCommand";
import { KeySection } from "./KeySection";

export default function SettingsPage() {
  const client = useClient();
  useHelp(settingsHelp);
  const settings = useCommand(() => client.settings(), [client], { refetchOn: ["account"] });
  return (
    <Page title="Settings">
      <SpaceBetween size="l">
        {settings.problem && <ProblemAlert problem={settings.problem} onRetry={settings.reload} />}
        {!settings.data && settings.loading && <LoadingPage what="Reading the settings" />}
        {settings.data && <KeySection state={settings.data.key} onChanged={settings.reload} />}
        <Appearance />
        {settings.data && <About settings={settings.data} />}
      </SpaceBetween>
    </Page>
  );
}

function Appearance() {
  const { theme, choose } = useTheme();
  const keep = useAction(choose);
  return (
    <Container header={<Header variant="h2">Appearance</Header>}>
      <SpaceBetween size="m">
        {keep.problem && <ProblemAlert problem={keep.problem}>The choice holds until Pipelink ends.</ProblemAlert>}
        <FormField label="Theme">
          <RadioGroup
            value={theme}
            onChange={({ detail }) => void keep.run(detail.value as Theme)}
            items={[
              { value: "system", label: "As the system" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

function About({ settings }: { settings: Settings }) {
  return (
    <Container
      header={
        <Header variant="h2" description="The journals keep what was seen and done. Neither they nor the logs hold a secret.">
          About Pipelink
        </Header>
      }
    >
      <KeyValuePairs
        columns={1}
        items={[
          { label: "Version", value: settings.version },
          { label: "Journals", value: <CopyValue value={settings.dataFolder} what="folder of the journals" /> },
          { label: "Logs", value: <CopyValue value={settings.logFolder} what="folder of the logs" /> },
        ]}
      />
    </Container>
  );
}
