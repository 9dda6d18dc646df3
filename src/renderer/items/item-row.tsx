// One row of the list: its tile, title and second line with what the search has found in them, and small marks.
// SPDX-License-Identifier: MIT

import { FileWarning, KeyRound, Paperclip, Star, Timer, type LucideIcon } from 'lucide-react';
import { memo, type MouseEvent, type ReactNode } from 'react';
import type { ItemDamage, ItemSummary } from '../../shared/model/item.ts';
import { formatAmount } from '../format.ts';
import { useServices } from '../main/services.ts';
import { classNames } from '../ui/class-names.ts';
import { MarkedText } from '../ui/marked-text.tsx';
import styles from './item-row.module.css';
import { KIND_FACES } from './kind-faces.ts';
import { KindTile } from './kind-tile.tsx';
import { shownTitle } from './shown-title.ts';

export const ROW_HEIGHT = 54;

const DAMAGE_WORDS: Readonly<Record<ItemDamage, string>> = {
  content: 'Cannot be read',
  'private-key': 'Its private key cannot be read',
};

export interface ItemRowProps {
  readonly index: number;
  readonly top: number;
  readonly total: number;
  /** Undefined until its page has been fetched. */
  readonly item: ItemSummary | undefined;
  readonly isSelected: boolean;
}

export const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { index, top, total, item, isSelected } = props;
  const { actions, selection } = useServices();
  const onClick = ({ shiftKey, ctrlKey, metaKey }: MouseEvent): void => {
    if (!item) return;
    if (shiftKey) selection.extendTo(index);
    else if (ctrlKey || metaKey) selection.toggle(item, index);
    else {
      selection.clear();
      actions.select(item.id);
    }
  };
  return (
    <div
      id={`row-${index}`}
      role="option"
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={total}
      className={classNames(styles.row, isSelected && styles.selected)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onClick}
    >
      {item ? <RowContent item={item} /> : <span className={styles.waiting}>Loading…</span>}
    </div>
  );
});

function RowContent({ item }: { readonly item: ItemSummary }) {
  return (
    <>
      <KindTile item={item} />
      <div className={styles.words}>
        <b>
          {item.title.trim() === '' ? (
            shownTitle(item)
          ) : (
            <MarkedText text={item.title} ranges={item.highlights.title} />
          )}
        </b>
        <small>
          <SecondLine item={item} />
        </small>
      </div>
      <Marks item={item} />
    </>
  );
}

/** The subtitle, the host or the kind; subtitle and host where the search has found something in the host alone. */
function SecondLine({ item }: { readonly item: ItemSummary }) {
  const { kind, subtitle, host, highlights } = item;
  const hostText = <MarkedText text={host} ranges={highlights.host} />;
  if (subtitle === '') return host === '' ? KIND_FACES[kind].one : hostText;
  const isFoundElsewhere = highlights.title.length + highlights.subtitle.length > 0;
  return (
    <>
      <MarkedText text={subtitle} ranges={highlights.subtitle} />
      {!isFoundElsewhere && highlights.host.length > 0 && <> · {hostText}</>}
    </>
  );
}

function Marks({ item }: { readonly item: ItemSummary }) {
  const { passkeys, attachments } = item;
  return (
    <div className={styles.marks}>
      {item.damage !== null && (
        <Mark icon={FileWarning} label={DAMAGE_WORDS[item.damage]} className={styles.damaged} />
      )}
      {item.favourite && <Mark icon={Star} label="Favourite" className={styles.star} />}
      {item.hasOneTimeCode && item.kind !== 'one-time-code' && (
        <Mark icon={Timer} label="Has a one-time code" />
      )}
      {passkeys > 0 && (
        <Mark icon={KeyRound} label={`Has ${formatAmount(passkeys, 'passkey')}`}>
          {passkeys > 1 && passkeys}
        </Mark>
      )}
      {attachments > 0 && (
        <Mark icon={Paperclip} label={`Has ${formatAmount(attachments, 'attachment')}`} />
      )}
      {item.kind === 'passkey' && (
        <span>
          <KeyRound size={13} aria-hidden="true" /> passkey
        </span>
      )}
    </div>
  );
}

interface MarkProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}

function Mark({ icon: Icon, label, className, children }: MarkProps) {
  return (
    <span role="img" aria-label={label} className={className}>
      <Icon size={13} aria-hidden="true" />
      {children}
    </span>
  );
}
