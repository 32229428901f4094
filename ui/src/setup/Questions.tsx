// The questions of the advice that neither the source nor the service answers by itself: where the source runs, which
// service reads it, whether that is in its region, and whether it has to be reached under a name of its own. A question
// is asked once the answers before it make it count, and stays in sight when it is answered.
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

import type { Advice, RunsOn, ServiceRow, SourcesPage } from "../ipc/bindings";
import { LISTED_PLACES, PLACES, serviceInRegion } from "./advice";
import { answer, change, changeSource, type Draft } from "./draft";
import { Field } from "./Field";

interface QuestionsProps {
  advice: Advice | undefined;
  draft: Draft;
  page: SourcesPage | undefined;
  region: string;
}

export function Questions({ advice, draft, page, region }: QuestionsProps) {
  const services = page?.services.state === "known" ? page.services.value : undefined;
  const told = serviceInRegion(draft, services, region);
  const listed = draft.source.kind === "listed";
  const { answers } = draft;
  const asksPlace = advice?.next === "runsOn" || (!listed && answers.runsOn !== null);
  const asksRegion = advice?.next === "sameRegion" || told !== null || answers.clickpipesRegionSame !== null;
  const asksService = asksRegion && services !== undefined && draft.by !== "hand";
  // A service that does not tell, or none to choose from.
  const asksRegionItself = asksRegion && told === null && (!asksService || draft.serviceId !== "");
  const asksName = advice?.next === "privateName" || answers.privateName !== null;
  if (!asksPlace && !asksRegion && !asksName) return null;
  return (
    <Container
      header={
        <Header variant="h2" description="Only what decides which path fits is asked.">
          Questions
        </Header>
      }
    >
      <SpaceBetween size="l">
        {asksPlace && <Place places={advice?.places ?? []} runsOn={answers.runsOn} />}
        {asksService && <Service rows={services} pickedId={draft.serviceId} />}
        {asksRegionItself && (
          <YesOrNo
            label={`Do the service's ClickPipes run in ${region}`}
            description="That is where the source is. Only a VPC endpoint service crosses regions."
            no="No, in another region"
            value={answers.clickpipesRegionSame}
            onAnswer={(clickpipesRegionSame) => answer({ clickpipesRegionSame })}
          />
        )}
        {asksName && (
          <YesOrNo
            label="Do ClickPipes have to reach it under a name of your own"
            description="Such as the one that its certificate or its listeners carry."
            no="No"
            value={answers.privateName}
            onAnswer={(privateName) => answer({ privateName })}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}

function Place({ places, runsOn }: { places: readonly RunsOn[]; runsOn: RunsOn | null }) {
  return (
    <SpaceBetween size="xs">
      <Field label="Where does it run">
        <RadioGroup
          value={runsOn}
          onChange={({ detail }) => answer({ runsOn: detail.value as RunsOn })}
          items={places.map((place) => ({ value: place, label: PLACES[place] }))}
        />
      </Field>
      {runsOn !== null && LISTED_PLACES.has(runsOn) && (
        <StatusIndicator type="info" wrapText>
          MSK clusters of this account are in the list.{" "}
          <Button variant="inline-link" onClick={() => changeSource({ kind: "listed" })}>
            Show the list
          </Button>
        </StatusIndicator>
      )}
    </SpaceBetween>
  );
}

function Service({ rows, pickedId }: { rows: readonly ServiceRow[]; pickedId: string }) {
  const options = rows.map(serviceOption);
  return (
    <Field label="Which ClickHouse service reads it" description="Where its ClickPipes run decides which path fits.">
      <Select
        selectedOption={options.find(({ value }) => value === pickedId) ?? null}
        options={options}
        onChange={({ detail }) => {
          const row = rows.find(({ service }) => service.id === detail.selectedOption.value);
          if (row) change({ serviceId: row.service.id, organizationId: row.service.organizationId });
        }}
        placeholder="Choose a service"
        selectedAriaLabel="Chosen"
        filteringType={options.length > FEW ? "auto" : "none"}
        filteringPlaceholder="Find by name or region"
        filteringAriaLabel="Filter: service"
        empty="The organization has no services"
        noMatch="No service matches"
      />
    </Field>
  );
}

/** From how many services on a filter is worth its room. */
const FEW = 8;

function serviceOption({ service, clickpipesRegion: where }: ServiceRow): SelectProps.Option {
  const base = { value: service.id, label: service.name };
  switch (where.state) {
    case "region":
      return { ...base, description: `Its ClickPipes run in ${where.region}` };
    case "dependsOnDate":
      return { ...base, description: `Its ClickPipes run in ${where.fromThenOn} or ${where.before}, by when it was created` };
    case "notOnAws":
      return { ...base, description: "Not on AWS: PrivateLink does not apply", disabled: true };
  }
}

interface YesOrNoProps {
  label: string;
  description: string;
  no: string;
  value: boolean | null;
  onAnswer: (value: boolean) => void;
}

function YesOrNo({ label, description, no, value, onAnswer }: YesOrNoProps) {
  return (
    <Field label={label} description={description}>
      <RadioGroup
        value={value === null ? null : value ? "yes" : "no"}
        onChange={({ detail }) => onAnswer(detail.value === "yes")}
        items={[
          { value: "yes", label: "Yes" },
          { value: "no", label: no },
        ]}
      />
    </Field>
  );
}
