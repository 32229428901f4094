// The keyboard shortcuts of the window, and the list of them under "?". They are single letters, so that they hold
// still while something is typed, while a dialog is open, and beside Ctrl, Alt or Meta.
import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import Table from "@cloudscape-design/components/table";
import { useEffect, useState } from "react";

import { navigate, type Route } from "./routes";

/** Pages by the letter that follows "g". */
const PAGES: readonly { key: string; route: Route; words: string }[] = [
  { key: "e", route: { page: "endpoints" }, words: "Go to Endpoints" },
  { key: "s", route: { page: "setup" }, words: "Set up a connection" },
  { key: "r", route: { page: "runs" }, words: "Go to Runs" },
  { key: ",", route: { page: "settings" }, words: "Go to Settings" },
];

const LISTED = [
  ...PAGES.map(({ key, words }) => ({ keys: ["g", key], words })),
  { keys: ["?"], words: "Show these shortcuts" },
];

/** How long "g" waits for its second letter. */
const SECOND_MS = 1500;

export function Shortcuts() {
  const [listed, setListed] = useState(false);

  useEffect(() => {
    let begun = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Shift") return;
      const second = event.timeStamp - begun < SECOND_MS;
      begun = Number.NEGATIVE_INFINITY;
      if (isTyping(event.target) || document.querySelector("[role=dialog]")) return;
      if (event.key === "?") {
        setListed(true);
        return;
      }
      const page = second ? PAGES.find(({ key }) => key === event.key) : undefined;
      if (page) {
        event.preventDefault();
        navigate(page.route);
      } else if (event.key === "g") {
        begun = event.timeStamp;
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  if (!listed) return null;
  return (
    <Modal visible size="small" header="Keyboard shortcuts" onDismiss={() => setListed(false)}>
      <Table
        variant="borderless"
        contentDensity="compact"
        items={LISTED}
        columnDefinitions={[
          { id: "keys", header: "Keys", width: 120, cell: ({ keys }) => <Keys keys={keys} /> },
          { id: "words", header: "What they do", isRowHeader: true, cell: ({ words }) => words },
        ]}
        ariaLabels={{ tableLabel: "Keyboard shortcuts" }}
      />
    </Modal>
  );
}

function Keys({ keys }: { keys: readonly string[] }) {
  return keys.map((key, index) => (
    <span key={key}>
      {index > 0 && " then "}
      <Box variant="code" display="inline">
        {key}
      </Box>
    </span>
  ));
}

/** Inputs that take no letters. */
const NOT_TYPED: ReadonlySet<string> = new Set(["checkbox", "radio", "button", "submit", "reset"]);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NOT_TYPED.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select"));
}
