// The one-time code of an item, live: in two groups, with the time it has left or the way to the next one.
// SPDX-License-Identifier: MIT

import { StepForward } from 'lucide-react';
import type { ItemDetail, OneTimeCodeDetail } from '../../../shared/model/item.ts';
import { errorSentences } from '../../error-sentences.ts';
import { useServices } from '../../main/services.ts';
import { Button } from '../../ui/button.tsx';
import { CardRow } from '../../ui/card.tsx';
import { CountdownRing } from '../../ui/countdown-ring.tsx';
import { manner, ownerOf } from '../code-words.ts';
import styles from './code-row.module.css';
import { FieldRow } from './field-row.tsx';
import type { LiveCodeState } from './live-code.ts';
import { useLiveCode } from './use-live-code.ts';

/** Two groups, the first the shorter one; up to five characters stay together. */
export function toCodeGroups(code: string): readonly string[] {
  if (code.length < 6) return [code];
  const middle = Math.floor(code.length / 2);
  return [code.slice(0, middle), code.slice(middle)];
}

export function CodeRows({ item }: { readonly item: ItemDetail }) {
  const { oneTimeCode } = item;
  if (!oneTimeCode) return null;
  const owner = ownerOf(oneTimeCode);
  return (
    <>
      <CodeRow item={item} oneTimeCode={oneTimeCode} />
      {item.kind === 'one-time-code' && (
        <>
          {owner !== '' && <CardRow name="Account">{owner}</CardRow>}
          <CardRow name="How it works">{manner(oneTimeCode)}</CardRow>
        </>
      )}
    </>
  );
}

interface CodeRowProps {
  readonly item: ItemDetail;
  readonly oneTimeCode: OneTimeCodeDetail;
}

function CodeRow({ item, oneTimeCode }: CodeRowProps) {
  const { actions } = useServices();
  const live = useLiveCode(item);
  if (live.error) {
    return <CardRow name="One-time code">{errorSentences[live.error.code].happened}</CardRow>;
  }
  const nextCode = oneTimeCode.type === 'hotp' && item.trashedAt === null && (
    <Button
      onPress={() => {
        actions.advanceCode(item);
      }}
    >
      <StepForward aria-hidden="true" /> Next code
    </Button>
  );
  return (
    <FieldRow
      item={item}
      field="one-time-code"
      label="One-time code"
      value={live.code ?? ''}
      tools={nextCode || <TimeLeft live={live} />}
    >
      <span className={styles.code}>
        {toCodeGroups(live.code ?? '').map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </span>
    </FieldRow>
  );
}

function TimeLeft({ live: { leftMs, periodMs } }: { readonly live: LiveCodeState }) {
  if (leftMs === null || periodMs === null) return null;
  return (
    <span className={styles.left}>
      {Math.ceil(leftMs / 1000)} s
      <CountdownRing leftMs={leftMs} ofMs={periodMs} />
    </span>
  );
}
