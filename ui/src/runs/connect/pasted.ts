// The values that ClickHouse asks for when an endpoint is created by hand, as labelled lines: the page shows them, and the
// hand-off sheet has them as text.
import type { MskAuthentication, PasteValues } from "../../ipc/bindings";

export interface Pasted {
  /** What the value is, as a label. */
  label: string;
  /** The same within a sentence: "Copy …". */
  what: string;
  /** None while it is not made. */
  value: string | null;
}

export function pasted(values: PasteValues): Pasted[] {
  switch (values.path) {
    case "vpcResource":
      return [
        { label: "Resource configuration ID", what: "resource configuration ID", value: values.configurationId },
        { label: "Resource share ARN", what: "resource share ARN", value: values.shareArn },
        ...values.privateDns.map(({ name, wholeEndpoint, configurationId }) =>
          wholeEndpoint
            ? privateName(name)
            : { label: `Custom private DNS: ${name}`, what: `resource configuration ID of ${name}`, value: configurationId },
        ),
      ];
    case "mskMultiVpc":
      return [
        { label: "MSK cluster ARN", what: "MSK cluster ARN", value: values.clusterArn },
        { label: "Authentication", what: "authentication", value: AUTHENTICATION[values.authentication] },
      ];
    case "endpointService": {
      const names = values.serviceNames;
      if (names.length === 0) return [{ label: "Endpoint service name", what: "endpoint service name", value: null }];
      return names.flatMap((value, index) => {
        const number = names.length === 1 ? "" : ` ${index + 1}`;
        const service = { label: `Endpoint service name${number}`, what: `endpoint service name${number}`, value };
        return [service, ...(values.privateDns[index] ?? []).map((name) => privateName(name, number))];
      });
    }
  }
}

/** A name of the source's own that leads to a whole endpoint. */
function privateName(name: string, number = ""): Pasted {
  return { label: `Custom private DNS${number}`, what: `custom private DNS name ${name}`, value: name };
}

/** ClickHouse's own words. */
const AUTHENTICATION: Record<MskAuthentication, string> = { saslIam: "SASL_IAM", saslScram: "SASL_SCRAM" };

/** The type of the endpoint as ClickHouse's form names it. */
export function typeWords({ path }: PasteValues): string {
  switch (path) {
    case "vpcResource":
      return "VPC resource";
    case "mskMultiVpc":
      return "MSK multi-VPC";
    case "endpointService":
      return "VPC endpoint service";
  }
}
