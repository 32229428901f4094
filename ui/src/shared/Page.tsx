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

/** Moves the focus to the first h1 inside the returned element, and to the top, once, when it is shown. */
export function useHeadingFocus() {
  const shell = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const heading = shell.current?.querySelector("h1");
    if (!heading) return;
    heading.setAttribute("tabindex", "-1");
    heading.style.outline = "none";
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return shell;
}
