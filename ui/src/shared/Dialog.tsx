// The frame of what is asked before something that cannot be taken back: what it is, and one button that does it.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

export interface DialogProps {
  visible: boolean;
  onDismiss: () => void;
  onConfirm: () => void;
}

interface FrameProps extends DialogProps {
  header: string;
  /** What the button does, as a verb phrase. */
  confirm: string;
  /** Why it cannot be confirmed yet. */
  notYet?: string;
  busy?: boolean;
  size?: ModalProps.Size;
  children: ReactNode;
}

export function Dialog(props: FrameProps) {
  if (!props.visible) return null;
  return (
    <Modal
      visible
      onDismiss={props.onDismiss}
      header={props.header}
      size={props.size}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={props.onDismiss}>
              Not now
            </Button>
            <Button
              variant="primary"
              onClick={props.onConfirm}
              loading={props.busy}
              disabled={props.notYet !== undefined}
              disabledReason={props.notYet}
            >
              {props.confirm}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {props.children}
    </Modal>
  );
}
