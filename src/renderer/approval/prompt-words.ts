// The words of a prompt: what is asked, what the button says, why a password. Complete by type.
// SPDX-License-Identifier: MIT

import type { AccountChoice, ApprovalPrompt, CeremonySource } from '../../shared/model/approval.ts';
import { assertNever } from '../../shared/errors.ts';
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

export function passwordReason(prompt: ApprovalPrompt): string {
  return prompt.kind === 'unlock'
    ? 'Master password, to unlock the vault'
    : 'Master password, because the site asks to be sure it is you';
}

/** What is said after a wrong password; null before the first. */
export function refusalWords({ refusedPasswords }: ApprovalPrompt): string | null {
  if (refusedPasswords === 0) return null;
  const left = MOST_WRONG_PASSWORDS - refusedPasswords;
  const tries = left === 1 ? 'One try is left' : `${left} tries are left`;
  return `That was not the master password. ${tries}, then the request ends.`;
}

/** The authenticator's flags that this approval would set, in words. */
export function flagWords(prompt: ApprovalPrompt): string {
  if (prompt.asksPassword) return 'you are present, you are verified by your password';
  return 'you are present';
}
