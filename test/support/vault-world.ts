// The vault process's graph without its process: composed as in the product, over a pipe within this process, with the
// cheapest cost the format allows and files in a folder of its own.
// SPDX-License-Identifier: MIT

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ComposedVault, composeVault } from '../../src/main/compose-vault.ts';
import { KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import { ProcessLink } from '../../src/main/link/process-link.ts';
import type { ShellCalls, VaultAnnouncements, VaultCalls } from '../../src/main/link/vault-link.ts';
import type { ApprovalAnswer, ShownPrompt } from '../../src/shared/model/approval.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors.ts';
import { pipePair } from './pipe-pair.ts';
import { PASSWORD, password as presented } from './presented-secrets.ts';
import { type TypedAnswer, type TypedInput, TypingWindow } from './typing-window.ts';

type Announced = { [Name in keyof VaultAnnouncements]: VaultAnnouncements[Name][] };

/** Answers a prompt as a person would; the broker's own checks are tested elsewhere. */
export type Person = (shown: ShownPrompt) => Partial<TypedAnswer>;

export class VaultWorld implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-vault-'));
  readonly path = join(this.folder, 'Test.latchkey');
  readonly bugs: unknown[] = [];
  readonly copied: string[] = [];
  readonly prompts: ShownPrompt[] = [];
  readonly announced: Announced = {
    'vault:unlocked': [],
    'items:changed': [],
    'searches:changed': [],
    'transfer:progressed': [],
    'approval:closed': [],
    'vault:rekeyed': [],
    'work:progressed': [],
    'integrity:checked': [],
  };
  /** Answers of the range service by prefix; a prefix without one fails as a network does. */
  readonly ranges = new Map<string, string>();
  person: Person = () => ({ decision: 'deny' });
  /** One try of main's quick unlock; there is none until a test has one. */
  quickUnlock: (tried: ShellCalls['approval:quick-unlock']['input']) => Promise<void> = () =>
    Promise.reject(new AppError('keys/no-tries-left', 'no quick unlock in this world'));
  readonly #graph: ComposedVault;
  readonly #link: ProcessLink<VaultCalls, object, ShellCalls, VaultAnnouncements>;

  readonly #window = new TypingWindow(() => this.#link.call('vault:sealing-key', {}));

  constructor(clock?: Clock) {
    const [main, child] = pipePair();
    const reportBug = (bug: unknown): void => void this.bugs.push(bug);
    this.#graph = composeVault(child.pipe, {
      reportBug,
      kdf: KDF_FLOOR,
      pinsFolder: join(this.folder, 'pins'),
      ...(clock ? { clock } : {}),
    });
    this.#link = new ProcessLink<VaultCalls, object, ShellCalls, VaultAnnouncements>(main.pipe, {
      calls: {
        'approval:open': () => null,
        'approval:ask': (shown) => this.#answer(shown),
        'approval:quick-unlock': async (tried) => {
          await this.quickUnlock(tried);
          return null;
        },
        'breach:fetch-range': ({ prefix }) => {
          const answer = this.ranges.get(prefix);
          if (answer === undefined) throw new AppError('health/range-query-failed', 'no answer');
          return answer;
        },
        'clipboard:write-secret': ({ text }) => {
          this.copied.push(text);
          return { clearAfterMs: 30_000 };
        },
      },
      announcements: {
        'vault:unlocked': (one) => void this.announced['vault:unlocked'].push(one),
        'searches:changed': (one) => void this.announced['searches:changed'].push(one),
        'items:changed': (one) => void this.announced['items:changed'].push(one),
        'transfer:progressed': (one) => void this.announced['transfer:progressed'].push(one),
        'approval:closed': (one) => void this.announced['approval:closed'].push(one),
        'vault:rekeyed': (one) => void this.announced['vault:rekeyed'].push(one),
        'work:progressed': (one) => void this.announced['work:progressed'].push(one),
        'integrity:checked': (one) => void this.announced['integrity:checked'].push(one),
      },
      reportBug,
    });
  }

  static async withVault(clock?: Clock): Promise<VaultWorld> {
    const world = new VaultWorld(clock);
    await world.create();
    return world;
  }

  /** What a person would have typed is given as bytes and sealed on the way, as in a window. */
  async call<Name extends keyof VaultCalls>(
    name: Name,
    input: TypedInput<Name>,
    signal?: AbortSignal,
  ): Promise<VaultCalls[Name]['output']> {
    return this.callSealed(name, await this.#window.seal(name, input), signal);
  }

  /** As it leaves main. */
  callSealed<Name extends keyof VaultCalls>(
    name: Name,
    input: VaultCalls[Name]['input'],
    signal?: AbortSignal,
  ): Promise<VaultCalls[Name]['output']> {
    return this.#link.call(name, input as never, signal) as Promise<VaultCalls[Name]['output']>;
  }

  create(password = PASSWORD, path = this.path): Promise<null> {
    return this.call('vault:create-file', { path, password: presented(password).password });
  }

  unlock(password = PASSWORD, path = this.path): Promise<null> {
    return this.call('vault:open-file', { path, secret: presented(password) });
  }

  /** Until the check of all rows, which begins with unlocking, has come to its end `times` times. */
  async checked(times = 1): Promise<void> {
    while (this.announced['integrity:checked'].length < times) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  close(): Promise<null> {
    return this.call('vault:close', null);
  }

  /** File names of the backups beside the vault. */
  backupNames(): readonly string[] {
    return readdirSync(join(this.folder, 'Test.backups')).filter((name) => !name.startsWith('.'));
  }

  /** Until the upkeep that begins with unlocking is over. */
  settled(): Promise<void> {
    return this.#graph.settled();
  }

  /** Where a test is over: no bug was met in it. */
  end(): void {
    this[Symbol.dispose]();
    expect(this.bugs).toEqual([]);
  }

  [Symbol.dispose](): void {
    void this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #answer(shown: ShownPrompt): Promise<ApprovalAnswer> {
    this.prompts.push(shown);
    const { sessionId, stage } = shown.prompt;
    const plain = { sessionId, stage, promptHash: shown.promptHash };
    return this.#window.answer({
      ...plain,
      decision: 'approve',
      credentialId: null,
      secret: null,
      ...this.person(shown),
    });
  }
}
