// The recommendation beside the sources: which path, why, how long it takes, what is billed, and its picture.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Source } from "../ipc/bindings";
import { TopologyPicture } from "../shared/topology/TopologyPicture";
import { vpcResourceSketch } from "./pathSketch";

export function PathAdvice({ source, accountId }: { source: Source | null; accountId: string }) {
  return (
    <Container header={<Header variant="h2">Recommended path: VPC resource</Header>}>
      <SpaceBetween size="m">
        <Box>
          {source?.reason ??
            "ClickPipes reaches the database through a VPC Lattice resource gateway in its VPC. The database stays private, and no load balancer is needed."}
        </Box>
        <KeyValuePairs
          columns={1}
          items={[
            { label: "Usual time", value: "5 to 15 minutes" },
            {
              label: "Billed by the hour",
              value: "The resource configuration, by AWS, while it exists. The review marks it.",
            },
            {
              label: "Other paths",
              value:
                "MSK multi-VPC fits Kafka clusters only. A VPC endpoint service needs a Network Load Balancer. Neither is in this version.",
            },
          ]}
        />
        <TopologyPicture
          topology={vpcResourceSketch(source)}
          label="The VPC resource path"
          accountId={accountId}
        />
      </SpaceBetween>
    </Container>
  );
}
