// Third step: what of AWS is there already and used, and what is made, on the path taken. Here only what the paths have in
// common: what is being read, and why it could not be.
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { Problem } from "../ipc/bindings";
import { Loading } from "../shared/Loading";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { CommandState } from "../shared/useCommand";
import type { Draft } from "./draft";
import { EndpointServiceNetwork } from "./EndpointServiceNetwork";
import { MskNetwork } from "./MskNetwork";
import type { FieldErrors } from "./useFieldErrors";
import type { Readings } from "./useReadings";
import { VpcResourceNetwork } from "./VpcResourceNetwork";

interface NetworkStepProps {
  readings: Readings;
  draft: Draft;
  accountId: string;
  errors: FieldErrors;
}

export function NetworkStep({ readings: { network, msk, loadBalancing }, draft, accountId, errors }: NetworkStepProps) {
  switch (draft.path) {
    case "vpcResource":
      return (
        <Reading of={network} what="Reading the subnets and security groups of the source's VPC">
          {(page) => (
            <VpcResourceNetwork
              page={page}
              loading={network.loading}
              onReload={network.reload}
              draft={draft}
              accountId={accountId}
              errors={errors}
            />
          )}
        </Reading>
      );
    case "mskMultiVpc":
      return (
        <Reading of={msk} what="Reading the cluster, its policy and its connections">
          {(page) => <MskNetwork page={page} loading={msk.loading} onReload={msk.reload} draft={draft} errors={errors} />}
        </Reading>
      );
    case "endpointService":
      return (
        <Reading of={loadBalancing} what="Reading the load balancers, the endpoint services and the source's VPC">
          {(page) => (
            <EndpointServiceNetwork
              page={page}
              loading={loadBalancing.loading}
              onReload={loadBalancing.reload}
              draft={draft}
              accountId={accountId}
              errors={errors}
            />
          )}
        </Reading>
      );
    case null:
      return null;
  }
}

interface ReadingProps<T> {
  of: CommandState<T>;
  what: string;
  children: (page: T) => ReactNode;
}

function Reading<T extends { unread: Problem[] }>({ of: { data, problem, loading, reload }, what, children }: ReadingProps<T>) {
  if (!data) {
    return problem ? <ProblemAlert problem={problem} onRetry={reload} retrying={loading} /> : <Loading what={what} />;
  }
  return (
    <SpaceBetween size="l">
      {problem && <ProblemAlert problem={problem} onRetry={reload} retrying={loading} />}
      {data.unread.map((unread, index) => (
        <ProblemAlert key={index} problem={unread} onRetry={reload} retrying={loading} type="warning" />
      ))}
      {children(data)}
    </SpaceBetween>
  );
}
