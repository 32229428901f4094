// Before a connection is rejected: what breaks, the call and where it is made. One through which data goes takes a typed
// word.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";

import type { Problem } from "../../ipc/bindings";
import { Dialog } from "../Dialog";
import { ProblemAlert } from "../ProblemAlert";

const WORD = "reject";

interface RejectDialogProps {
  /** The connection's ID or ARN. */
  id: string;
  /** What breaks, in sentences. */
  breaks: string;
  /** The right and call, such as `ec2:RejectVpcEndpointConnections`. */
  call: string;
  /** Account and region. */
  where: string;
  /** Whether data goes through it now. */
  works: boolean;
  busy: boolean;
  refused: Problem | undefined;
  onDismiss: () => void;
  onConfirm: () => void;
}

export function RejectDialog({ id, breaks, call, where, works, busy, refused, onDismiss, onConfirm }: RejectDialogProps) {
  const [typed, setTyped] = useState("");
  const notYet = works && typed.trim().toLowerCase() !== WORD ? `Type ${WORD} first.` : undefined;
  return (
    <Dialog
      visible
      header="Reject the connection?"
      confirm="Reject the connection"
      notYet={notYet}
      busy={busy}
      onDismiss={onDismiss}
      onConfirm={onConfirm}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (notYet === undefined && !busy) onConfirm();
        }}
      >
        <SpaceBetween size="m">
          {refused && <ProblemAlert problem={refused} />}
          <Alert type="warning" header={works ? "This breaks" : "What this comes to"}>
            <span className="pipelink-copy-value">{breaks}</span>
          </Alert>
          <KeyValuePairs
            columns={1}
            items={[
              { label: "Connection", value: <span className="pipelink-copy-value">{id}</span> },
              {
                label: "Call",
                value: (
                  <>
                    <Box variant="code">{call}</Box>
                    <Box variant="small" display="block">
                      in {where}
                    </Box>
                  </>
                ),
              },
            ]}
          />
          {works && (
            <FormField label={`To confirm, type "${WORD}"`}>
              <Input
                value={typed}
                placeholder={WORD}
                autoComplete={false}
                spellcheck={false}
                onChange={({ detail }) => setTyped(detail.value)}
              />
            </FormField>
          )}
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
