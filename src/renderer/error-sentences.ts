// What the person reads for each error code. Complete by type.
// SPDX-License-Identifier: MIT

import type { ErrorCode } from '../shared/errors.ts';
import {
  type ErrorSentence,
  FILE_UNTOUCHED,
  NOTHING_CHANGED,
  say,
  VAULT_SAFE,
} from './error-sentence.ts';
import { vaultErrorSentences } from './vault-error-sentences.ts';

export type { ErrorSentence } from './error-sentence.ts';

const NOTHING_IMPORTED = 'Nothing was imported; your vault is as it was.';
const NOTHING_SENT = 'Nothing was sent to the site.';

export const errorSentences: Readonly<Record<ErrorCode, ErrorSentence>> = {
  ...vaultErrorSentences,
  'codec/malformed': say(
    'Some data was not in the form it has to have.',
    NOTHING_CHANGED,
    'Try again; if it happens again, use another copy of the data.',
  ),
  'generator/impossible-rules': say(
    'No password can meet these rules.',
    NOTHING_CHANGED,
    'Loosen one of them: the length, a minimum, or the characters left out.',
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
    'Check that it is still there and that you may read it, then choose it again.',
  ),
  'transfer/write-failed': say(
    'The file could not be written.',
    'No half-written file was left behind; your vault is as it was.',
    'Choose a folder with space that you may write to.',
  ),
  'transfer/target-is-a-vault': say(
    'There is a vault where the file was to go.',
    'It was left as it is; nothing was written.',
    'Choose another name or folder.',
  ),
  'transfer/partly-imported': say(
    'The import ended in the middle, and what it had brought could not be taken back.',
    'All items are in the vault; those that lack files have the tag “Import unfinished”.',
    'Put those with the tag into the trash, see that the disk has space, then import the file again.',
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
  'one-time-code/not-recognised': say(
    'This is not a one-time code that Latchkey knows.',
    NOTHING_CHANGED,
    'Copy the setup key or the link from the site again; a key has the letters A to Z and the digits 2 to 7.',
  ),
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
  'health/breach-file-not-recognised': say(
    'This is not a list of breached passwords that Latchkey can search.',
    FILE_UNTOUCHED,
    'Choose the SHA-1 list of Have I Been Pwned, sorted by hash and unpacked: one file, or its folder of ranges.',
  ),
  'health/breach-file-damaged': say(
    'The list of breached passwords is damaged or not complete.',
    'No password was judged by it, and nothing left this computer.',
    'Download the list again, then repeat the check.',
  ),
  'health/range-query-failed': say(
    'Have I Been Pwned could not be asked about all passwords.',
    'Only the first five characters of hashes were sent; your vault is as it was.',
    'Check the network, then repeat the check.',
  ),
  'settings/write-failed': say(
    'The settings could not be saved.',
    'The settings of before are still in force.',
    'Check that the disk has space, then change it again.',
  ),
  'ssh/not-recognised': say(
    'This is not a whole SSH private key.',
    NOTHING_CHANGED,
    'Give the whole text of the private key file, from its BEGIN line to its END line, and nothing else.',
  ),
  'ssh/passphrase-needed': say(
    'This SSH key is encrypted with a passphrase.',
    NOTHING_CHANGED,
    'Type the passphrase of the key.',
  ),
  'ssh/wrong-passphrase': say(
    'That passphrase does not open this SSH key.',
    NOTHING_CHANGED,
    'Check Caps Lock and the keyboard layout, then type it again.',
  ),
  'ssh/unsupported': say(
    'Latchkey does not take this kind of SSH key.',
    NOTHING_CHANGED,
    'Save it as an OpenSSH key with RSA, ECDSA or Ed25519 first: PuTTYgen and ssh-keygen can do that.',
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
  'ipc/stale-sealing-key': say(
    'The part of Latchkey that holds the vault was started anew.',
    'Nothing of what you typed was read; nothing changed.',
    'Try again.',
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
