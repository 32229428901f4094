// Which field breaks which rule, as Rust says it. A field shows its error once it was left or Next was pressed,
// not while it is typed in for the first time; from then on the error follows what is typed.
import { useCallback, useEffect, useRef, useState } from "react";

import type { Choices, Field, FieldError } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";

export interface FieldErrors {
  /** The rule that a field breaks, where it is to be shown. */
  of: (field: Field) => string | undefined;
  /** The field was left. */
  touch: (field: Field) => void;
  /** Next was pressed: shows all errors of these fields; answers whether there is none. */
  settle: (fields: readonly Field[]) => Promise<boolean>;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Rust takes only a whole date, so that a date half typed is told here. */
function unfinished(choices: Choices): FieldError[] {
  return choices.service.by === "hand" && !DAY.test(choices.service.createdOn)
    ? [{ field: "createdOn", rule: "Enter the day as year, month and day." }]
    : [];
}

export function useFieldErrors(choices: Choices): FieldErrors {
  const client = useClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [touched, setTouched] = useState<ReadonlySet<Field>>(new Set());
  const key = JSON.stringify(choices);
  const latest = useRef(choices);
  latest.current = choices;
  const latestKey = useRef(key);
  latestKey.current = key;

  const ask = useCallback(async (): Promise<FieldError[]> => {
    const asked = latest.current;
    const missing = unfinished(asked);
    if (missing.length === 0) return client.validate(asked);
    const dated = { ...asked, service: { ...asked.service, createdOn: "2000-01-01" } };
    return [...missing, ...(await client.validate(dated as Choices))];
  }, [client]);

  useEffect(() => {
    if (touched.size === 0) return;
    let current = true;
    void ask().then(
      (found) => current && setErrors(found),
      () => undefined, // Said on Next, where it stops the way.
    );
    return () => {
      current = false;
    };
  }, [ask, key, touched]);

  const of = (field: Field) =>
    touched.has(field) ? errors.find((error) => error.field === field)?.rule : undefined;

  const touch = useCallback((field: Field) => {
    setTouched((before) => (before.has(field) ? before : new Set([...before, field])));
  }, []);

  const settle = useCallback(
    async (fields: readonly Field[]) => {
      setTouched((before) => new Set([...before, ...fields]));
      const asked = latestKey.current;
      const found = await ask();
      // What was changed meanwhile is asked about by itself: an older answer must not come after that one.
      if (latestKey.current === asked) setErrors(found);
      return !found.some(({ field }) => fields.includes(field));
    },
    [ask],
  );

  return { of, touch, settle };
}
