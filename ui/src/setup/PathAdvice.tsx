// The recommendation beside the sources: which path, why, how long it takes and what is billed; and its picture.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Source } from "../ipc/bindings";
import { TopologyPicture } from "../shared/topology/TopologyPicture";
import { usualWords, VPC_RESOURCE_SECONDS } from "../shared/topology/usualTime";
import { vpcResourceSketch } from "./pathSketch";

/** Said before a source is picked; from then on Rust gives the reason. */
const WHY =
  "ClickPipes reaches the database through a VPC Lattice resource gateway in its VPC. The database stays private, and no load balancer is needed.";

export function PathAdvice({ source }: { source: Source | null }) {
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={source ? `For ${source.name}` : "For databases in RDS"}>
          Recommended: VPC resource
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Box>{source?.reason ?? WHY}</Box>
        <KeyValuePairs
          columns={3}
          minColumnWidth={180}
          items={[
            { label: "Usual time", value: usualWords(VPC_RESOURCE_SECONDS) },
            {
              label: "Billed by the hour",
              value: "The resource configuration, by AWS, while it exists. The review marks it.",
            },
            {
              label: "Why not another path",
              value:
                "MSK multi-VPC is for Kafka only. A VPC endpoint service needs a Network Load Balancer that follows the database's address. Neither is in this version.",
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

export function PathPicture({ source, accountId }: { source: Source | null; accountId: string }) {
  return (
    <Container header={<Header variant="h2">How it connects</Header>}>
      <TopologyPicture topology={vpcResourceSketch(source)} label="How a VPC resource connects" accountId={accountId} />
    </Container>
  );
}
