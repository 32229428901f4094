// The local AWS profiles with their kind and state. A profile that cannot be used yet says why, in its row.
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";

import { navigate } from "../frame/routes";
import type { AccountRef, Profile } from "../ipc/bindings";
import { ProblemLine } from "../shared/ProblemAlert";
import { useAccount } from "./AccountContext";
import { profileKindWords } from "./accountWords";
import { FilesNotice } from "./OpeningNotice";
import { RegionDialog } from "./RegionDialog";

/** A list that is longer is filtered, and shown page by page. */
const PAGE = 20;

const NONE: readonly Profile[] = [];

export function ProfileTable() {
  const { picker, account, open, opening } = useAccount();
  const [asking, setAsking] = useState<Profile | null>(null);
  const profiles = picker.data?.profiles ?? NONE;
  const { items, collectionProps, filterProps, filteredItemsCount, paginationProps } = useCollection(profiles, {
    filtering: {
      fields: ["name", "accountId", "role", "region"],
      empty: <FilesNotice />,
      noMatch: <Box color="text-body-secondary">No profile matches.</Box>,
    },
    pagination: { pageSize: PAGE },
  });
  const long = profiles.length > PAGE;
  const current = account?.account;

  async function use(chosen: AccountRef) {
    setAsking(null);
    if (await open(chosen)) navigate({ page: "endpoints" });
  }

  return (
    <>
      <Table
        {...collectionProps}
        trackBy="name"
        items={items}
        filter={
          long && (
            <TextFilter
              {...filterProps}
              filteringPlaceholder="Find a profile"
              filteringAriaLabel="Find a profile"
              countText={filteredItemsCount === 1 ? "1 match" : `${filteredItemsCount} matches`}
            />
          )
        }
        pagination={long && <Pagination {...paginationProps} />}
        loading={picker.loading && !picker.data}
        loadingText="Reading the AWS profiles"
        wrapLines
        ariaLabels={{ tableLabel: "AWS profiles" }}
        header={
          <Header
            variant="h2"
            counter={picker.data ? `(${profiles.length})` : undefined}
            description="From the AWS files of this computer. Pipelink stores no AWS credentials."
            actions={
              <Button iconName="refresh" loading={picker.loading} onClick={picker.reload}>
                List again
              </Button>
            }
          >
            AWS profiles
          </Header>
        }
        columnDefinitions={[
          {
            id: "name",
            header: "Profile",
            isRowHeader: true,
            minWidth: 140,
            cell: (profile) => (
              <>
                <Breaking text={profile.name} />
                <Small text={profileKindWords(profile.kind)} />
              </>
            ),
          },
          {
            id: "account",
            header: "Account and role",
            minWidth: 190,
            cell: (profile) => (
              <>
                {profile.accountId ?? "Known once it is opened"}
                {profile.role && <Small text={profile.role} />}
              </>
            ),
          },
          { id: "region", header: "Region", minWidth: 135, cell: (profile) => profile.region ?? "Not set" },
          {
            id: "state",
            header: "State",
            minWidth: 160,
            cell: (profile) => <State profile={profile} current={current} />,
          },
          {
            id: "use",
            header: "Use",
            minWidth: 235,
            cell: (profile) =>
              profile.problem ? null : (
                <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                  {profile.region && (
                    <Button
                      ariaLabel={`Use in ${profile.region}, profile ${profile.name}`}
                      loading={isOpening(opening, profile)}
                      onClick={() =>
                        void use({ kind: "profile", name: profile.name, region: profile.region ?? "" })
                      }
                    >
                      Use in {profile.region}
                    </Button>
                  )}
                  <Button
                    variant={profile.region ? "inline-link" : "normal"}
                    ariaLabel={`${profile.region ? "Other region" : "Choose region"}, profile ${profile.name}`}
                    loading={!profile.region && isOpening(opening, profile)}
                    onClick={() => setAsking(profile)}
                  >
                    {profile.region ? "Other region" : "Choose region"}
                  </Button>
                </SpaceBetween>
              ),
          },
        ]}
      />
      {profiles.length > 0 && <FilesNotice />}
      {asking && (
        <RegionDialog
          profile={asking}
          onCancel={() => setAsking(null)}
          onChoose={(region) => void use({ kind: "profile", name: asking.name, region })}
        />
      )}
    </>
  );
}

function State({ profile, current }: { profile: Profile; current: AccountRef | undefined }) {
  if (profile.problem) {
    return (
      <StatusIndicator type="stopped" wrapText>
        <ProblemLine problem={profile.problem} />
      </StatusIndicator>
    );
  }
  if (current?.kind === "profile" && current.name === profile.name) {
    return <StatusIndicator type="success">In use in {current.region}</StatusIndicator>;
  }
  return <StatusIndicator type="info">Can be tried</StatusIndicator>;
}

function isOpening(opening: AccountRef | null, profile: Profile): boolean {
  return opening?.kind === "profile" && opening.name === profile.name;
}

/** A quiet second line of a cell. */
function Small({ text }: { text: string }) {
  return (
    <Box variant="small" display="block" color="text-body-secondary">
      <Breaking text={text} />
    </Box>
  );
}

/** A name from a file can be of any length. */
function Breaking({ text }: { text: string }) {
  return <span className="pipelink-copy-value">{text}</span>;
}
