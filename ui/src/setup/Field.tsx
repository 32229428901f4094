// A form field of the wizard. It marks itself while it shows an error, so that the focus finds it when a step
// forward is refused (focusRefusal.ts).
import FormField, { type FormFieldProps } from "@cloudscape-design/components/form-field";

export function Field(props: FormFieldProps) {
  return <FormField {...props} data-invalid={props.errorText !== undefined} />;
}
