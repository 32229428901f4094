// A value with a button that copies it, and that says whether it worked.
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useRef, useState, type ReactNode } from "react";

import { useClient } from "../ipc/ClientContext";
import "./CopyValue.css";

export interface CopyValueProps {
  /** What is copied. */
  value: string;
  /** What it is, for the button's name: "Copy DNS name". */
  what: string;
  /** What is shown instead of the value; `null` shows the button alone, with its name as text. */
  children?: ReactNode;
}

type Outcome = "idle" | "copied" | "failed";

const SHOWN_MS = 4000;

export function CopyValue({ value, what, children }: CopyValueProps) {
  const client = useClient();
  const [outcome, setOutcome] = useState<Outcome>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    const done = await client.copyText(value).then(
      () => "copied" as const,
      () => "failed" as const,
    );
    setOutcome(done);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome("idle"), SHOWN_MS);
  }

  const name = `Copy ${what}`;
  return (
    <span className="pipelink-copy">
      {children === null ? (
        <Button formAction="none" iconName="copy" onClick={() => void copy()}>
          {name}
        </Button>
      ) : (
        <span className="pipelink-copy-line">
          <Button formAction="none" variant="inline-icon" iconName="copy" ariaLabel={name} onClick={() => void copy()} />
          <span className="pipelink-copy-value">{children ?? value}</span>
        </span>
      )}
      <LiveRegion tagName="span">
        {outcome === "copied" && <StatusIndicator type="success">Copied</StatusIndicator>}
        {outcome === "failed" && (
          <StatusIndicator type="error">Could not copy: select the text and copy it yourself</StatusIndicator>
        )}
      </LiveRegion>
    </span>
  );
}
