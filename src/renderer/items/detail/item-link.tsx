// A row that opens another item.
// SPDX-License-Identifier: MIT

import { ChevronRight } from 'lucide-react';
import type { ItemId } from '../../../shared/brand.ts';
import type { ItemKind } from '../../../shared/model/item-kinds.ts';
import { toDisplayText } from '../../approval/display-text.ts';
import { useServices } from '../../main/services.ts';
import { KIND_FACES } from '../kind-faces.ts';
import styles from './item-link.module.css';

export interface ItemLinkProps {
  readonly item: { readonly id: ItemId; readonly kind: ItemKind };
  readonly title: string;
  readonly note: string;
}

export function ItemLink({ item, title, note }: ItemLinkProps) {
  const { actions } = useServices();
  const { icon: Icon } = KIND_FACES[item.kind];
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => {
        actions.select(item.id);
      }}
    >
      <span className={styles.icon}>
        <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
      </span>
      <span className={styles.words}>
        <b>
          <bdi>{toDisplayText(title, { fallback: 'Untitled' })}</bdi>
        </b>{' '}
        <bdi>{toDisplayText(note, { fallback: '' })}</bdi>
      </span>
      <ChevronRight size={16} aria-hidden="true" />
    </button>
  );
}
