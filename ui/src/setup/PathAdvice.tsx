// The recommendation beside the sources: which path, why, how long it takes and what is billed; and its picture.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { SourceChoice } from "../ipc/bindings";
import { BILLED_BY } from "../shared/billed";
import { TopologyPicture } from "../shared/topology/TopologyPicture";
import { usualWords, VPC_RESOURCE_SECONDS } from "../shared/topology/usualTime";
import { vpcResourceSketch } from "./pathSketch";
import type { NamedSource } from "./sourceDraft";

/** Said where Rust has no reason of its own: before a database is picked, and for what is only typed. */
const WHY: Record<SourceChoice["kind"], string> = {
  database:
    "ClickPipes reaches the database through a VPC Lattice resource gateway in its VPC. The database stays private, and no load balancer is needed.",
  domainName:
    "A VPC Lattice resource gateway looks the name up and connects from the VPC. What it leads to stays private, and no load balancer is needed.",
  ipAddress:
    "A VPC Lattice resource gateway connects to the address from the VPC. What is there stays private, and no load balancer is needed.",
};

/** What the path is recommended for, until the source has a name. */
const FOR: Record<SourceChoice["kind"], string> = {
  database: "For databases in RDS",
  domainName: "For what has a domain name",
  ipAddress: "For what has a private address",
};

export function PathAdvice({ kind, source }: { kind: SourceChoice["kind"]; source: NamedSource | null }) {
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={source?.name ? <span className="setup-name">For {source.name}</span> : FOR[kind]}>
          Recommended: VPC resource
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Box>{source?.reason ?? WHY[kind]}</Box>
        <KeyValuePairs
          columns={3}
          minColumnWidth={180}
          items={[
            { label: "Usual time", value: usualWords(VPC_RESOURCE_SECONDS) },
            {
              label: "Billed by AWS",
              value: `The data that the resource gateway processes, ${BILLED_BY.byData}. The review asks for the price.`,
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

export function PathPicture({ source, accountId }: { source: NamedSource | null; accountId: string }) {
  return (
    <Container header={<Header variant="h2">How it connects</Header>}>
      <TopologyPicture topology={vpcResourceSketch(source)} label="How a VPC resource connects" accountId={accountId} />
    </Container>
  );
}
