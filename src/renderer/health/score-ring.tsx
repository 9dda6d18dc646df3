// The score as a ring that is filled so far, with the figure and what it means inside.
// SPDX-License-Identifier: MIT

import type { HealthReport } from '../../shared/model/health.ts';
import { capWords, scoreGrade } from './health-words.ts';
import styles from './health-pictures.module.css';

const RADIUS = 62;
const LENGTH = 2 * Math.PI * RADIUS;
const CENTRE = 72;

export function ScoreRing({ report }: { readonly report: HealthReport }) {
  const { score } = report;
  const grade = score === null ? null : scoreGrade(report);
  const cap = capWords(report);
  const words =
    score === null || !grade ? 'No passwords to judge' : `Score ${score} of 100: ${grade.words}`;
  return (
    <figure className={styles.ring}>
      <svg viewBox="0 0 144 144" role="img" aria-label={words} data-tone={grade?.tone ?? 'none'}>
        <circle className={styles.rest} cx={CENTRE} cy={CENTRE} r={RADIUS} />
        {score !== null && score > 0 && (
          <circle
            className={styles.filled}
            cx={CENTRE}
            cy={CENTRE}
            r={RADIUS}
            // From the top, clockwise.
            transform={`rotate(-90 ${CENTRE} ${CENTRE})`}
            strokeDasharray={`${(LENGTH * score) / 100} ${LENGTH}`}
          />
        )}
        <text className={styles.score} x={CENTRE} y={CENTRE + 6}>
          {score ?? '–'}
        </text>
        <text className={styles.grade} x={CENTRE} y={CENTRE + 28}>
          {grade?.words ?? 'No passwords'}
        </text>
      </svg>
      {cap !== null && <figcaption>{cap}</figcaption>}
    </figure>
  );
}
