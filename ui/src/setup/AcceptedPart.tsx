// The warnings and unanswered checks that the admin ticked, each with what was found, why it matters and what can be done
// about it: what is agreed to is read once more before anything is created.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Check, CheckId } from "../ipc/bindings";
import { CHECK_NAMES } from "../shared/checkNames";
import { CopyValue } from "../shared/CopyValue";
import type { Draft } from "./draft";
import { CHECK_WORDS, VerdictBadge } from "./VerdictBadge";

export function AcceptedPart({ draft, onEdit }: { draft: Draft; onEdit: () => void }) {
  const { findings } = draft;
  // What passed when it was checked again needs nobody's consent any more.
  const accepted = draft.accepted.filter((id) => findings.find((check) => check.id === id)?.verdict !== "passed");
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${accepted.length})`}
          description={accepted.length > 0 ? "You go on with these. The run keeps which ones they were." : undefined}
          actions={
            <Button variant="inline-link" ariaLabel="Edit accepted warnings" onClick={onEdit}>
              Edit
            </Button>
          }
        >
          Accepted warnings
        </Header>
      }
    >
      {accepted.length === 0 ? (
        "None: every check passed."
      ) : (
        <ul className="setup-rows" aria-label="Accepted warnings">
          {accepted.map((id) => (
            <li key={id}>
              <Accepted id={id} check={findings.find((check) => check.id === id)} />
            </li>
          ))}
        </ul>
      )}
    </Container>
  );
}

function Accepted({ id, check }: { id: CheckId; check: Check | undefined }) {
  if (!check) return <Box fontWeight="bold">{CHECK_NAMES[id]}</Box>;
  return (
    <SpaceBetween size="xxs">
      <VerdictBadge verdict={check.verdict} words={CHECK_WORDS} />
      <Box fontWeight="bold">{check.headline}</Box>
      <div>{check.why}</div>
      {check.remedy && (
        <div>
          <Box variant="awsui-key-label" display="inline">
            What to do:
          </Box>{" "}
          {check.remedy.text}
        </div>
      )}
      {check.remedy?.command && (
        <Box variant="code">
          <CopyValue value={check.remedy.command} what={`command: ${check.headline}`} />
        </Box>
      )}
    </SpaceBetween>
  );
}
