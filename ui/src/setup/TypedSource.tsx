// A source that is in no list: a domain name or an address, with its ports, what speaks there, and the VPC from which
// it is reached. Rust says which rule an entry breaks; this only shows it at the field.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";

import type { DnsResolution, Engine, Vpc } from "../ipc/bindings";
import { changeSource } from "./draft";
import { Field } from "./Field";
import { vpcWords, withEngine, type SourceDraft } from "./sourceDraft";
import type { FieldErrors } from "./useFieldErrors";

interface TypedSourceProps {
  source: SourceDraft;
  vpcs: readonly Vpc[] | undefined;
  loading: boolean;
  onReload: () => void;
  errors: FieldErrors;
}

export function TypedSource({ source, vpcs, loading, onReload, errors }: TypedSourceProps) {
  const byName = source.kind === "domainName";
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description="What the resource configuration leads to, as the gateway's VPC sees it.">
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
            description="TCP. The first one goes into the connection string."
            constraintText="One or several, and ranges: 5432, 9092-9094"
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
        <Field
          label="VPC"
          description="The gateway goes into this VPC, and reaches the source from there."
          errorText={errors.of("vpc")}
        >
          <VpcPicker picked={source.vpcId} vpcs={vpcs} loading={loading} onReload={onReload} onLeft={() => errors.touch("vpc")} />
        </Field>
        {byName && <ResolutionField resolution={source.resolution} />}
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

/** Where the gateway looks the name up: the one choice here that cannot be changed later. */
function ResolutionField({ resolution }: { resolution: DnsResolution }) {
  return (
    <Field
      label="Where the gateway looks the name up"
      description="Fixed once the gateway is made, and the same for every name it looks up."
      stretch
    >
      <Tiles
        value={resolution}
        onChange={({ detail }) => changeSource({ resolution: detail.value as DnsResolution })}
        columns={2}
        items={[
          {
            value: "public",
            label: "Public DNS",
            description:
              "For a name that anybody can resolve. It may lead to a private address. A name in a private hosted zone is not found.",
          },
          {
            value: "inVpc",
            label: "The VPC's own resolver",
            description:
              "For a name in a private hosted zone, or one that a DNS server of your own knows. Such a gateway takes no database by its ARN.",
          },
        ]}
      />
    </Field>
  );
}

interface VpcPickerProps {
  picked: string;
  vpcs: readonly Vpc[] | undefined;
  loading: boolean;
  onReload: () => void;
  onLeft: () => void;
}

function VpcPicker({ picked, vpcs, loading, onReload, onLeft }: VpcPickerProps) {
  const options = (vpcs ?? []).map(vpcOption);
  return (
    <Select
      selectedOption={options.find(({ value }) => value === picked) ?? (picked === "" ? null : { value: picked })}
      options={options}
      onChange={({ detail }) => changeSource({ vpcId: detail.selectedOption.value ?? "" })}
      onBlur={onLeft}
      filteringType={options.length > FEW ? "auto" : "none"}
      filteringPlaceholder="Find by name, ID or CIDR"
      filteringAriaLabel="Filter: VPC"
      placeholder="Choose a VPC"
      selectedAriaLabel="Chosen"
      statusType={statusOf(vpcs, loading)}
      loadingText="Reading the VPCs"
      errorText="The VPCs could not be read."
      recoveryText="Read again"
      onLoadItems={({ detail }) => detail.samePage && onReload()}
      empty="No VPC could be listed in this region"
      noMatch="No VPC matches"
      virtualScroll={options.length > MANY}
    />
  );
}

/** From how many VPCs on a filter is worth its room, and from how many on only those in sight are drawn. */
const FEW = 5;
const MANY = 200;

function vpcOption({ id, name, cidr, isDefault }: Vpc): SelectProps.Option & { value: string } {
  const tags = isDefault ? ["Default VPC"] : [];
  return { value: id, label: vpcWords(id, name), ...(cidr === null ? {} : { description: cidr }), tags };
}

function statusOf(vpcs: readonly Vpc[] | undefined, loading: boolean): SelectProps["statusType"] {
  if (vpcs) return "finished";
  return loading ? "loading" : "error";
}

const ENGINES: readonly { value: Engine; label: string }[] = [
  { value: "postgres", label: "PostgreSQL" },
  { value: "mysql", label: "MySQL or MariaDB" },
  { value: "other", label: "Something else" },
];
