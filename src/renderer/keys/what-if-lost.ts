// What still opens the vault when something is lost, computed from the slots alone. Quick unlock does not count: it is
// gone when Latchkey quits.
// SPDX-License-Identifier: MIT

import type { KeySlotInfo } from '../../shared/model/keys.ts';
import { joinOr, slotInSentence } from './slot-words.ts';

export interface Loss {
  readonly id: string;
  /** Goes on from “If you …”. */
  readonly title: string;
  /** What opens the vault after it. */
  readonly remaining: readonly KeySlotInfo[];
}

const isSheet = ({ type }: KeySlotInfo): boolean => type === 'recovery';
const needsPassword = (slot: KeySlotInfo): boolean => !isSheet(slot);
const needsKeyFile = ({ type }: KeySlotInfo): boolean => type === 'password-key-file';

/** Each thing that can be lost, and the slots that would be left. */
export function whatIfLost(slots: readonly KeySlotInfo[]): readonly Loss[] {
  const sheets = slots.filter(isSheet);
  const losses: Loss[] = [];
  const lose = (id: string, title: string, isLost: (slot: KeySlotInfo) => boolean): void => {
    losses.push({ id, title, remaining: slots.filter((slot) => !isLost(slot)) });
  };
  if (slots.some(needsPassword)) lose('password', 'forget the master password', needsPassword);
  if (slots.some(needsKeyFile)) lose('key-file', 'lose the key file', needsKeyFile);
  for (const sheet of sheets) {
    lose(sheet.id, sheetTitle(sheet, sheets), ({ id }) => id === sheet.id);
  }
  if (sheets.length > 1) lose('sheets', 'lose every recovery sheet', isSheet);
  if (sheets.length > 0 && sheets.length < slots.length) {
    lose('all', 'forget the password and lose every sheet', () => true);
  }
  return losses;
}

function sheetTitle({ name }: KeySlotInfo, sheets: readonly KeySlotInfo[]): string {
  if (name !== '') return `lose the recovery sheet “${name}”`;
  return sheets.length === 1 ? 'lose the recovery sheet' : 'lose the recovery sheet without a name';
}

/** Whether one mishap alone would close the vault for good. */
export function hasSinglePointOfLoss(slots: readonly KeySlotInfo[]): boolean {
  return whatIfLost(slots).some(({ id, remaining }) => id !== 'all' && remaining.length === 0);
}

/** What is given up with a slot, in sentences. */
export function removalSentences(slot: KeySlotInfo, slots: readonly KeySlotInfo[]): string {
  const left = slots.filter(({ id }) => id !== slot.id);
  const gone = {
    password: 'The master password will no longer open this vault.',
    'password-key-file':
      'The master password with its key file will no longer open this vault; the file itself stays where it is.',
    recovery: 'The words on this sheet will no longer open this vault: tear it up.',
  }[slot.type];
  const rest = joinOr(left.map(slotInSentence));
  return left.length === 1
    ? `${gone} Only ${rest} is left. Lose that as well, and nobody can open the vault.`
    : `${gone} The vault still opens with ${rest}.`;
}
