// A ring that empties with the time that is left. It steps and does not glide: nothing moves between two seconds.
// SPDX-License-Identifier: MIT

import { classNames } from './class-names.ts';
import styles from './countdown-ring.module.css';

const RADIUS = 6.5;
const LENGTH = 2 * Math.PI * RADIUS;
/** From here on it is shown that little time is left. */
const SHORT_MS = 5000;

export interface CountdownRingProps {
  readonly leftMs: number;
  readonly ofMs: number;
}

export function CountdownRing({ leftMs, ofMs }: CountdownRingProps) {
  const part = Math.min(1, Math.max(0, leftMs / ofMs));
  const isShort = leftMs <= SHORT_MS;
  return (
    <svg
      className={classNames(styles.ring, isShort && styles.short)}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <circle className={styles.track} cx="8" cy="8" r={RADIUS} />
      <circle
        className={styles.rest}
        cx="8"
        cy="8"
        r={RADIUS}
        strokeDasharray={`${part * LENGTH} ${LENGTH}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
