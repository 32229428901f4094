// The shell of a page: its heading, which takes the focus when the page is opened, and the window's title.
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { useEffect, useRef, type ReactNode } from "react";

import { useAccount } from "../accounts/AccountContext";
import { accountName } from "../accounts/accountWords";
import "./Page.css";

export interface PageProps {
  title: string;
  description?: ReactNode;
  /** Buttons at the right of the heading. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, description, actions, children }: PageProps) {
  const shell = useHeadingFocus();
  useWindowTitle(title);
  return (
    <div ref={shell} className="pipelink-page">
      <ContentLayout
        header={
          <Header variant="h1" description={description} actions={actions}>
            {title}
          </Header>
        }
      >
        {children}
      </ContentLayout>
    </div>
  );
}

/** Names the page and the account in the window's title. */
export function useWindowTitle(page: string): void {
  const { account } = useAccount();
  const name = account ? accountName(account.account) : undefined;
  const number = account?.identity.accountId;
  useEffect(() => {
    document.title = [page, name && number ? `${name} ${number}` : name, "Pipelink"].filter(Boolean).join(" · ");
  }, [page, name, number]);
}

const IN_MENU = "[role^=menuitem], [aria-haspopup=true][aria-expanded=true]";

/** Moves the focus to the first h1 inside the returned element, and to the top, once, when it is shown. */
export function useHeadingFocus() {
  const shell = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A page that arrives late does not close the menu that was opened meanwhile.
    if (document.activeElement?.matches(IN_MENU)) return;
    if (focusHeading(shell.current, "h1")) window.scrollTo(0, 0);
  }, []);
  return shell;
}

/** Where a change takes away what had the focus, a heading inside the returned element takes it. */
export function useFocusKept(changed: unknown, heading: "h1" | "h2") {
  const shell = useRef<HTMLDivElement>(null);
  const seen = useRef(changed);
  useEffect(() => {
    if (seen.current === changed) return;
    seen.current = changed;
    if (document.activeElement === null || document.activeElement === document.body) focusHeading(shell.current, heading);
  }, [changed, heading]);
  return shell;
}

/** Moves the focus to the first such heading inside; says whether there is one. */
export function focusHeading(inside: ParentNode | null, name: "h1" | "h2"): boolean {
  const heading = inside?.querySelector<HTMLElement>(name);
  if (!heading) return false;
  heading.setAttribute("tabindex", "-1");
  heading.style.outline = "none";
  heading.focus({ preventScroll: true });
  return true;
}
