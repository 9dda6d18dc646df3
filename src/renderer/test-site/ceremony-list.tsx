// The ceremonies that ended since the app was started, each with what happened and what it means.
// SPDX-License-Identifier: MIT

import type { CeremonyReport } from '../../shared/model/ceremony.ts';
import { splitOrigin, toDisplayText } from '../approval/display-text.ts';
import { toCeremonySentence, type CeremonySentence } from '../ceremony-sentences.ts';
import { formatTime } from '../format.ts';
import { Chip } from '../ui/chip.tsx';
import styles from './ceremony-list.module.css';

/** The words for a report, its names made safe to show. */
export function sentenceOf({ reason, operation, origin, rpId }: CeremonyReport): CeremonySentence {
  const { domain, port } = splitOrigin(origin, '');
  return toCeremonySentence(reason, {
    operation,
    host: toDisplayText(domain || origin + port, { max: 80, fallback: 'A page without address' }),
    rpId: rpId === null ? 'its site' : toDisplayText(rpId, { max: 80 }),
  });
}

export interface CeremonyListProps {
  readonly ceremonies: readonly CeremonyReport[];
  readonly now: number;
}

export function CeremonyList({ ceremonies, now }: CeremonyListProps) {
  return (
    <ol className={styles.list} aria-label="Recent ceremonies">
      {ceremonies.map((ceremony) => (
        <CeremonyRow key={`${ceremony.at}:${ceremony.origin}`} ceremony={ceremony} now={now} />
      ))}
    </ol>
  );
}

const TONES = { good: 'good', plain: 'plain', refused: 'bad' } as const;

function CeremonyRow({ ceremony, now }: { ceremony: CeremonyReport; now: number }) {
  const { label, tone, explanation } = sentenceOf(ceremony);
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <Chip tone={TONES[tone]}>{label}</Chip>
        <bdi className={styles.origin}>{toDisplayText(ceremony.origin, { max: 60 })}</bdi>
        <time dateTime={new Date(ceremony.at).toISOString()}>{formatTime(ceremony.at, now)}</time>
      </div>
      <p>{explanation}</p>
      {ceremony.errorName !== null && (
        <p className={styles.page}>
          The page was told <code>{toDisplayText(ceremony.errorName, { max: 40 })}</code>, no more.
        </p>
      )}
    </li>
  );
}
