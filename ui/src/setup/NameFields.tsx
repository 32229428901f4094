// The names of what will be made: what is there already has its own. Rust says which rule a name breaks; this only shows it at the field.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Input from "@cloudscape-design/components/input";

import type { Field as FieldId, Names } from "../ipc/bindings";
import { changeVpcResource, type Draft } from "./draft";
import { Field } from "./Field";
import type { VpcResourceExtent } from "./pathTypes";
import type { FieldErrors } from "./useFieldErrors";

const FIELDS: readonly { name: keyof Names; field: FieldId; label: string; description: string }[] = [
  {
    name: "gateway",
    field: "gatewayName",
    label: "Resource gateway",
    description: "Unique in the account and region.",
  },
  {
    name: "configuration",
    field: "configurationName",
    label: "Resource configuration",
    description: "Unique in the account and region.",
  },
  {
    name: "share",
    field: "shareName",
    label: "Resource share",
    description: "One share serves one endpoint.",
  },
  {
    name: "description",
    field: "description",
    label: "Endpoint description in ClickHouse",
    description: "The run's ID is added to it.",
  },
];

/** What is named: a share and an endpoint always, since a share serves one endpoint only. */
const MADE: Record<VpcResourceExtent["extent"], readonly (keyof Names)[]> = {
  everything: ["gateway", "configuration", "share", "description"],
  onGateway: ["configuration", "share", "description"],
  onConfiguration: ["share", "description"],
};

export function NameFields({ draft, errors }: { draft: Draft; errors: FieldErrors }) {
  const { extent, names } = draft.vpcResource;
  const fields = FIELDS.filter(({ name }) => MADE[extent].includes(name)).filter(
    // Without a key nothing is described in ClickHouse.
    ({ name }) => draft.by !== "hand" || name !== "description",
  );
  return (
    <ColumnLayout columns={2}>
      {fields.map(({ name, field, label, description }) => (
        <Field key={name} label={label} description={description} errorText={errors.of(field)}>
          <Input
            value={names[name]}
            onChange={({ detail }) => changeVpcResource({ names: { ...names, [name]: detail.value } })}
            onBlur={() => errors.touch(field)}
            spellcheck={false}
            autoComplete={false}
          />
        </Field>
      ))}
    </ColumnLayout>
  );
}
