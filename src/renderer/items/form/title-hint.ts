// The title that a form offers while none is typed: what the item would be called by anyone who reads it.
// SPDX-License-Identifier: MIT

import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import { ownerOf } from '../code-words.ts';
import { hostOf } from '../host-of.ts';
import type { FormDraft } from './form-draft.ts';
import type { CodeReading } from './use-code-reading.ts';

/** Empty where nothing in the form names it; never longer than a title may be. */
export function titleHint(draft: FormDraft, reading: CodeReading): string {
  const owner = reading.is === 'code' ? ownerOf(reading.code) : '';
  return cut(owner || ownName(draft) || siteName(draft));
}

/** Not in the middle of a character that takes two code units. */
function cut(text: string): string {
  return text
    .slice(0, FIELD_LIMITS.title)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}

function ownName({ kind, fields, sshKey }: FormDraft): string {
  const of = (name: string): string => (fields[name] ?? '').trim();
  switch (kind) {
    case 'identity':
      return [of('firstName'), of('lastName')].filter(Boolean).join(' ');
    case 'card':
      return [of('bank'), of('brand')].filter(Boolean).join(' ');
    case 'wifi':
      return of('ssid');
    case 'licence':
      return of('product');
    case 'ssh-key':
      return sshKey.action === 'generate' ? sshKey.comment.trim() : '';
    case 'login':
    case 'passkey':
    case 'one-time-code':
    case 'note':
      return '';
  }
}

function siteName({ urls }: FormDraft): string {
  const site = urls.find(({ url, match }) => match !== 'regex' && isAddress(url));
  return site ? hostOf(site.url.trim()).replace(/^www\./, '') : '';
}

/** Not yet while it is begun: a host has a dot or is spelled out with its scheme. */
function isAddress(url: string): boolean {
  const text = url.trim();
  return /^https?:\/\/[^\s/]/i.test(text) || /^[^\s/:]+\.[^\s/.]{2,}/.test(text);
}
