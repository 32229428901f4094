// The four names. Rust says which rule a name breaks; this only shows it at the field.
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

import type { Field, Names } from "../ipc/bindings";
import { change, type Draft } from "./draft";
import type { FieldErrors } from "./useFieldErrors";

const FIELDS: readonly { name: keyof Names; field: Field; label: string; description: string }[] = [
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

export function NameFields({ draft, errors }: { draft: Draft; errors: FieldErrors }) {
  const fields = draft.by === "hand" ? FIELDS.filter(({ name }) => name !== "description") : FIELDS;
  return (
    <ColumnLayout columns={2}>
      {fields.map(({ name, field, label, description }) => (
        <FormField key={name} label={label} description={description} errorText={errors.of(field)}>
          <Input
            value={draft.names[name]}
            onChange={({ detail }) => change({ names: { ...draft.names, [name]: detail.value } })}
            onBlur={() => errors.touch(field)}
            spellcheck={false}
            autoComplete={false}
          />
        </FormField>
      ))}
    </ColumnLayout>
  );
}
