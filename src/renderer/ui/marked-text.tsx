// Text with parts of it marked: where the words of a search were found.
// SPDX-License-Identifier: MIT

import type { ReactNode } from 'react';
import type { TextRange } from '../../shared/model/item.ts';
import styles from './marked-text.module.css';

export interface TextPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/** `text` cut at the borders of `ranges`; ranges that overlap, lie outside or run backwards do no harm. */
export function toMarkedParts(text: string, ranges: readonly TextRange[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, start);
    const to = Math.min(text.length, end);
    if (to <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from), isMarked: false });
    parts.push({ text: text.slice(from, to), isMarked: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMarked: false });
  return parts;
}

export interface MarkedTextProps {
  readonly text: string;
  readonly ranges: readonly TextRange[];
}

export function MarkedText({ text, ranges }: MarkedTextProps): ReactNode {
  if (ranges.length === 0) return text;
  return toMarkedParts(text, ranges).map((part, index) =>
    part.isMarked ? (
      <mark key={index} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      <span key={index}>{part.text}</span>
    ),
  );
}
