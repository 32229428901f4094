// Hands the client to the pages, so that a test can hand them another one.
import { createContext, useContext, type ReactNode } from "react";

import type { Client } from "./client";

const ClientContext = createContext<Client | null>(null);

export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("no client is provided");
  return client;
}
