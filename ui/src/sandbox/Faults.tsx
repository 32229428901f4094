// What goes wrong in the sandbox: the faults that are switched on, each with how often it has struck.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Container from "@cloudscape-design/components/container";
import Table from "@cloudscape-design/components/table";

import type { SandboxFault } from "../ipc/bindings";
import { useFocusKept } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { FaultForm } from "./FaultForm";
import { callWords, faultWords, hitsWords, timesWords } from "./faultWords";
import { useDoing, type SectionProps } from "./useSandbox";

const PAGE = 10;

export function Faults({ panel, onDone }: SectionProps) {
  const doing = useDoing(onDone);
  const { items, collectionProps, paginationProps } = useCollection(panel.faults, { pagination: { pageSize: PAGE } });
  const clear = (id: number | null) => void doing.run((client) => client.sandboxClearFault(id));
  // The button of what is gone is gone too.
  const shell = useFocusKept(panel.faults.length, "h2");
  return (
    <div ref={shell}>
      <Container
        header={
          <Header
            variant="h2"
            description="Switch something on, then do with Pipelink what it disturbs: a run continues, or stops with its reason."
          >
            What goes wrong
          </Header>
        }
      >
        <SpaceBetween size="l">
          <FaultForm panel={panel} onDone={onDone} />
          {doing.problem && <ProblemAlert problem={doing.problem} />}
          <Table
            {...collectionProps}
            pagination={panel.faults.length > PAGE ? <Pagination {...paginationProps} /> : undefined}
            variant="embedded"
            wrapLines
            trackBy={({ id }) => String(id)}
            items={items}
            header={
              <Header
                variant="h3"
                counter={`(${panel.faults.length})`}
                actions={
                  panel.faults.length > 0 && (
                    <Button loading={doing.busy} onClick={() => clear(null)}>
                      Remove all
                    </Button>
                  )
                }
              >
                Switched on
              </Header>
            }
            empty={<Box color="text-body-secondary">Nothing is switched on: all calls are answered as they should be.</Box>}
            columnDefinitions={[
              {
                id: "call",
                header: "Call",
                isRowHeader: true,
                minWidth: 190,
                cell: ({ fault }) => <span className="pipelink-copy-value">{callWords(fault)}</span>,
              },
              { id: "kind", header: "What goes wrong", minWidth: 220, cell: Kind },
              { id: "times", header: "How often", minWidth: 110, cell: ({ fault }) => timesWords(fault.times) },
              { id: "hits", header: "So far", minWidth: 120, cell: hitsWords },
              {
                id: "remove",
                header: "Remove",
                minWidth: 100,
                cell: ({ id, fault }) => (
                  <Button
                    variant="inline-link"
                    ariaLabel={`Remove ${faultWords(fault.kind).label} of ${callWords(fault)}`}
                    onClick={() => clear(id)}
                  >
                    Remove
                  </Button>
                ),
              },
            ]}
            ariaLabels={{ tableLabel: "Faults that are switched on" }}
          />
        </SpaceBetween>
      </Container>
    </div>
  );
}

function Kind({ fault }: SandboxFault) {
  const { label, meaning } = faultWords(fault.kind);
  const details = [
    meaning,
    fault.delayMs > 0 ? `Delay: ${fault.delayMs} ms.` : "",
    fault.reason ? `Reason: ${fault.reason}` : "",
  ].filter((part) => part !== "");
  return (
    <>
      {label}
      <Box variant="small" display="block" color="text-body-secondary">
        <span className="pipelink-copy-value">{details.join(" ")}</span>
      </Box>
    </>
  );
}
