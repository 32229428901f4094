// A source that is in no list: a domain name or an address, with its ports, what speaks there, and the VPC from which
// it is reached. What only one path asks stands there while that path is taken. Rust says which rule an entry breaks;
// this only shows it at the field.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Engine, Vpc } from "../ipc/bindings";
import { changeSource, type Draft } from "./draft";
import { Field } from "./Field";
import { withEngine, type SourceDraft } from "./sourceDraft";
import { AddressesField, ResolutionField, VpcField } from "./sourceFields";
import type { FieldErrors } from "./useFieldErrors";

export interface TypedSourceProps {
  draft: Draft;
  vpcs: readonly Vpc[] | undefined;
  loading: boolean;
  onReload: () => void;
  errors: FieldErrors;
}

export function TypedSource({ draft: { source, path }, vpcs, loading, onReload, errors }: TypedSourceProps) {
  const balanced = path === "endpointService";
  const byName = source.kind === "domainName";
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description="As it is seen from the VPC below.">
          {byName ? "Domain name" : "IP address"}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {byName ? <NameField source={source} errors={errors} /> : <AddressField source={source} errors={errors} />}
        <ColumnLayout columns={2}>
          <Field label="What speaks there" description="Decides the connection string at the end.">
            <RadioGroup
              value={source.engine}
              onChange={({ detail }) => changeSource(withEngine(source, detail.value as Engine))}
              items={ENGINES}
            />
          </Field>
          <Field
            label="Ports"
            description={balanced ? "TCP. The load balancer listens at the same one." : "TCP. The first one goes into the connection string."}
            constraintText={balanced ? "One port: 5432" : "One or several, and ranges: 5432, 9092-9094"}
            errorText={errors.of("ports")}
          >
            <Input
              value={source.ports}
              onChange={({ detail }) => changeSource({ ports: detail.value })}
              onBlur={() => errors.touch("ports")}
              placeholder="5432"
              spellcheck={false}
              autoComplete={false}
            />
          </Field>
        </ColumnLayout>
        <VpcField source={source} path={path} vpcs={vpcs} loading={loading} onReload={onReload} errors={errors} />
        {byName && balanced && <AddressesField source={source} errors={errors} />}
        {byName && !balanced && <ResolutionField resolution={source.resolution} />}
      </SpaceBetween>
    </Container>
  );
}

function NameField({ source, errors }: { source: SourceDraft; errors: FieldErrors }) {
  return (
    <Field
      label="Name"
      description="As a client in the VPC would use it."
      errorText={errors.of("source")}
      stretch
    >
      <Input
        value={source.name}
        onChange={({ detail }) => changeSource({ name: detail.value })}
        onBlur={() => errors.touch("source")}
        placeholder="orders.db.example.com"
        spellcheck={false}
        autoComplete={false}
      />
    </Field>
  );
}

function AddressField({ source, errors }: { source: SourceDraft; errors: FieldErrors }) {
  return (
    <Field
      label="Address"
      description="A private IPv4 address that the VPC reaches. The connection does not follow when the source moves to another one: prefer a domain name where there is one."
      errorText={errors.of("source")}
      stretch
    >
      <Input
        value={source.address}
        onChange={({ detail }) => changeSource({ address: detail.value })}
        onBlur={() => errors.touch("source")}
        placeholder="10.20.1.15"
        inputMode="decimal"
        spellcheck={false}
        autoComplete={false}
      />
    </Field>
  );
}

const ENGINES: readonly { value: Engine; label: string }[] = [
  { value: "postgres", label: "PostgreSQL" },
  { value: "mysql", label: "MySQL or MariaDB" },
  { value: "kafka", label: "Kafka" },
  { value: "mongoDb", label: "MongoDB" },
  { value: "other", label: "Something else" },
];
