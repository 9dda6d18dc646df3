// What the person reads for the errors of vaults and of the ways into them. Complete by type.
// SPDX-License-Identifier: MIT

import type { ErrorCode } from '../shared/errors.ts';
import {
  type ErrorSentence,
  FILE_UNTOUCHED,
  NOTHING_CHANGED,
  say,
  VAULT_SAFE,
} from './error-sentence.ts';

type VaultCode = Extract<ErrorCode, `vault/${string}` | `keys/${string}` | `crypto/${string}`>;

export const vaultErrorSentences: Readonly<Record<VaultCode, ErrorSentence>> = {
  'vault/locked': say('The vault is locked.', VAULT_SAFE, 'Unlock it and try again.'),
  'vault/wrong-password': say(
    'That is not the master password of this vault.',
    NOTHING_CHANGED,
    'Check Caps Lock and the keyboard layout, then type it again.',
  ),
  'vault/not-found': say(
    'The vault file is no longer where it was.',
    'Latchkey did not move or delete it.',
    'Choose the file again, or bring its drive back.',
  ),
  'vault/already-exists': say(
    'A vault with this name exists already.',
    'It was not touched.',
    'Choose another name.',
  ),
  'vault/not-a-vault': say(
    'This file is not a Latchkey vault.',
    FILE_UNTOUCHED,
    'Choose a file that ends in .latchkey.',
  ),
  'vault/corrupt': say(
    'The vault file is damaged and cannot be opened.',
    FILE_UNTOUCHED,
    'Open a backup copy of it, and keep this file.',
  ),
  'vault/header-damaged': say(
    'The first part of the vault file was changed or damaged.',
    FILE_UNTOUCHED,
    'Open a backup copy of it, and keep this file.',
  ),
  'vault/older-copy': say(
    'This file is an older copy of this vault than this computer has seen.',
    FILE_UNTOUCHED,
    'Unlock it in Latchkey’s own window, where you can open it all the same or choose another file.',
  ),
  'vault/item-damaged': say(
    'This item is damaged and cannot be read.',
    'It stays in the vault as it is, and touches no other item.',
    'Look for it in a backup copy of the vault.',
  ),
  'vault/disk-failed': say(
    'The disk that holds the vault reported an error.',
    'Everything that was called saved is in the file.',
    'Check the drive and its cable, copy the vault file elsewhere, and try again.',
  ),
  'vault/attachment-damaged': say(
    'This file is damaged and cannot be read.',
    'It stays in the vault as it is, and touches nothing else of the item.',
    'Look for it in a backup.',
  ),
  'vault/attachment-not-found': say(
    'This file is no longer in the vault.',
    'Files that were removed are kept for 30 days.',
    'Look for it in a backup.',
  ),
  'vault/too-large': say(
    'That is more than an item can hold.',
    NOTHING_CHANGED,
    'A file may have 16 GB, and an item 128 files.',
  ),
  'vault/unsupported-version': say(
    'This vault was made by a newer Latchkey.',
    FILE_UNTOUCHED,
    'Update Latchkey, then open it again.',
  ),
  'vault/parameters-refused': say(
    'This vault asks for protection that Latchkey does not accept.',
    FILE_UNTOUCHED,
    'It may have been tampered with: open a copy that you trust.',
  ),
  'vault/in-use': say(
    'Another Latchkey has this vault open.',
    VAULT_SAFE,
    'Lock or quit the other one, then try again.',
  ),
  'vault/another-is-open': say(
    'Another vault is open already.',
    VAULT_SAFE,
    'Lock it, then open this one.',
  ),
  'vault/item-not-found': say(
    'This item is no longer in the vault.',
    'Everything else is as it was.',
    'Choose another item from the list.',
  ),
  'vault/write-failed': say(
    'The change could not be written to the disk.',
    'The vault still holds what it held before.',
    'Check that the disk has space and can be written to, then try again.',
  ),
  'vault/password-too-short': say(
    'That password is too short.',
    NOTHING_CHANGED,
    'Use at least 8 characters; 15 or more is better.',
  ),
  'keys/last-way-in': say(
    'Removing this would leave no way in: nothing else opens this vault.',
    NOTHING_CHANGED,
    'Add another way in first, for example a recovery key.',
  ),
  'keys/not-a-key-file': say(
    'This file cannot serve as a key file: it is too small, too large, or could not be read.',
    NOTHING_CHANGED,
    'Choose another file, or let Latchkey make one.',
  ),
  'keys/unknown-recovery-word': say(
    'One of these words is not a word that recovery keys are made of.',
    NOTHING_CHANGED,
    'Compare it with the sheet, letter by letter.',
  ),
  'keys/recovery-damaged': say(
    'These words do not belong together: one is wrong, missing, or in another place.',
    NOTHING_CHANGED,
    'Compare all 24 with the sheet, in their order.',
  ),
  'keys/not-rehearsed': say(
    'Those are not the words on the sheet, so the new recovery key does not count yet.',
    'The vault opens as it did before.',
    'Look at the words again, correct what you wrote down, and type them once more.',
  ),
  'keys/pin-too-short': say(
    'That PIN cannot be used.',
    NOTHING_CHANGED,
    'Choose 6 digits or more that are not easy to guess.',
  ),
  'keys/no-keystore': say(
    'This system has no keystore that could guard a PIN.',
    'Nothing was stored; the vault opens as it did before.',
    'Go on using the master password.',
  ),
  'keys/no-tries-left': say(
    'The five tries are used up, so quick unlock is gone.',
    VAULT_SAFE,
    'Unlock with the master password; then you can set a new PIN.',
  ),
  'keys/slot-not-found': say(
    'This way in is no longer there.',
    NOTHING_CHANGED,
    'Look at the list again: it may have been removed already.',
  ),
  'keys/too-many-slots': say(
    'This vault has as many ways in as it can hold.',
    NOTHING_CHANGED,
    'Remove one that you no longer need, then add the new one.',
  ),
  'keys/backups-behind': say(
    'The change is made, but not every backup could follow it.',
    'Such a backup still opens with what opened the vault before.',
    'Latchkey tries again at the next unlock. See under Backups which one could not be looked at.',
  ),
  'crypto/authentication-failed': say(
    'Part of the vault does not match its seal: it was changed or damaged.',
    FILE_UNTOUCHED,
    'Open a backup copy, and keep this file.',
  ),
  'crypto/parameters-refused': say(
    'The data asks for protection that Latchkey does not accept.',
    NOTHING_CHANGED,
    'Use a copy that you trust.',
  ),
};
