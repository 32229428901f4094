// What stays after a run, and the whole hand-off sheet as plain text.
import type { ConnectSheet, Run, Stays } from "../../ipc/bindings";
import { BILLED_BY } from "../../shared/billed";
import { usedId, usedNoun } from "../actionWords";
import { addressLines } from "./address";
import { pasted, typeWords } from "./pasted";

export interface Staying extends Stays {
  /** No run made it. */
  before: boolean;
}

/** What the run made, and then what it builds upon. */
export function staying(run: Run, sheet: ConnectSheet): Staying[] {
  return [
    ...sheet.stays.map((each) => ({ ...each, before: false })),
    ...run.plan.uses.map((used) => ({ what: usedNoun(used), id: usedId(used), billed: null, before: true })),
  ];
}

/** The sheet as text, to hand on. */
export function sheetText(run: Run, sheet: ConnectSheet): string {
  const lines = [
    `Connection to ${run.plan.source.name}, run ${run.id}`,
    `AWS account ${run.identity.accountId}, ${run.identity.region}`,
    "",
  ];
  if (sheet.paste) {
    lines.push(`Endpoint type: ${typeWords(sheet.paste)}`);
    for (const { label, value } of pasted(sheet.paste)) lines.push(`${label}: ${value ?? "not made yet"}`);
  }
  for (const { label, values } of addressLines(sheet)) {
    // One line for each name, so that each can be taken on its own.
    const one = values.length > 1 ? label.replace("names", "name") : label;
    for (const value of values) lines.push(`${one}: ${value}`);
  }
  lines.push("", "Next in ClickHouse:", ...sheet.next.map((line, index) => `${index + 1}. ${line}`));
  const all = staying(run, sheet);
  if (all.length > 0) {
    lines.push("", "Stays in AWS:");
    for (const { what, id, billed, before } of all) {
      const note = before ? " (was there before)" : billed ? ` (billed ${BILLED_BY[billed]})` : "";
      lines.push(`- ${what} ${id}${note}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
