// The coloured initials that stand for an item. Colour and letters come from its title, so no icon is ever fetched.
// SPDX-License-Identifier: MIT

import { classNames } from './class-names.ts';
import styles from './tile.module.css';

const HUES = 12;

/** A colour of the palette, always the same for one title. */
export function hueOf(title: string): number {
  let hash = 0;
  for (const character of title.toLowerCase()) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % HUES;
}

/** Two letters: the initials of two words, or the first two letters of one. */
export function initialsOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = '', second] = words;
  const [a = '', b = ''] = Array.from(first);
  const next = second === undefined ? b.toLowerCase() : (Array.from(second)[0] ?? '').toUpperCase();
  return a.toUpperCase() + next;
}

export interface TileProps {
  readonly title: string;
  readonly size?: 's' | 'm' | 'l';
  readonly isRound?: boolean;
}

export function Tile({ title, size = 'm', isRound = false }: TileProps) {
  return (
    <span
      className={classNames(styles.tile, styles[size], isRound && styles.round)}
      data-hue={hueOf(title)}
      aria-hidden="true"
    >
      {initialsOf(title) || '·'}
    </span>
  );
}
