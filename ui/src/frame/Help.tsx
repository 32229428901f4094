// The help panel beside the page. A page says with `useHelp` what stands in it; the frame draws it. Which page is
// shown and whether the panel is open are two things: the panel stays open while the admin goes from page to page.
import HelpPanel from "@cloudscape-design/components/help-panel";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

/** What the panel says about one page. */
export interface PageHelp {
  /** Names the page, or the step of it. */
  title: string;
  /** Only what the panel knows to lay out: p, h3, h4, ul, ol, dl, code, pre, b. */
  body: ReactNode;
}

type Show = (help: PageHelp | null) => void;

// Two contexts: a page that sets its help is not drawn anew because of it.
const ShowContext = createContext<Show | null>(null);
const ShownContext = createContext<PageHelp | null>(null);

export function HelpProvider({ children }: { children: ReactNode }) {
  const [shown, show] = useState<PageHelp | null>(null);
  return (
    <ShowContext value={show}>
      <ShownContext value={shown}>{children}</ShownContext>
    </ShowContext>
  );
}

/** Puts the help of the page that is shown into the panel, for as long as it is shown. */
export function useHelp({ title, body }: PageHelp): void {
  const show = useContext(ShowContext);
  const help = useMemo(() => ({ title, body }), [title, body]);
  useEffect(() => {
    show?.(help);
    return () => show?.(null);
  }, [show, help]);
}

/** The panel itself. The layout keeps it in the page while it is closed: then it is empty, so that nothing finds it. */
export function HelpOfPage({ open }: { open: boolean }) {
  const help = useContext(ShownContext);
  if (!open) return null;
  return (
    <HelpPanel header={<h2>{help?.title ?? "Help"}</h2>}>
      {help?.body ?? <p>This page has no help of its own.</p>}
    </HelpPanel>
  );
}
