// A command, request or policy as text, with a button that copies it.
import SpaceBetween from "@cloudscape-design/components/space-between";

import { CopyValue } from "../shared/CopyValue";
import "./setup.css";

export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <SpaceBetween size="xs">
      <pre className="setup-code">{text}</pre>
      <CopyValue value={text} what={what}>
        {null}
      </CopyValue>
    </SpaceBetween>
  );
}
