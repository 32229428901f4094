// How the source is reached, as labelled lines: the page shows them, and the hand-off sheet has them as text.
import type { ConnectSheet } from "../../ipc/bindings";

export interface AddressLine {
  label: string;
  what: string;
  values: readonly string[];
  /** What is said where there is none. */
  none?: string;
}

/** The lines in the order in which a pipe's form asks for them; what the path does not have is left out. */
export function addressLines(sheet: ConnectSheet): AddressLine[] {
  const { dnsNames, privateNames, brokers } = sheet;
  const lines: (AddressLine | null)[] = [
    brokers === null ? null : { label: "Brokers", what: "brokers", values: [brokers] },
    brokers !== null && dnsNames.length === 0
      ? null
      : {
          label: dnsNames.length > 1 ? "DNS names" : "DNS name",
          what: "DNS name",
          values: dnsNames,
          none: sheet.paste === null ? "Not there yet" : "ClickHouse shows it once the endpoint is Ready",
        },
    privateNames.length === 0
      ? null
      : {
          label: privateNames.length > 1 ? "Private DNS names, in ClickPipes' VPC" : "Private DNS name, in ClickPipes' VPC",
          what: "private DNS name",
          values: privateNames,
        },
    // Each broker has its own port, which its address carries.
    brokers?.includes(",") ? null : { label: "Port", what: "port", values: [String(sheet.port)] },
    optional("Connection string", "connection string", sheet.connectionString),
    optional("Schema registry URL", "schema registry URL", sheet.schemaRegistry),
    optional("TLS host", "TLS host", sheet.tlsHost),
    optional("TXT record, name", "name of the TXT record", sheet.txtRecord?.names[0] ?? null),
    optional("TXT record, value", "value of the TXT record", sheet.txtRecord?.value ?? null),
  ];
  return lines.filter((line) => line !== null);
}

function optional(label: string, what: string, value: string | null): AddressLine | null {
  return value === null ? null : { label, what, values: [value] };
}

/** One sentence under the heading: at what the source is reached, or who has to do what first. */
export function addressWords(sheet: ConnectSheet, name: string, waiting: boolean): string {
  if (waiting) return "Values to paste into ClickHouse. Everything in AWS is ready for it.";
  if (sheet.brokers !== null) return `ClickPipes reaches ${name} at these brokers.`;
  if (sheet.dnsNames.length === 1) return `ClickPipes reaches ${name} at this name and port.`;
  if (sheet.dnsNames.length > 1) return `ClickPipes reaches ${name} at these names and this port.`;
  return `ClickHouse shows the DNS name at which ClickPipes reaches ${name}, once the endpoint is Ready there.`;
}
