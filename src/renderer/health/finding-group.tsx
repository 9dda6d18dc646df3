// One group of findings: how many, what to do, and the items, a few at first and a hundred more at a time, since a vault
// may have a hundred thousand of them.
// SPDX-License-Identifier: MIT

import { CircleCheck, CircleHelp } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { HealthFinding, HealthKind } from '../../shared/model/health.ts';
import { formatAmount, formatCount } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { FindingRow } from './finding-row.tsx';
import styles from './finding-group.module.css';
import { GROUPS } from './health-words.ts';
import type { ItemNames } from './item-names.ts';

const SHOWN_FIRST = 10;
const SHOWN_MORE = 100;

export interface FindingGroupProps {
  readonly kind: HealthKind;
  readonly findings: readonly HealthFinding[];
  /** How many different passwords they come to; null where it is not about passwords that several have. */
  readonly passwords: number | null;
  /** It was not looked for. */
  readonly isUnknown: boolean;
  readonly names: ItemNames;
}

export function FindingGroup(props: FindingGroupProps) {
  const { kind, findings, passwords, isUnknown } = props;
  const id = useId();
  const { title, lead } = GROUPS[kind];
  const isEmpty = findings.length === 0;
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h2 id={id}>
        {title} {!isEmpty && <span>{formatAmount(findings.length, 'item')}</span>}
        {isEmpty && (
          <em>
            {isUnknown ? (
              <CircleHelp size={14} aria-hidden="true" />
            ) : (
              <CircleCheck size={14} aria-hidden="true" className={styles.good} />
            )}
            {isUnknown ? 'not checked' : 'none'}
          </em>
        )}
      </h2>
      {!isEmpty && (
        <>
          <p className={styles.lead}>
            {passwordWords(kind, findings.length, passwords)}
            {lead}
          </p>
          <Rows {...props} />
        </>
      )}
    </section>
  );
}

function Rows({ kind, findings, names }: FindingGroupProps) {
  const [count, setCount] = useState(SHOWN_FIRST);
  const shown = useMemo(() => findings.slice(0, count), [findings, count]);
  useEffect(() => {
    names.want(shown.map(({ itemId }) => itemId));
  }, [names, shown]);
  const rest = findings.length - shown.length;
  return (
    <>
      {kind === 'reused' ? (
        bySharedPassword(shown).map((sharers, index) => (
          <FindingList key={index} findings={sharers} names={names} label={sharedWords(sharers)} />
        ))
      ) : (
        <FindingList findings={shown} names={names} label={GROUPS[kind].title} />
      )}
      {rest > 0 && (
        <Button
          weight="quiet"
          label={`Show ${formatCount(Math.min(rest, SHOWN_MORE))} more of ${GROUPS[kind].title}`}
          onPress={() => {
            setCount(count + SHOWN_MORE);
          }}
        >
          Show {formatCount(Math.min(rest, SHOWN_MORE))} more
        </Button>
      )}
    </>
  );
}

interface FindingListProps {
  readonly findings: readonly HealthFinding[];
  readonly names: ItemNames;
  readonly label: string;
}

function FindingList({ findings, names, label }: FindingListProps) {
  return (
    <ul aria-label={label} className={styles.list}>
      {findings.map((finding) => (
        <li key={finding.itemId}>
          <FindingRow finding={finding} names={names} />
        </li>
      ))}
    </ul>
  );
}

function passwordWords(kind: HealthKind, items: number, passwords: number | null): string {
  if (passwords === null) return '';
  if (kind === 'reused')
    return `${formatAmount(passwords, 'password is', 'passwords are')} shared. `;
  return passwords < items
    ? `${formatAmount(passwords, 'password')} in ${formatAmount(items, 'item')}. `
    : '';
}

/** Findings come group by group. */
function bySharedPassword(findings: readonly HealthFinding[]): readonly HealthFinding[][] {
  const groups: HealthFinding[][] = [];
  let last: number | null = null;
  for (const finding of findings) {
    const group = finding.kind === 'reused' ? finding.group : null;
    if (group === last) groups.at(-1)?.push(finding);
    else groups.push([finding]);
    last = group;
  }
  return groups;
}

function sharedWords([first]: readonly HealthFinding[]): string {
  if (first?.kind !== 'reused') return '';
  return `Password ${formatCount(first.group)}, shared by ${formatAmount(first.groupSize, 'item')}`;
}
