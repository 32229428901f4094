// The board's rows as the table filters and sorts them: plain words beside the row itself.
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";

import type { Board, BoardRow } from "../ipc/bindings";
import { urgency } from "../shared/deadline";
import { endpointName, kindWords, statusWords } from "../shared/endpointWords";
import { turnWords } from "../shared/turn";

export interface TableRow {
  id: string;
  name: string;
  status: string;
  turn: string;
  kind: string;
  service: string;
  region: string;
  /** All its DNS names, for the filter. */
  dns: string;
  /** How many pipes use it; -1 where that is not known. */
  pipes: number;
  /** When its deletion can begin; far in the future where there is none. */
  deletion: number;
  row: BoardRow;
}

export function tableRows(board: Board): TableRow[] {
  return board.rows.map((row) => ({
    id: row.endpoint.id,
    name: endpointName(row.endpoint),
    status: statusWords(row.endpoint.status),
    turn: capital(turnWords(row.turn)) || "Nobody's turn",
    kind: kindWords(row.endpoint.kind),
    service: row.service.name,
    region: row.service.region,
    dns: [...row.endpoint.dnsNames, ...row.endpoint.privateDnsNames].join(" "),
    pipes: row.pipes?.length ?? -1,
    deletion: row.deletion ? urgency(row.deletion) : Number.MAX_SAFE_INTEGER,
    row,
  }));
}

const TEXT = [":", "!:", "=", "!="] as const;
const WORD = ["=", "!="] as const;

export const FILTERS: PropertyFilterProps.FilteringProperty[] = [
  { key: "name", propertyLabel: "Name", groupValuesLabel: "Names", operators: TEXT },
  { key: "status", propertyLabel: "Status", groupValuesLabel: "Statuses", operators: WORD },
  { key: "turn", propertyLabel: "Turn", groupValuesLabel: "Turns", operators: WORD },
  { key: "kind", propertyLabel: "Kind", groupValuesLabel: "Kinds", operators: WORD },
  { key: "service", propertyLabel: "Service", groupValuesLabel: "Services", operators: TEXT },
  { key: "region", propertyLabel: "Region", groupValuesLabel: "Regions", operators: WORD },
  { key: "dns", propertyLabel: "DNS name", groupValuesLabel: "DNS names", operators: [":", "!:"] },
];

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
