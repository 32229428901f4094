// What an undo says of multi-VPC connectivity that it left on: that it goes on being billed, and how it is turned off.
import SpaceBetween from "@cloudscape-design/components/space-between";

import type { Action, MultiVpcSchemes, Run } from "../ipc/bindings";
import { authenticationWords } from "../shared/connections/connectionWords";
import { actionOf } from "./actionWords";

type Update = Extract<Action, { action: "updateMskConnectivity" }>;

interface KeptConnectivityProps {
  run: Run;
  /** Whether the account and region in use are the run's: the button to turn it off is there only then. */
  here: boolean;
}

/** Nothing where the run left no connectivity on. */
export function KeptConnectivity({ run, here }: KeptConnectivityProps) {
  const update = keptUpdate(run);
  if (!update) return null;
  const { accountId, region } = run.identity;
  const withPipelink = here
    ? "turn it off with the button above"
    : `choose account ${accountId} in ${region}, then turn it off on this page`;
  return (
    <SpaceBetween size="xs">
      <div>
        It stays billed: AWS charges multi-VPC connectivity for each hour and each authentication that is on, used or not, and
        for each GB. This run turned it on for {turnedOn(update)}.
      </div>
      <div>
        Once nobody uses it, {withPipelink}, or in the MSK console: open the cluster {run.plan.source.name}, then Properties,
        Network settings, Edit, Turn off multi-VPC connectivity. Connections that still use that authentication are cut off.
      </div>
    </SpaceBetween>
  );
}

function keptUpdate(run: Run): Update | undefined {
  for (const step of run.steps) {
    const action = actionOf(run, step);
    if (step.state.state === "kept" && action?.action === "updateMskConnectivity") return action;
  }
  return undefined;
}

/** The authentications that were off before, in words. */
function turnedOn({ schemes, previous }: Update): string {
  const names: Record<keyof MultiVpcSchemes, string> = { iam: "SASL_IAM", scram: "SASL_SCRAM", tls: "TLS" };
  const all: readonly (keyof MultiVpcSchemes)[] = ["iam", "scram", "tls"];
  return all
    .filter((scheme) => schemes[scheme] && !previous[scheme])
    .map((scheme) => authenticationWords(names[scheme]))
    .join(" and ");
}
