// The review's third tab: the least-privilege IAM policy of exactly this plan, to hand to whoever grants rights, and
// what each of its statements is for.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Policy, PolicyPart, Purpose } from "../ipc/bindings";
import { CodeBlock } from "./CodeBlock";

const PURPOSES: readonly { purpose: Purpose; title: string; description: string }[] = [
  { purpose: "discover", title: "To look", description: "Before: what the checks and the tables read." },
  { purpose: "apply", title: "To create", description: "While the run goes on." },
  { purpose: "undo", title: "To undo", description: "To remove what the run made, now or at any later time." },
];

export function PolicyTab({ policy, accountId }: { policy: Policy; accountId: string }) {
  const optional = policy.parts.some((part) => part.optional);
  return (
    <SpaceBetween size="l">
      <Box color="text-body-secondary">
        The least rights with which this set-up can be looked at, created and undone in account {accountId}.
        {optional && " Statements marked as optional can be left out: what they read is then not known, and the rest works."}
      </Box>
      <Container header={<Header variant="h3">Policy document</Header>}>
        <CodeBlock text={policy.document} what="IAM policy" />
      </Container>
      {PURPOSES.map(({ purpose, title, description }) => {
        const parts = policy.parts.filter((part) => part.purpose === purpose);
        if (parts.length === 0) return null;
        return (
          <Container
            key={purpose}
            header={
              <Header variant="h3" description={description} counter={`(${parts.length})`}>
                {title}
              </Header>
            }
          >
            <SpaceBetween size="m">
              {parts.map((part) => (
                <Part key={part.sid} part={part} />
              ))}
            </SpaceBetween>
          </Container>
        );
      })}
    </SpaceBetween>
  );
}

function Part({ part }: { part: PolicyPart }) {
  return (
    <div>
      <SpaceBetween direction="horizontal" size="xs">
        <Box fontWeight="bold">{part.sid}</Box>
        {part.optional && <Badge>Optional</Badge>}
      </SpaceBetween>
      <div>{part.why}</div>
      <ul className="setup-list" aria-label={`Actions of ${part.sid}`}>
        {part.actions.map((action) => (
          <li key={action}>
            <Box variant="code" display="inline">
              {action}
            </Box>
          </li>
        ))}
      </ul>
    </div>
  );
}
