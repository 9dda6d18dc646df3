// How each kind of item looks and is called: icon, words, colour. The one table behind navigation, menus and rows.
// SPDX-License-Identifier: MIT

import {
  BadgeCheck,
  CreditCard,
  FileText,
  IdCard,
  KeyRound,
  SquareTerminal,
  Timer,
  UserRound,
  Wifi,
  type LucideIcon,
} from 'lucide-react';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';

export interface KindFace {
  readonly icon: LucideIcon;
  readonly one: string;
  readonly many: string;
  /** As it stands behind "New". */
  readonly asNew: string;
  /** Colour of its tile, as in `ui/tile.module.css`. */
  readonly hue: number;
}

export const KIND_FACES: Readonly<Record<ItemKind, KindFace>> = {
  login: { icon: UserRound, one: 'Login', many: 'Logins', asNew: 'login', hue: 7 },
  passkey: { icon: KeyRound, one: 'Passkey', many: 'Passkeys', asNew: 'passkey', hue: 5 },
  'one-time-code': {
    ...{ icon: Timer, one: 'One-time code', many: 'One-time codes' },
    ...{ asNew: 'one-time code', hue: 6 },
  },
  note: { icon: FileText, one: 'Note', many: 'Notes', asNew: 'note', hue: 8 },
  card: { icon: CreditCard, one: 'Card', many: 'Cards', asNew: 'card', hue: 2 },
  identity: { icon: IdCard, one: 'Identity', many: 'Identities', asNew: 'identity', hue: 9 },
  'ssh-key': {
    ...{ icon: SquareTerminal, one: 'SSH key', many: 'SSH keys' },
    ...{ asNew: 'SSH key', hue: 0 },
  },
  wifi: {
    ...{ icon: Wifi, one: 'Wi-Fi network', many: 'Wi-Fi networks' },
    ...{ asNew: 'Wi-Fi network', hue: 11 },
  },
  licence: {
    ...{ icon: BadgeCheck, one: 'Software licence', many: 'Licences' },
    ...{ asNew: 'software licence', hue: 10 },
  },
};

/** What can be made by hand; a passkey is made by a site. */
export const NEW_KINDS: readonly ItemKind[] = ITEM_KINDS.filter((kind) => kind !== 'passkey');

/** Id of the command that begins an item of this kind. */
export function newCommandOf(kind: ItemKind): string {
  return `new-${kind}`;
}
