// A long value whose parts are joined by commas, such as the brokers of a cluster: one part a line, so that each can be read.
// A part that does not fit breaks behind its dots, never at a hyphen. Selected or copied, it is the one string that it was.
import { Fragment } from "react";

import "./CommaList.css";

export function CommaList({ value }: { value: string }) {
  const parts = value.split(",");
  return parts.map((part, index) => (
    <span key={index} className="pipelink-comma-part">
      <Dotted text={index < parts.length - 1 ? `${part},` : part} />
    </span>
  ));
}

function Dotted({ text }: { text: string }) {
  return text.split(".").map((piece, index, all) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      <span>{index < all.length - 1 ? `${piece}.` : piece}</span>
    </Fragment>
  ));
}

/** Whether a value is such a list. */
export function isCommaList(value: string): boolean {
  return value.includes(",");
}
