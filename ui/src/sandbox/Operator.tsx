// Another operator of the same account: what a colleague could do to what is there now.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Container from "@cloudscape-design/components/container";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";

import type { OperatorAct } from "../ipc/bindings";
import { useFocusKept } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useDoing, type SectionProps } from "./useSandbox";

const PAGE = 10;

export function Operator({ panel, onDone }: SectionProps) {
  const doing = useDoing(onDone);
  const [done, setDone] = useState("");
  const [under, setUnder] = useState("");
  const { items, collectionProps, filterProps, filteredItemsCount, paginationProps } = useCollection<OperatorAct>(
    panel.operator,
    {
      filtering: {
        empty: <Box color="text-body-secondary">There is nothing that another operator could change now.</Box>,
        noMatch: <Box color="text-body-secondary">No act matches.</Box>,
        fields: ["title"],
      },
      pagination: { pageSize: PAGE },
    },
  );

  async function perform({ id, title }: OperatorAct) {
    setUnder(id);
    setDone("");
    if (await doing.run((client) => client.sandboxOperator(id))) setDone(title);
  }

  // The button of what is gone is gone too.
  const shell = useFocusKept(panel.operator.length, "h2");
  return (
    <div ref={shell}>
      <Container
        header={
          <Header
            variant="h2"
            description="Somebody else with the same rights changes something behind your back. AWS refuses this operator what it would refuse you."
          >
            Another operator
          </Header>
        }
      >
        <SpaceBetween size="m">
          {doing.problem && <ProblemAlert problem={doing.problem} />}
          <LiveRegion>{done !== "" && <StatusIndicator type="info">Done by the other operator: {done}</StatusIndicator>}</LiveRegion>
          <Table
            {...collectionProps}
            variant="embedded"
            wrapLines
            trackBy="id"
            items={items}
            filter={
              <TextFilter
                {...filterProps}
                filteringPlaceholder="Find an act"
                filteringAriaLabel="Find an act"
                countText={filteredItemsCount === 1 ? "1 match" : `${filteredItemsCount} matches`}
              />
            }
            pagination={panel.operator.length > PAGE ? <Pagination {...paginationProps} /> : undefined}
            columnDefinitions={[
              {
                id: "title",
                header: "What the other operator can do now",
                isRowHeader: true,
                cell: ({ title }) => <span className="pipelink-copy-value">{title}</span>,
              },
              {
                id: "do",
                header: "Do it",
                width: 140,
                cell: (act) => (
                  <Button
                    ariaLabel={`Do it: ${act.title}`}
                    loading={doing.busy && under === act.id}
                    onClick={() => void perform(act)}
                  >
                    Do it
                  </Button>
                ),
              },
            ]}
            ariaLabels={{ tableLabel: "What another operator can do" }}
          />
        </SpaceBetween>
      </Container>
    </div>
  );
}
