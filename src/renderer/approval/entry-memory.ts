// What of an entry outlives a stage of one ceremony, so that a secret that did not do costs no more than typing it again:
// the ways of the vault, which of them was chosen, which file is the key file, what kind was given. Of secrets, only the
// 24 words, and only until the next stage has looked at why they did not do.
// SPDX-License-Identifier: MIT

import type { ApprovalSecretKind } from '../../shared/model/approval.ts';
import type { KeyFileChoice, VaultWays } from '../../shared/model/keys.ts';
import type { WayChoice } from '../keys/offered-ways.ts';

export interface KeptEntry {
  readonly ways: VaultWays | null;
  readonly way: WayChoice;
  readonly keyFile: KeyFileChoice | null;
  readonly words: string;
  /** What was given last; where no stage asks for it again, it did: the person is verified by it. */
  readonly given: ApprovalSecretKind | null;
}

const NOTHING: KeptEntry = { ways: null, way: 'quick', keyFile: null, words: '', given: null };

export class EntryMemory {
  #sessionId = '';
  #kept = NOTHING;

  /** What is kept for this ceremony; nothing of another one. */
  of(sessionId: string): KeptEntry {
    return this.#sessionId === sessionId ? this.#kept : NOTHING;
  }

  keep(sessionId: string, part: Partial<KeptEntry>): void {
    this.#kept = { ...this.of(sessionId), ...part };
    this.#sessionId = sessionId;
  }
}
