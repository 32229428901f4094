// The fields that several kinds of typed source have: the VPC from which it is reached, where its names are looked up, and
// the addresses of what is a name.
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import Tiles from "@cloudscape-design/components/tiles";

import type { DnsResolution, PathKind, Vpc } from "../ipc/bindings";
import { changeSource } from "./draft";
import { Field } from "./Field";
import { vpcWords, type SourceDraft } from "./sourceDraft";
import type { FieldErrors } from "./useFieldErrors";

interface VpcFieldProps {
  source: SourceDraft;
  path: PathKind | null;
  vpcs: readonly Vpc[] | undefined;
  loading: boolean;
  onReload: () => void;
  errors: FieldErrors;
}

export function VpcField({ source, path, vpcs, loading, onReload, errors }: VpcFieldProps) {
  return (
    <Field
      label="VPC"
      description={
        path === "endpointService"
          ? "The load balancer goes into this VPC, and reaches the source from there."
          : "The gateway goes into this VPC, and reaches the source from there."
      }
      errorText={errors.of("vpc")}
    >
      <VpcPicker picked={source.vpcId} vpcs={vpcs} loading={loading} onReload={onReload} onLeft={() => errors.touch("vpc")} />
    </Field>
  );
}

/** A load balancer's targets are addresses: those of names are looked up, unless they are entered. */
export function AddressesField({ source, errors }: { source: SourceDraft; errors: FieldErrors }) {
  return (
    <Field
      label="Private addresses of the names"
      description="A load balancer needs addresses. Leave this empty if the names resolve on this computer."
      constraintText="One per line, in the order of the names"
      errorText={errors.of("addresses")}
      stretch
    >
      <Textarea
        value={source.addresses}
        onChange={({ detail }) => changeSource({ addresses: detail.value })}
        onBlur={() => errors.touch("addresses")}
        placeholder={"10.20.1.15\n10.20.2.15"}
        rows={3}
        spellcheck={false}
        autoComplete={false}
      />
    </Field>
  );
}

/** Where the gateway looks the name up: the one choice here that cannot be changed later. */
export function ResolutionField({ resolution }: { resolution: DnsResolution }) {
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
