// Everything that surrounds the pages: client, words, account, theme. The real window and the tests render this.
import "@cloudscape-design/global-styles/index.css";
import I18nProvider from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { StrictMode } from "react";

import { AccountProvider } from "../accounts/AccountContext";
import type { Client } from "../ipc/client";
import { ClientProvider } from "../ipc/ClientContext";
import "../shared/base.css";
import "../shared/colors.css";
import { Frame } from "./Frame";
import { ThemeProvider } from "./theme";

export function Window({ client }: { client: Client }) {
  return (
    <StrictMode>
      <I18nProvider locale="en" messages={[messages]}>
        <ClientProvider client={client}>
          <ThemeProvider>
            <AccountProvider>
              <Frame />
            </AccountProvider>
          </ThemeProvider>
        </ClientProvider>
      </I18nProvider>
    </StrictMode>
  );
}
