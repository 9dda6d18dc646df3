// How many passwords there are of each strength: five bars for the eye, a table for the ear.
// SPDX-License-Identifier: MIT

import { useId } from 'react';
import type { HealthReport, StrengthScore } from '../../shared/model/health.ts';
import { formatAmount, formatCount } from '../format.ts';
import { STRENGTH_NAMES } from './health-words.ts';
import styles from './health-pictures.module.css';

const SCORES: readonly StrengthScore[] = [0, 1, 2, 3, 4];
const TONES = ['bad', 'bad', 'warn', 'good', 'good'] as const;

const WIDTH = 440;
const STEP = WIDTH / SCORES.length;
const BAR = 56;
const FLOOR = 116;
const HIGHEST = 92;
/** One password among ten thousand is still to be seen. */
const LOWEST = 3;

export function StrengthChart({ strengths }: Pick<HealthReport, 'strengths'>) {
  const id = useId();
  const most = Math.max(1, ...strengths);
  return (
    <figure className={styles.chart}>
      <figcaption id={id}>Passwords by strength</figcaption>
      <svg viewBox={`0 0 ${WIDTH} 140`} role="img" aria-label={inWords(strengths)}>
        <line className={styles.floor} x1="0" x2={WIDTH} y1={FLOOR} y2={FLOOR} />
        {SCORES.map((score) => {
          const count = strengths[score];
          const height = count === 0 ? 0 : Math.max(LOWEST, (HIGHEST * count) / most);
          const middle = STEP * score + STEP / 2;
          return (
            <g key={score} data-tone={TONES[score]}>
              <rect
                className={styles.bar}
                x={middle - BAR / 2}
                y={FLOOR - height}
                width={BAR}
                height={height}
                rx={Math.min(4, height / 2)}
              />
              <text className={styles.count} x={middle} y={FLOOR - height - 7}>
                {formatCount(count)}
              </text>
              <text className={styles.label} x={middle} y={FLOOR + 18}>
                {STRENGTH_NAMES[score]}
              </text>
            </g>
          );
        })}
      </svg>
      <table className={styles.unseen} aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">Strength</th>
            <th scope="col">Passwords</th>
          </tr>
        </thead>
        <tbody>
          {SCORES.map((score) => (
            <tr key={score}>
              <th scope="row">{STRENGTH_NAMES[score]}</th>
              <td>{formatCount(strengths[score])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function inWords(strengths: HealthReport['strengths']): string {
  const parts = SCORES.map(
    (score) => `${STRENGTH_NAMES[score].toLowerCase()} ${formatCount(strengths[score])}`,
  );
  const total = strengths.reduce((sum, count) => sum + count, 0);
  return `${formatAmount(total, 'password')} by strength: ${parts.join(', ')}`;
}
