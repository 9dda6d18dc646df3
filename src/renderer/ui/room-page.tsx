// The frame of a room that is one page: a heading, a sentence on what it is for, its content.
// SPDX-License-Identifier: MIT

import { useId, type ReactNode } from 'react';
import styles from './room-page.module.css';

export interface RoomPageProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

export function RoomPage({ title, lead, children }: RoomPageProps) {
  const id = useId();
  return (
    <div className={styles.scroll}>
      <section className={styles.room} aria-labelledby={id}>
        <h1 id={id}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </section>
    </div>
  );
}
