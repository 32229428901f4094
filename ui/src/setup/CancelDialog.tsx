// Asks before choices are thrown away.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";

interface CancelDialogProps {
  visible: boolean;
  onStay: () => void;
  onLeave: () => void;
}

export function CancelDialog({ visible, onStay, onLeave }: CancelDialogProps) {
  if (!visible) return null;
  return (
    <Modal
      visible
      onDismiss={onStay}
      header="Discard your choices?"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onStay}>
              Keep choosing
            </Button>
            <Button variant="primary" onClick={onLeave}>
              Discard
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      What you chose in this set-up is forgotten. Nothing has been created in AWS or ClickHouse.
    </Modal>
  );
}
