// The mark on what AWS bills. Its price is not known here: only the review asks for it.
import Badge from "@cloudscape-design/components/badge";

import type { Billed } from "../ipc/bindings";
import { BILLED_BY } from "./billed";

export function BilledBadge({ billed }: { billed: Billed }) {
  return <Badge color="severity-medium">{`Billed ${BILLED_BY[billed]}`}</Badge>;
}
