// The VPC's security groups, each with the answer to "can the gateway reach the port through it", rule by rule.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";

import type { RulePeer, SecurityGroupRow, SecurityGroupRule } from "../ipc/bindings";
import { PickTable } from "./PickTable";
import { PATH_WORDS, VerdictBadge } from "./VerdictBadge";

interface SecurityGroupTableProps {
  rows: readonly SecurityGroupRow[];
  picked: readonly string[];
  onPick: (ids: string[]) => void;
  /** Of what the groups are, and what to know of them; a resource gateway unless said otherwise. */
  title?: string;
  description?: string;
}

export function SecurityGroupTable(props: SecurityGroupTableProps) {
  const { rows, picked, onPick, title = "Security groups of the gateway", description = OF_GATEWAY } = props;
  return (
    <PickTable<SecurityGroupRow>
      label="Security groups"
      many
      header={
        <Header
          variant="h2"
          counter={`(${picked.length}/${rows.length})`}
          description={description}
        >
          {title}
        </Header>
      }
      items={rows}
      columns={columns(rows)}
      idOf={({ group }) => group.id}
      nameOf={({ group }) => `${group.name} (${group.id})`}
      textOf={({ group }) => `${group.name} ${group.id} ${group.description}`}
      picked={picked}
      onPick={onPick}
      empty={<Box color="text-body-secondary">No security groups could be listed in this VPC.</Box>}
    />
  );
}

const OF_GATEWAY =
  "One to five groups for the gateway. They must let it out to the source's port, and the source's own groups must let it in.";

function columns(all: readonly SecurityGroupRow[]): readonly TableProps.ColumnDefinition<SecurityGroupRow>[] {
  return [
    {
      id: "group",
      header: "Security group",
      isRowHeader: true,
      minWidth: 170,
      cell: ({ group }) => (
        <>
          <Box fontWeight="bold">{group.name}</Box>
          <Box variant="small" display="block">
            {group.id}
          </Box>
          {group.description !== "" && (
            <Box variant="small" display="block">
              {group.description}
            </Box>
          )}
        </>
      ),
    },
    {
      id: "path",
      header: "Path to the source's port",
      minWidth: 240,
      cell: (row) => (
        <SpaceBetween size="xxs">
          <VerdictBadge verdict={row.verdict} words={PATH_WORDS} />
          <Box variant="small">{row.reason}</Box>
          <Rules row={row} all={all} />
        </SpaceBetween>
      ),
    },
  ];
}

/** The group's own rules, and the rules of the source's groups that decide with them. */
function Rules({ row, all }: { row: SecurityGroupRow; all: readonly SecurityGroupRow[] }) {
  const own = row.group.rules;
  const others = all
    .filter(({ group }) => group.id !== row.group.id)
    .flatMap(({ group }) => group.rules.map((rule) => ({ rule, of: group.name })))
    .filter(({ rule }) => row.decidingRules.includes(rule.id));
  const count = own.length + others.length;
  if (count === 0) return <Box variant="small">No rules: nothing passes.</Box>;
  const words = count === 1 ? "1 rule" : `${count} rules`;
  return (
    <ExpandableSection
      variant="inline"
      headerText={words}
      headerAriaLabel={`${words} of ${row.group.name}`}
    >
      <ul className="setup-list">
        {own.map((rule) => (
          <RuleLine key={rule.id} rule={rule} decides={row.decidingRules.includes(rule.id)} />
        ))}
        {others.map(({ rule, of }) => (
          <RuleLine key={rule.id} rule={rule} of={of} decides />
        ))}
      </ul>
    </ExpandableSection>
  );
}

function RuleLine({ rule, of, decides }: { rule: SecurityGroupRule; of?: string; decides: boolean }) {
  return (
    <li>
      {of === undefined ? "" : `${of}: `}
      {ruleWords(rule)}{" "}
      <Box variant="small" display="inline">
        {rule.id}
      </Box>{" "}
      {decides && <Badge color="blue">Decides</Badge>}
    </li>
  );
}

/** A rule in words, such as "Out: TCP 5432 to 10.0.0.0/16". */
export function ruleWords(rule: SecurityGroupRule): string {
  const peer = peerWords(rule.peer);
  return rule.egress ? `Out: ${trafficWords(rule)} to ${peer}` : `In: ${trafficWords(rule)} from ${peer}`;
}

function trafficWords({ protocol, fromPort, toPort }: SecurityGroupRule): string {
  if (protocol === "-1") return "all traffic";
  const name = protocol.toUpperCase();
  if (fromPort === null || fromPort === -1) return `${name}, all ports`;
  return toPort === null || toPort === fromPort ? `${name} ${fromPort}` : `${name} ${fromPort} to ${toPort}`;
}

function peerWords(peer: RulePeer): string {
  switch (peer.kind) {
    case "ipv4":
    case "ipv6":
      return peer.value;
    case "group":
      return `members of ${peer.value}`;
    case "prefixList":
      return `prefix list ${peer.value}`;
  }
}
