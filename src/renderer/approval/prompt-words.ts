// The words of a prompt: what is asked, what the button says, why a secret. Complete by type.
// SPDX-License-Identifier: MIT

import type {
  AccountChoice,
  ApprovalPrompt,
  ApprovalSecretKind,
  CeremonySource,
} from '../../shared/model/approval.ts';
import { assertNever } from '../../shared/errors.ts';
import { ApiError } from '../api.ts';
import { secretSentence } from '../keys/secret-sentences.ts';
import { toDisplayText } from './display-text.ts';

/** Wrong passwords that end a ceremony on the main side. */
export const MOST_WRONG_PASSWORDS = 5;

export const sourceWords: Readonly<Record<CeremonySource, string>> = {
  'test-site': 'asked by the test site',
};

/** The line above the name of the site. */
export function askWords(prompt: ApprovalPrompt): string {
  switch (prompt.kind) {
    case 'unlock':
      return prompt.operation === 'create' ? 'Create a passkey for' : 'Sign in to';
    case 'create':
    case 'already-registered':
      return 'Create a passkey for';
    case 'get':
    case 'no-passkey':
      return 'Sign in to';
    default:
      return assertNever(prompt, 'every kind of prompt is asked');
  }
}

/** The sentence below the name of the site. */
export function leadWords(prompt: ApprovalPrompt): string {
  switch (prompt.kind) {
    case 'unlock':
      return 'Your vault is locked. Unlock it to see what can be answered; nothing is sent yet.';
    case 'create':
      return 'Only this site can use what you approve here.';
    case 'get':
      return 'Only this site can use what you approve here.';
    case 'no-passkey':
      return 'This vault holds no passkey that this site accepts. The page learns nothing but that you did not go on.';
    case 'already-registered':
      return 'This vault already holds a passkey for this account; no second one is made. The page is told so when you close this.';
    default:
      return assertNever(prompt, 'every kind of prompt is explained');
  }
}

export function nameOfAccount(
  account: Pick<AccountChoice, 'userName' | 'userDisplayName'>,
): string {
  const name = toDisplayText(account.userDisplayName, { max: 48, fallback: '' });
  return name === '' ? toDisplayText(account.userName, { max: 48 }) : name;
}

/** The label of the button that approves; null where there is nothing to approve. */
export function approveWords(prompt: ApprovalPrompt, account: AccountChoice | null): string | null {
  switch (prompt.kind) {
    case 'unlock':
      return 'Unlock';
    case 'create':
      return 'Create passkey';
    case 'get':
      return account ? `Sign in as ${nameOfAccount(account)}` : 'Sign in';
    case 'no-passkey':
    case 'already-registered':
      return null;
    default:
      return assertNever(prompt, 'every kind of prompt has its button');
  }
}

const secretWords: Readonly<Record<ApprovalSecretKind, string>> = {
  password: 'Master password',
  'password-key-file': 'Master password',
  recovery: 'Recovery key',
  pin: 'PIN',
  'touch-id': 'Touch ID',
};

/** What is asked for, and why. */
export function secretReason(prompt: ApprovalPrompt, kind: ApprovalSecretKind): string {
  return prompt.kind === 'unlock'
    ? `${secretWords[kind]}, to unlock the vault`
    : `${secretWords[kind]}, because the site asks to be sure it is you`;
}

const STILL_WAITS = 'This request still waits.';

/** Why the last secret did not do, and what is left; null where none was refused. */
export function refusalWords({ refusal, refusedPasswords }: ApprovalPrompt): string | null {
  if (refusal === null) return null;
  const { kind, code, details } = refusal;
  const { happened, todo } = secretSentence(new ApiError(code, details), kind);
  if (code === 'keys/no-tries-left') return `${happened} ${STILL_WAITS} Use another way below.`;
  if (kind === 'touch-id' && code === 'ipc/cancelled') {
    return `Touch ID did not recognise you. ${STILL_WAITS}`;
  }
  if (code !== 'vault/wrong-password') return `${happened} ${todo} ${STILL_WAITS}`;
  if (kind === 'pin' || kind === 'touch-id') {
    return `${happened} ${triesWords(details.triesLeft, 'quick unlock is gone')} ${STILL_WAITS}`;
  }
  const tries = triesWords(MOST_WRONG_PASSWORDS - refusedPasswords, 'the request ends');
  if (kind === 'password') return `That was not the master password. ${tries}`;
  return `${happened} ${tries} ${todo}`;
}

function triesWords(left: unknown, then: string): string {
  const tries = left === 1 ? 'One try is left' : `${Number(left)} tries are left`;
  return `${tries}, then ${then}.`;
}

const verifierWords: Readonly<Record<ApprovalSecretKind, string>> = {
  password: 'your password',
  'password-key-file': 'your password and key file',
  recovery: 'your recovery key',
  pin: 'your PIN',
  'touch-id': 'Touch ID',
};

/** The authenticator's flags that this approval would set, in words. */
export function flagWords(verifiedBy: ApprovalSecretKind | null): string {
  if (verifiedBy === null) return 'you are present';
  return `you are present, you are verified by ${verifierWords[verifiedBy]}`;
}
