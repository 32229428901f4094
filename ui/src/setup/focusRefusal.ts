// Where the focus goes when a step forward is refused: to the first control of the first field that is marked, and
// where no field is, to the sentence that says why.

/** The class of the sentence above the wizard's buttons. */
export const REFUSAL = "setup-refusal";

export function focusRefusal(wizard: HTMLElement | null): void {
  const field = wizard?.querySelector("[data-invalid=true]");
  // In a table the rows are meant, not its filter or buttons.
  const control =
    field?.querySelector<HTMLElement>("table input:enabled") ??
    field?.querySelector<HTMLElement>("input:enabled, textarea:enabled, button:enabled");
  (control ?? wizard?.querySelector<HTMLElement>(`.${REFUSAL}`))?.focus();
}
