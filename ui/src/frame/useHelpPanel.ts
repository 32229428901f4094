// Whether the help panel is open, and where the keyboard is meanwhile: opened by key or menu it takes the focus,
// closed by the same key it gives it back.
import type { AppLayoutProps } from "@cloudscape-design/components/app-layout";
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

export interface HelpPanelState {
  open: boolean;
  /** Opens it, and moves the focus there. */
  show: () => void;
  /** Opens it, or closes it and gives the focus back. */
  toggle: () => void;
  /** The panel's own buttons opened or closed it; they look after the focus themselves. */
  change: (open: boolean) => void;
}

export function useHelpPanel(layout: RefObject<AppLayoutProps.Ref | null>): HelpPanelState {
  const [open, setOpen] = useState(false);
  // Counts the times that the focus was asked for: it can move only once the panel is drawn.
  const [asked, setAsked] = useState(0);
  const cameFrom = useRef<HTMLElement | null>(null);

  useEffect(() => {
    if (asked > 0) layout.current?.focusToolsClose();
  }, [asked, layout]);

  const show = useCallback(() => {
    cameFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpen(true);
    setAsked((count) => count + 1);
  }, []);

  const toggle = useCallback(() => {
    if (!open) {
      show();
      return;
    }
    setOpen(false);
    const back = cameFrom.current;
    cameFrom.current = null;
    if (back?.isConnected) back.focus();
  }, [open, show]);

  return { open, show, toggle, change: setOpen };
}
