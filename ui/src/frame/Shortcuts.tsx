// The keyboard shortcuts of the window, and the list of them under "?". They are single letters, so that they hold
// still while something is typed, while a dialog is open, and beside Ctrl, Alt or Meta. F1 is no letter: it works
// while something is typed too.
import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import Table from "@cloudscape-design/components/table";
import { useEffect, useRef } from "react";

import { useAccount } from "../accounts/AccountContext";
import { navigate, type Route } from "./routes";

interface PageKey {
  key: string;
  route: Route;
  words: string;
}

/** Pages by the letter that follows "g". */
const PAGES: readonly PageKey[] = [
  { key: "e", route: { page: "endpoints" }, words: "Go to Endpoints" },
  { key: "s", route: { page: "setup" }, words: "Set up a connection" },
  { key: "r", route: { page: "runs" }, words: "Go to Runs" },
  { key: "a", route: { page: "accounts" }, words: "Go to Accounts" },
  { key: ",", route: { page: "settings" }, words: "Go to Settings" },
];

/** Only while the sandbox is in use. */
const SANDBOX: PageKey = { key: "b", route: { page: "sandbox" }, words: "Go to Sandbox" };

/** How long "g" waits for its second letter. */
const SECOND_MS = 1500;

export interface ShortcutsProps {
  /** The list is shown. */
  listed: boolean;
  onListed: (listed: boolean) => void;
  /** Opens or closes the help panel. */
  onHelp: () => void;
}

export function Shortcuts({ listed, onListed, onHelp }: ShortcutsProps) {
  const { account } = useAccount();
  const pages = account?.account.kind === "sandbox" ? [...PAGES, SANDBOX] : PAGES;
  const latest = useRef({ pages, onListed, onHelp });
  latest.current = { pages, onListed, onHelp };

  useEffect(() => {
    let begun = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Shift") return;
      const now = latest.current;
      const second = event.timeStamp - begun < SECOND_MS;
      begun = Number.NEGATIVE_INFINITY;
      if (document.querySelector("[role=dialog]")) return;
      if (event.key === "F1") {
        // The web view's own help, where it has one, is not meant.
        event.preventDefault();
        now.onHelp();
        return;
      }
      if (isTyping(event.target)) return;
      if (event.key === "?") {
        now.onListed(true);
        return;
      }
      const page = second ? now.pages.find(({ key }) => key === event.key) : undefined;
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
    <Modal visible size="small" header="Keyboard shortcuts" onDismiss={() => onListed(false)}>
      <Table
        variant="borderless"
        contentDensity="compact"
        items={[
          ...pages.map(({ key, words }) => ({ keys: ["g", key], words })),
          { keys: ["F1"], words: "Open or close help" },
          { keys: ["?"], words: "Show these shortcuts" },
        ]}
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
