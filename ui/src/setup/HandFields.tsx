// Without a key: the two things about the ClickHouse service that decide where its ClickPipes run.
import Autosuggest from "@cloudscape-design/components/autosuggest";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import DatePicker from "@cloudscape-design/components/date-picker";

import type { AccountView } from "../ipc/bindings";
import { useClient } from "../ipc/ClientContext";
import { useCommand } from "../shared/useCommand";
import { change, type Draft } from "./draft";
import { Field } from "./Field";
import type { FieldErrors } from "./useFieldErrors";

export function HandFields({ draft, account, errors }: { draft: Draft; account: AccountView; errors: FieldErrors }) {
  const client = useClient();
  const regions = useCommand(() => client.accountRegions(account.account), [client, JSON.stringify(account.account)]);
  return (
    <ColumnLayout columns={2}>
      <Field
        label="AWS region of the service"
        description="As the service's settings in ClickHouse Cloud name it."
        errorText={errors.of("serviceRegion")}
      >
        <Autosuggest
          value={draft.handRegion}
          onChange={({ detail }) => change({ handRegion: detail.value })}
          onBlur={() => errors.touch("serviceRegion")}
          options={(regions.data ?? []).map((value) => ({ value }))}
          statusType={regions.loading ? "loading" : "finished"}
          loadingText="Reading the regions"
          enteredTextLabel={(value) => `Use ${value}`}
          placeholder="us-east-1"
          ariaLabel="AWS region of the service"
        />
      </Field>
      <Field
        label="Day the service was created"
        description="Decides, with the region, where its ClickPipes run."
        constraintText="YYYY/MM/DD"
        errorText={errors.of("createdOn")}
      >
        <DatePicker
          value={draft.handCreatedOn}
          onChange={({ detail }) => change({ handCreatedOn: detail.value })}
          onBlur={() => errors.touch("createdOn")}
          placeholder="YYYY/MM/DD"
          openCalendarAriaLabel={(date) => (date ? `Choose the day, ${date} is chosen` : "Choose the day")}
        />
      </Field>
    </ColumnLayout>
  );
}
