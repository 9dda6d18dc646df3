// What the person reads for each error code: what happened, what was kept, what to do. Complete by type.
// SPDX-License-Identifier: MIT

import type { ErrorCode } from '../shared/errors.ts';

export interface ErrorSentence {
  readonly happened: string;
  readonly kept: string;
  readonly todo: string;
}

const NOTHING_CHANGED = 'Nothing was changed.';
const FILE_UNTOUCHED = 'The file was left exactly as it is.';
const NOTHING_IMPORTED = 'Nothing was imported; your vault is as it was.';
const NOTHING_SENT = 'Nothing was sent to the site.';
const VAULT_SAFE = 'Everything in your vault is as it was.';

const say = (happened: string, kept: string, todo: string): ErrorSentence => ({
  happened,
  kept,
  todo,
});

export const errorSentences: Readonly<Record<ErrorCode, ErrorSentence>> = {
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
  'vault/item-damaged': say(
    'This item is damaged and cannot be read.',
    'It stays in the vault as it is; all other items are fine.',
    'Look for it in a backup copy of the vault.',
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
  'codec/malformed': say(
    'Some data was not in the form it has to have.',
    NOTHING_CHANGED,
    'Try again; if it happens again, use another copy of the data.',
  ),
  'transfer/not-recognised': say(
    'Latchkey does not know the format of this file.',
    NOTHING_IMPORTED,
    'Choose a CSV file exported from a browser, or an encrypted Latchkey export.',
  ),
  'transfer/wrong-encoding': say(
    'The text of this file is not UTF-8.',
    NOTHING_IMPORTED,
    'Export it from the browser again, without opening it in a spreadsheet in between.',
  ),
  'transfer/broken-quoting': say(
    'A quotation mark in this file is opened and never closed, so its rows cannot be told apart.',
    NOTHING_IMPORTED,
    'Export it from the browser again.',
  ),
  'transfer/too-large': say(
    'This file is larger than Latchkey imports.',
    NOTHING_IMPORTED,
    'Split it into smaller files and import them one after the other.',
  ),
  'transfer/wrong-password': say(
    'That is not the password of this export.',
    NOTHING_IMPORTED,
    'Type the password that was chosen when the file was exported.',
  ),
  'transfer/truncated': say(
    'This export ends in the middle: part of it is missing.',
    NOTHING_IMPORTED,
    'Copy the file again from where it came from.',
  ),
  'transfer/damaged': say(
    'This export was changed or damaged after it was made.',
    NOTHING_IMPORTED,
    'Use another copy of it, or export again.',
  ),
  'transfer/unsupported-version': say(
    'This export was made by a newer Latchkey.',
    NOTHING_IMPORTED,
    'Update Latchkey, then import it again.',
  ),
  'transfer/read-failed': say(
    'The file could not be read.',
    NOTHING_IMPORTED,
    'Check that it is still there and that you may read it.',
  ),
  'transfer/write-failed': say(
    'The export could not be written.',
    'No half-written file was left behind; your vault is as it was.',
    'Choose a folder with space that you may write to.',
  ),
  'transfer/target-is-a-vault': say(
    'There is a vault where the export was to go.',
    'It was left as it is; nothing was written.',
    'Choose another name or folder.',
  ),
  'transfer/preview-gone': say(
    'This preview is no longer open.',
    NOTHING_IMPORTED,
    'Choose the file again.',
  ),
  'webauthn/not-allowed': say('The request was not allowed.', NOTHING_SENT, 'Start again.'),
  'webauthn/security': say(
    'The site asked for a passkey that is not its own.',
    NOTHING_SENT,
    'If you meant to sign in, check the address of the page.',
  ),
  'webauthn/invalid-state': say(
    'This account has a passkey in the vault already.',
    NOTHING_SENT,
    'Sign in with the passkey that you have.',
  ),
  'webauthn/not-supported': say(
    'The site asks for a kind of passkey that Latchkey does not make.',
    NOTHING_SENT,
    'Use another way to sign in there.',
  ),
  'webauthn/constraint': say(
    'The site asks for something that Latchkey cannot promise.',
    NOTHING_SENT,
    'Use another way to sign in there.',
  ),
  'webauthn/abort': say('The page took its request back.', NOTHING_SENT, 'Start again there.'),
  'webauthn/type': say('The site sent a request that makes no sense.', NOTHING_SENT, 'Reload it.'),
  'webauthn/unknown': say('The request failed.', NOTHING_SENT, 'Start again in the page.'),
  'approvals/queue-full': say(
    'The site already has three requests waiting.',
    NOTHING_SENT,
    'Answer those first.',
  ),
  'approvals/gone': say(
    'This request is over.',
    NOTHING_SENT,
    'Close this window; if you meant it, start again in the page.',
  ),
  'approvals/not-armed': say(
    'The approval came too quickly after the request appeared.',
    NOTHING_SENT,
    'Read the request, then approve again.',
  ),
  'test-site/port-unavailable': say(
    'The test site found no free port on this computer.',
    VAULT_SAFE,
    'Close programs that hold many ports, then open it again.',
  ),
  'test-site/no-browser': say(
    'No browser could be opened.',
    VAULT_SAFE,
    'The site runs: open its address, shown below, in a browser of your choice.',
  ),
  'test-site/not-running': say(
    'The test site is not running.',
    VAULT_SAFE,
    'Open it again from here.',
  ),
  'settings/write-failed': say(
    'The settings could not be saved.',
    'The settings of before are still in force.',
    'Check that the disk has space, then change it again.',
  ),
  'ipc/forbidden': say(
    'This window may not do that.',
    NOTHING_CHANGED,
    'Close the window and open Latchkey again.',
  ),
  'ipc/unknown-channel': say(
    'The parts of Latchkey do not fit together.',
    NOTHING_CHANGED,
    'Install Latchkey again; your vault file stays as it is.',
  ),
  'ipc/invalid-input': say(
    'Something in this form is too long or not allowed.',
    'Nothing was saved; what you typed is still here.',
    'Shorten it and try again.',
  ),
  'ipc/vault-process-ended': say(
    'The part of Latchkey that holds the vault stopped.',
    'Everything saved is safe in the vault file.',
    'Unlock the vault again.',
  ),
  'ipc/cancelled': say('That was cancelled.', NOTHING_CHANGED, 'Start it again when you like.'),
  'ipc/internal': say(
    'Something went wrong inside Latchkey.',
    'Everything saved is safe in the vault file.',
    'Try again; if it happens again, quit and open Latchkey anew.',
  ),
};

/** The three sentences as one line, for a toast. */
export function toErrorLine(code: ErrorCode): string {
  const { happened, kept, todo } = errorSentences[code];
  return `${happened} ${kept} ${todo}`;
}
