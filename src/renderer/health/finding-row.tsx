// One item with what was found about it; opens the item.
// SPDX-License-Identifier: MIT

import { ChevronRight } from 'lucide-react';
import type { HealthFinding } from '../../shared/model/health.ts';
import { openItem } from '../duplicates/duplicate-acts.ts';
import { KindTile } from '../items/kind-tile.tsx';
import { shownTitle } from '../items/shown-title.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import styles from './finding-group.module.css';
import { findingFact } from './health-words.ts';
import type { ItemName, ItemNames } from './item-names.ts';

export interface FindingRowProps {
  readonly finding: HealthFinding;
  readonly names: ItemNames;
}

export function FindingRow({ finding, names }: FindingRowProps) {
  const services = useServices();
  const name = useStore(names.state).get(finding.itemId);
  return (
    <button
      type="button"
      className={styles.row}
      disabled={name?.is === 'gone'}
      onClick={() => {
        openItem(finding.itemId, services);
      }}
    >
      <Name name={name} />
      <span className={styles.fact}>{findingFact(finding)}</span>
      <ChevronRight size={16} aria-hidden="true" />
    </button>
  );
}

function Name({ name }: { readonly name: ItemName | undefined }) {
  if (name === undefined) return <span className={styles.words}>Loading…</span>;
  if (name.is === 'gone') return <span className={styles.words}>No longer in the vault</span>;
  return (
    <>
      <KindTile item={name} size="s" />
      <span className={styles.words}>
        <b>{shownTitle(name)}</b>{' '}
        <small>{name.isTrashed ? 'in the trash' : name.subtitle || name.host}</small>
      </span>
    </>
  );
}
