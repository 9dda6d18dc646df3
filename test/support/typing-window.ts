// What a window's api layer does before a request leaves it, for tests that call the vault process without a window:
// everything that somebody would have typed is sealed.
// SPDX-License-Identifier: MIT

import type { VaultCalls } from '../../src/main/link/vault-link.ts';
import { holdsBytes, SecretSealer } from '../../src/renderer/secrets/secret-sealer.ts';
import type { Channel } from '../../src/shared/ipc/requests.ts';
import type { ApprovalAnswer } from '../../src/shared/model/approval.ts';
import type { SealingKey, Unsealed } from '../../src/shared/sealed-secret.ts';

type Name = keyof VaultCalls;
export type TypedInput<N extends Name> = Unsealed<VaultCalls[N]['input']>;
export type TypedAnswer = Unsealed<ApprovalAnswer>;

/** The requests of windows on whose behalf main makes calls of its own. */
const REQUESTS: Partial<Record<Name, Channel>> = {
  'vault:create-file': 'vault:create',
  'vault:open-file': 'vault:unlock',
  'vault:verify': 'transfer:export',
  'transfer:write-export': 'transfer:export',
  'quick-unlock:seal': 'quick-unlock:set',
  'quick-unlock:open': 'vault:quick-unlock',
};
/** Bytes that main adds itself: nobody typed them. */
const ADDED_BY_MAIN = ['guarded', 'kept'];

export class TypingWindow {
  readonly #sealer: SecretSealer;

  constructor(fetchKey: () => Promise<SealingKey>) {
    this.#sealer = new SecretSealer(fetchKey);
  }

  /** As `name` of the vault process takes it. */
  async seal<N extends Name>(name: N, input: TypedInput<N>): Promise<VaultCalls[N]['input']> {
    if (!holdsBytes(input)) return input as VaultCalls[N]['input'];
    const parts = Object.entries(input as object) as [string, unknown][];
    const added = parts.filter(([part]) => ADDED_BY_MAIN.includes(part));
    const typed = parts.filter(([part]) => !ADDED_BY_MAIN.includes(part));
    const sealed = await this.#sealer.seal(REQUESTS[name] ?? name, Object.fromEntries(typed));
    return { ...(sealed as object), ...Object.fromEntries(added) } as VaultCalls[N]['input'];
  }

  async answer(answer: TypedAnswer): Promise<ApprovalAnswer> {
    return (await this.#sealer.seal('approval:answer', answer)) as ApprovalAnswer;
  }
}
