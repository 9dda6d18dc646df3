// An item of any kind as it is read: its head, its own fields, what its kind has besides, and what all have. Another
// part (attachments, history) is another component in this row.
// SPDX-License-Identifier: MIT

import type { ReactNode } from 'react';
import type { ItemDetail } from '../../../shared/model/item.ts';
import { AttachmentsCard } from '../../attachments/attachments-card.tsx';
import { HistoryCard } from '../../history/history-card.tsx';
import { PasskeyCards } from '../../passkeys/passkey-cards.tsx';
import { hostOf } from '../host-of.ts';
import { ItemHeader } from '../item-header.tsx';
import { ItemMore } from '../item-more.tsx';
import { KIND_FACES } from '../kind-faces.ts';
import { shownTitle } from '../shown-title.ts';
import { CodeRows } from './code-row.tsx';
import styles from './item-detail-view.module.css';
import { LinkedPasskeys } from './linked-passkeys.tsx';
import { NoteCard } from './note-card.tsx';
import { OwnFields } from './own-fields.tsx';
import { SectionCards } from './section-cards.tsx';
import { UrlRows } from './url-rows.tsx';
import { WifiQr } from './wifi-qr.tsx';

export function ItemDetailView({ item }: { readonly item: ItemDetail }) {
  return (
    <article aria-label={shownTitle(item)}>
      <ItemHeader item={item} subtitle={subtitleOf(item)} />
      {item.passkey && <PasskeyCards item={item} passkey={item.passkey} />}
      <OwnFields item={item}>{rowsBesides(item)}</OwnFields>
      {item.kind === 'wifi' && <WifiQr item={item} />}
      <LinkedPasskeys item={item} />
      <SectionCards item={item} />
      <NoteCard item={item} />
      {isBare(item) && (
        <p className={styles.bare}>There is nothing in this item yet. Edit it to fill it in.</p>
      )}
      <AttachmentsCard item={item} />
      <HistoryCard item={item} />
      <ItemMore item={item} />
    </article>
  );
}

/** Whether there is nothing to be read but the title. */
function isBare(item: ItemDetail): boolean {
  const { fields, hidden, urls, sections, note, oneTimeCode, passkey } = item;
  const hasField = Object.values(fields).some((value) => value !== '') || hidden.length > 0;
  const parts = urls.length + sections.length + item.attachments.length;
  return !hasField && note === '' && !oneTimeCode && !passkey && parts === 0;
}

/** Rows that stand in the card of the own fields; null where there are none. */
function rowsBesides(item: ItemDetail): ReactNode {
  if (item.oneTimeCode === null && item.urls.length === 0) return null;
  return (
    <>
      <CodeRows item={item} />
      <UrlRows item={item} />
    </>
  );
}

function subtitleOf(item: ItemDetail): string {
  const [first] = item.urls;
  if (item.passkey) return `Passkey for ${item.passkey.rpId}`;
  if (first && first.match !== 'regex') return hostOf(first.url);
  return KIND_FACES[item.kind].one;
}
