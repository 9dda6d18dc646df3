// A titled group of rows, each a name, a value and what can be done with it.
// SPDX-License-Identifier: MIT

import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './card.module.css';

export interface CardProps {
  readonly title?: string;
  readonly children: ReactNode;
}

export function Card({ title, children }: CardProps) {
  const id = useId();
  if (title === undefined) return <div className={styles.card}>{children}</div>;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.card}>{children}</div>
    </section>
  );
}

export interface CardRowProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly end?: ReactNode;
  readonly isTall?: boolean;
}

export function CardRow({ name, children, end, isTall = false }: CardRowProps) {
  const id = useId();
  return (
    <div
      className={classNames(styles.row, isTall && styles.tall)}
      role="group"
      aria-labelledby={id}
    >
      <div id={id} className={styles.name}>
        {name}
      </div>
      <div className={styles.value}>{children}</div>
      {end && <div className={styles.end}>{end}</div>}
    </div>
  );
}
