// Services whose endpoints could not be read this time: which, why, what to do. Their rows stay on the board.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import type { BoardRow, UnreadService } from "../ipc/bindings";
import { ShowMore } from "../shared/ShowMore";
import { RemedyAction, useExplanation } from "../shared/ProblemAlert";
import "./endpoints.css";

const SHOWN = 5;

export interface UnreadServicesProps {
  unread: readonly UnreadService[];
  rows: readonly BoardRow[];
  onRetry: () => void;
}

export function UnreadServices({ unread, rows, onRetry }: UnreadServicesProps) {
  if (unread.length === 0) return null;
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${unread.length})`}>
          Services that could not be read
        </Header>
      }
    >
      <ShowMore items={unread} step={SHOWN} what="services">
        {(shown) => (
          <ul className="pipelink-plain-list">
            {shown.map((service) => (
              <li key={service.service.id}>
                <Unread
                  unread={service}
                  kept={rows.filter((row) => row.service.id === service.service.id).length}
                  onRetry={onRetry}
                />
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </Container>
  );
}

function Unread({ unread, kept, onRetry }: { unread: UnreadService; kept: number; onRetry: () => void }) {
  const { service, problem } = unread;
  const words = useExplanation(problem);
  return (
    <div className="pipelink-line">
      <div>
        <StatusIndicator type={problem.code === "serviceIdle" ? "stopped" : "warning"} wrapText>
          <strong className="pipelink-copy-value">{service.name}</strong>: {words?.headline ?? "could not be read."}
        </StatusIndicator>
        <div>
          {words?.why} {words?.remedy.text}{" "}
          {kept > 0 && `${kept === 1 ? "Its endpoint is" : `Its ${kept} endpoints are`} shown as last seen.`}
        </div>
      </div>
      {words?.remedy.button && (
        <SpaceBetween size="xs">
          <RemedyAction
            button={words.remedy.button}
            problem={problem}
            serviceId={service.id}
            organizationId={service.organizationId}
            onRetry={onRetry}
          />
        </SpaceBetween>
      )}
    </div>
  );
}
