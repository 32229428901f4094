// What becomes of a cluster's policy: the statements that are there, which stay as they are, and the one that is added.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";

import type { MskPage } from "../ipc/bindings";
import { CodeBlock } from "./CodeBlock";

export function MskPolicy({ policy }: { policy: MskPage["policy"] }) {
  return (
    <Container
      header={
        <Header variant="h2" description={policy.summary}>
          Cluster policy
        </Header>
      }
    >
      <SpaceBetween size="m">
        {policy.statements.length > 0 && (
          <Table
            variant="embedded"
            wrapLines
            cellVerticalAlign="top"
            items={policy.statements}
            ariaLabels={{ tableLabel: "Statements of the cluster policy" }}
            columnDefinitions={[
              {
                id: "name",
                header: "Statement that is there",
                isRowHeader: true,
                minWidth: 130,
                cell: ({ name, effect, conditional }) => (
                  <>
                    <Box fontWeight="bold">{name}</Box>
                    <Box variant="small">{conditional ? `${effect}, under a condition` : effect}</Box>
                  </>
                ),
              },
              { id: "principals", header: "Whom it names", minWidth: 170, cell: ({ principals }) => <Lines of={principals} /> },
              { id: "actions", header: "Actions", minWidth: 245, cell: ({ actions }) => <Lines of={actions} /> },
            ]}
          />
        )}
        {policy.added !== null && (
          <ExpandableSection headerText="The statement that is added" defaultExpanded={policy.statements.length === 0}>
            <CodeBlock text={policy.added} what="statement that is added" />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Lines({ of }: { of: readonly string[] }) {
  if (of.length === 0) return "None";
  return (
    <ul className="setup-list">
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
