// The hash that ties an approval to what was shown: SHA-256 over the canonical JSON of the prompt.
// SPDX-License-Identifier: MIT

import { toHex, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import type { ApprovalPrompt, ShownPrompt } from '../../shared/model/approval.ts';
import { sha256 } from '../crypto/digest.ts';

/** Lower-case hex; 64 digits. */
export function hashPrompt(prompt: ApprovalPrompt): string {
  return toHex(sha256(toUtf8(toCanonicalJson(prompt))));
}

/** Freezes `prompt` through and through, then hashes it: from here on what is shown cannot change. */
export function toShownPrompt(prompt: ApprovalPrompt): ShownPrompt {
  deepFreeze(prompt);
  return Object.freeze({ prompt, promptHash: hashPrompt(prompt) });
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const entry of Object.values(value)) deepFreeze(entry);
}
