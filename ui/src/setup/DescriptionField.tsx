// The endpoint's description in ClickHouse, on the paths that make nothing else with a name of its own.
import Input from "@cloudscape-design/components/input";

import { Field } from "./Field";
import type { FieldErrors } from "./useFieldErrors";

interface DescriptionFieldProps {
  value: string;
  onChange: (value: string) => void;
  errors: FieldErrors;
}

export function DescriptionField({ value, onChange, errors }: DescriptionFieldProps) {
  return (
    <Field
      label="Endpoint description in ClickHouse"
      description="The run's ID is added to it."
      errorText={errors.of("description")}
    >
      <Input
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        onBlur={() => errors.touch("description")}
        spellcheck={false}
        autoComplete={false}
      />
    </Field>
  );
}
