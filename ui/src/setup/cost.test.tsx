// What is said where no price is known: whether AWS's list was asked, and where to look.
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { Action, Price } from "../ipc/bindings";
import { Cost } from "./Cost";

const prices = { data: [] as Price[], problem: undefined, loading: false, reload: () => undefined, replace: () => undefined };

it.each([
  ["createResourceGateway", "Not known: AWS's price list names none for it in us-east-1. See AWS's page of PrivateLink prices."],
  ["createLoadBalancer", "Pipelink does not look this price up. See AWS's page of Elastic Load Balancing prices."],
  ["updateMskConnectivity", "Pipelink does not look this price up. See AWS's page of Amazon MSK prices."],
])("the price of %s", (action, words) => {
  render(<Cost action={{ action } as Action} region="us-east-1" prices={prices} />);
  expect(screen.getByText(words)).toBeInTheDocument();
});
