// Enters a ClickHouse API key. What is typed goes to Rust and is dropped here as soon as it is saved; it is
// never typed twice, also not when the keyring turns out not to answer.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import LiveRegion from "@cloudscape-design/components/live-region";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";

import { useAccount } from "../accounts/AccountContext";
import type { KeepKey, TypedKey } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useAction } from "../shared/useCommand";

export interface KeyFormProps {
  onSaved: () => void;
  keepAtFirst?: KeepKey;
}

const NOTHING: TypedKey = { id: "", secret: "" };

export function KeyForm({ onSaved, keepAtFirst = "keyring" }: KeyFormProps) {
  const client = useClient();
  const { use } = useAccount();
  const [typed, setTyped] = useState(NOTHING);
  const [keep, setKeep] = useState<KeepKey>(keepAtFirst);
  const [incomplete, setIncomplete] = useState(false);
  const [organization, setOrganization] = useState<string>();
  const test = useAction((key: TypedKey) => client.testKey(key));
  const save = useAction(async (key: TypedKey, where: KeepKey) => {
    use(await client.saveKey(key, where));
    return true;
  });

  const key: TypedKey = { id: typed.id.trim(), secret: typed.secret.trim() };
  const complete = key.id !== "" && key.secret !== "";

  function type(part: Partial<TypedKey>) {
    setTyped((before) => ({ ...before, ...part }));
    setOrganization(undefined);
    test.clear();
    save.clear();
  }

  /** Whether both fields are filled in; says so at the fields otherwise. */
  function ready(): boolean {
    setIncomplete(!complete);
    return complete;
  }

  async function runTest() {
    if (!ready()) return;
    setOrganization(undefined);
    save.clear();
    setOrganization((await test.run(key))?.name);
  }

  async function runSave(where: KeepKey) {
    if (!ready()) return;
    setKeep(where);
    test.clear();
    if (!(await save.run(key, where))) return;
    setTyped(NOTHING);
    onSaved();
  }

  const keyringSilent = save.problem?.code === "keyringUnavailable";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void runSave(keep);
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" loading={test.busy} onClick={() => void runTest()}>
              Test this key
            </Button>
            <Button variant="primary" loading={save.busy}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          <Box color="text-body-secondary">
            Make a key in ClickHouse Cloud under API keys. It needs the right to manage ClickPipes of the services that
            you connect: ClickHouse asks for that right even to read endpoints.
          </Box>
          <FormField label="Key ID" errorText={incomplete && key.id === "" ? "Enter the key's ID." : undefined}>
            <Input
              value={typed.id}
              onChange={({ detail }) => type({ id: detail.value })}
              autoComplete={false}
              spellcheck={false}
            />
          </FormField>
          <FormField
            label="Key secret"
            errorText={incomplete && key.secret === "" ? "Enter the key's secret." : undefined}
          >
            <Input
              type="password"
              value={typed.secret}
              onChange={({ detail }) => type({ secret: detail.value })}
              autoComplete={false}
            />
          </FormField>
          <FormField label="Keep it">
            <RadioGroup
              value={keep}
              onChange={({ detail }) => {
                setKeep(detail.value as KeepKey);
                save.clear();
              }}
              items={[
                {
                  value: "keyring",
                  label: "In this computer's keyring",
                  description: "Protected by the operating system, there the next time.",
                },
                {
                  value: "memory",
                  label: "In memory",
                  description: "Gone when Pipelink ends; enter it again the next time.",
                },
              ]}
            />
          </FormField>
          <LiveRegion>
            {organization !== undefined && (
              <StatusIndicator type="success">
                ClickHouse accepts the key: it belongs to organization {organization}
              </StatusIndicator>
            )}
          </LiveRegion>
          {test.problem && <ProblemAlert problem={test.problem} />}
          {save.problem && (
            <ProblemAlert
              problem={save.problem}
              action={
                keyringSilent && (
                  <Button formAction="none" onClick={() => void runSave("memory")}>
                    Keep it in memory instead
                  </Button>
                )
              }
            />
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
