// An endpoint's status: icon, ClickHouse's word, and whose turn it is. Green only for what works.
import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import type { EndpointStatus, Turn } from "../ipc/bindings";
import { statusWords } from "./endpointWords";
import { turnWords } from "./turn";

export function EndpointStatusIndicator({ status, turn }: { status: EndpointStatus; turn: Turn }) {
  const whose = turnWords(turn);
  return (
    <>
      <StatusIndicator type={indicatorType(status)}>{statusWords(status)}</StatusIndicator>
      {whose && (
        <Box variant="small" display="block" color="text-body-secondary">
          {whose.charAt(0).toUpperCase() + whose.slice(1)}
        </Box>
      )}
    </>
  );
}

function indicatorType(status: EndpointStatus): StatusIndicatorProps.Type {
  switch (status.status) {
    case "ready":
      return "success";
    case "provisioning":
      return "in-progress";
    case "pendingAcceptance":
    case "rejected":
      return "warning";
    case "failed":
      return "error";
    case "expired":
    case "deleting":
      return "stopped";
    case "unknown":
    case "other":
      return "info";
  }
}
