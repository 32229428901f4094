// Several hosts that are one source: the brokers of a Kafka cluster with its schema registry, or the nodes of a MongoDB
// replica set. Clients are sent on from one to the other by name.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";

import { changeSource } from "./draft";
import { Field } from "./Field";
import { HOSTS_WORDS, type HostsEngine, type SourceDraft } from "./sourceDraft";
import { AddressesField, ResolutionField, VpcField } from "./sourceFields";
import type { TypedSourceProps } from "./TypedSource";
import type { FieldErrors } from "./useFieldErrors";

export function HostsSource({ draft: { source, path }, vpcs, loading, onReload, errors }: TypedSourceProps) {
  const kafka = source.hostsEngine === "kafka";
  const balanced = path === "endpointService";
  return (
    <Container
      header={
        <Header variant="h2" description="As they are seen from the VPC below.">
          Several hosts
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Field label="What they are">
          <RadioGroup
            value={source.hostsEngine}
            onChange={({ detail }) => changeSource({ hostsEngine: detail.value as HostsEngine })}
            items={ENGINES}
          />
        </Field>
        <Field
          label="Hosts"
          description={
            kafka
              ? "The names in advertised.listeners: clients are sent on to them. Without a port, 9092 is taken."
              : "The names in the replica set's configuration: clients are sent on to them. Without a port, 27017 is taken."
          }
          constraintText="One host with its port per line"
          errorText={errors.of("source")}
          stretch
        >
          <Textarea
            value={source.hosts}
            onChange={({ detail }) => changeSource({ hosts: detail.value })}
            onBlur={() => errors.touch("source")}
            placeholder={kafka ? "broker-1.example.com:9092\nbroker-2.example.com:9092" : "node-1.example.com:27017\nnode-2.example.com:27017"}
            rows={4}
            spellcheck={false}
            autoComplete={false}
          />
        </Field>
        {balanced && <AddressesField source={source} errors={errors} />}
        {kafka && <RegistryFields source={source} balanced={balanced} errors={errors} />}
        <VpcField source={source} path={path} vpcs={vpcs} loading={loading} onReload={onReload} errors={errors} />
        {!balanced && <ResolutionField resolution={source.resolution} />}
      </SpaceBetween>
    </Container>
  );
}

/** A schema registry is reached over an endpoint of the brokers. */
function RegistryFields({ source, balanced, errors }: { source: SourceDraft; balanced: boolean; errors: FieldErrors }) {
  return (
    <SpaceBetween size="l">
      <Field
        label={
          <>
            Schema registry <i>- optional</i>
          </>
        }
        description={
          balanced
            ? "It shares a load balancer and an endpoint with brokers. If its port is taken on all of them, it gets its own."
            : "It is reached over the same endpoint as the brokers."
        }
        constraintText="Host and port"
        errorText={errors.of("registry")}
        stretch
      >
        <Input
          value={source.registry}
          onChange={({ detail }) => changeSource({ registry: detail.value })}
          onBlur={() => errors.touch("registry")}
          placeholder="registry.example.com:8081"
          spellcheck={false}
          autoComplete={false}
        />
      </Field>
      {balanced && (
        <Field
          label="Private address of the schema registry"
          description="Leave this empty if its name resolves on this computer, or if there is no registry."
          errorText={errors.of("registryAddress")}
          stretch
        >
          <Input
            value={source.registryAddress}
            onChange={({ detail }) => changeSource({ registryAddress: detail.value })}
            onBlur={() => errors.touch("registryAddress")}
            placeholder="10.20.1.20"
            inputMode="decimal"
            spellcheck={false}
            autoComplete={false}
          />
        </Field>
      )}
    </SpaceBetween>
  );
}

const ENGINES: readonly { value: HostsEngine; label: string }[] = [
  { value: "kafka", label: HOSTS_WORDS.kafka },
  { value: "mongoDb", label: HOSTS_WORDS.mongoDb },
];
