// What the soak does, as a table: each row one thing that a person or the app does with an open vault, and how often.
// The number of items stays about the same: what comes new goes to the trash and is erased.
// SPDX-License-Identifier: MIT

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemId } from '../../src/shared/brand.ts';
import { toBase64Url, toUtf8 } from '../../src/shared/bytes.ts';
import type { GeneratorRequest } from '../../src/shared/model/generator.ts';
import type { ItemDraft, ItemSummary } from '../../src/shared/model/item.ts';
import { BENCH_PASSWORD } from '../bench/bench-vaults.ts';
import { draftOf } from '../bench/support/draft-of.ts';
import type { VaultCaller } from '../bench/support/vault-child.ts';
import type { Dice } from './dice.ts';

type Operation = (work: SoakOperations) => Promise<unknown>;

/** How often in the mix, and what. */
const MIX: Readonly<Record<string, readonly [weight: number, run: Operation]>> = {
  list: [120, (work) => work.page('')],
  search: [240, (work) => work.page(work.dice.word(1 + work.dice.below(4)))],
  count: [60, ({ vault }) => vault.call('items:count', {})],
  open: [160, (work) => work.vault.call('items:get', { id: work.anyId() })],
  edit: [120, (work) => work.edit()],
  favourite: [
    40,
    (work) =>
      work.vault.call('items:set-favourite', {
        ids: [work.anyId()],
        favourite: work.dice.oneIn(2),
      }),
  ],
  archive: [
    20,
    (work) =>
      work.vault.call('items:set-archived', { ids: [work.anyId()], archived: work.dice.oneIn(2) }),
  ],
  tag: [30, (work) => work.tag()],
  trash: [20, (work) => work.trashAndRestore()],
  undo: [20, (work) => work.undo()],
  history: [20, (work) => work.history()],
  reveal: [60, (work) => work.field('items:reveal-field')],
  copy: [30, (work) => work.field('items:copy-field')],
  code: [30, (work) => work.code()],
  generate: [40, (work) => work.generate()],
  'saved search': [10, (work) => work.savedSearch()],
  'sign in': [20, (work) => work.signIn()],
  attach: [6, (work) => work.attach()],
  'new and erased': [2, (work) => work.newAndErased()],
  duplicates: [1, ({ vault }) => vault.call('items:duplicates', {})],
};

export class SoakOperations {
  readonly vault: VaultCaller;
  readonly dice: Dice;
  readonly faults: string[] = [];
  readonly #folder: string;
  readonly #counts = new Map<string, number>();
  readonly #slowest = new Map<string, number>();
  #items: readonly ItemSummary[] = [];
  #logins: readonly ItemSummary[] = [];
  #passkeys: readonly ItemSummary[] = [];
  #codes: readonly ItemSummary[] = [];
  #lastChange = 0;
  #done = 0;

  constructor(vault: VaultCaller, dice: Dice, folder: string) {
    this.vault = vault;
    this.dice = dice;
    this.#folder = folder;
  }

  get done(): number {
    return this.#done;
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** Operations that took longer than that once, in milliseconds. */
  slowest(aboveMs: number): Readonly<Record<string, number>> {
    const slow = [...this.#slowest].filter(([, ms]) => ms > aboveMs);
    return Object.fromEntries(slow.map(([name, ms]) => [name, Math.round(ms)]));
  }

  async begin(): Promise<void> {
    const items: ItemSummary[] = [];
    for (;;) {
      const page = await this.page('', items.length, 200);
      items.push(...page.items);
      if (page.items.length === 0) break;
    }
    this.#items = items;
    this.#logins = items.filter(({ kind }) => kind === 'login');
    this.#passkeys = items.filter(({ kind }) => kind === 'passkey');
    this.#codes = items.filter(({ hasOneTimeCode }) => hasOneTimeCode);
  }

  async next(): Promise<void> {
    const [name, run] = this.#choose();
    const start = performance.now();
    try {
      await run(this);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (this.faults.length < 5) this.faults.push(`${name}: ${why}`);
    }
    const ms = performance.now() - start;
    this.#slowest.set(name, Math.max(ms, this.#slowest.get(name) ?? 0));
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#done += 1;
  }

  anyId(): ItemId {
    return this.dice.pick(this.#items).id;
  }

  page(text: string, offset = 0, limit = 100) {
    const section = { in: 'all' } as const;
    return this.vault.call('items:list', { section, text, sort: 'title', offset, limit });
  }

  async edit(): Promise<void> {
    const detail = await this.vault.call('items:get', { id: this.dice.pick(this.#logins).id });
    const draft = draftOf(detail, `note ${this.dice.word(12)}`);
    const [title = ''] = detail.title.split(' ~');
    const password = this.dice.oneIn(4) ? this.dice.word(16) : null;
    const changed = { ...draft, title: `${title} ~${this.dice.word(4)}`, fields: { password } };
    this.#lastChange = (await this.vault.call('items:save', changed)).change;
  }

  async tag(): Promise<void> {
    const input = { ids: [this.anyId()], add: [`soak/${String(this.dice.below(20))}`] };
    const remove = [`soak/${String(this.dice.below(20))}`];
    this.#lastChange = (await this.vault.call('items:tag', { ...input, remove })).change;
  }

  async trashAndRestore(): Promise<void> {
    const ids = [this.anyId()];
    await this.vault.call('items:trash', { ids });
    this.#lastChange = (await this.vault.call('items:restore', { ids })).change;
  }

  async undo(): Promise<void> {
    if (this.#lastChange > 0) await this.vault.call('items:undo', { change: this.#lastChange });
    this.#lastChange = 0;
  }

  async history(): Promise<void> {
    const id = this.anyId();
    const revisions = await this.vault.call('items:history', { id });
    const { ref } = this.dice.pick(revisions);
    await this.vault.call('items:revision', { id, ref });
  }

  async field(call: 'items:reveal-field' | 'items:copy-field'): Promise<void> {
    const input = { id: this.dice.pick(this.#logins).id, field: 'password' };
    if (call === 'items:copy-field') await this.vault.call(call, input);
    else await this.vault.call(call, { ...input, revision: null });
  }

  async code(): Promise<void> {
    await this.vault.call('items:one-time-code', { id: this.dice.pick(this.#codes).id });
  }

  async generate(): Promise<void> {
    const length = 12 + this.dice.below(20);
    const made = await this.vault.call('generator:generate', charactersOf(length));
    if (this.dice.oneIn(4)) await this.vault.call('generator:remember', { value: made.value });
  }

  async savedSearch(): Promise<void> {
    const search = { id: null, name: this.dice.word(6), text: `tag:${this.dice.word(4)}` };
    const { id } = await this.vault.call('searches:save', search);
    await this.vault.call('searches:list', {});
    await this.vault.call('searches:remove', { id });
  }

  async signIn(): Promise<void> {
    const { host: rpId } = this.dice.pick(this.#passkeys);
    const challenge = toBase64Url(this.dice.bytes(32));
    const { report } = await this.vault.call('ceremony:get', {
      ...{ source: 'test-site', origin: `https://${rpId}`, vaultPath: null },
      options: { rpId, challenge, userVerification: 'discouraged' },
    });
    // A passkey that lies in the trash or whose host is a public suffix answers as it should.
    if (report.reason === 'internal') throw new Error('a ceremony ended with a bug');
  }

  async attach(): Promise<void> {
    const path = join(this.#folder, 'attached.txt');
    writeFileSync(path, this.dice.word(1_000));
    const { id } = this.dice.pick(this.#logins);
    const added = await this.vault.call('attachments:add-file', { id, path });
    const file = { id, attachment: added.attachment.id };
    await this.vault.call('attachments:preview', file);
    await this.vault.call('attachments:remove', file);
  }

  async newAndErased(): Promise<void> {
    const { id } = await this.vault.call('items:save', newNote(this.dice.word(8)));
    await this.vault.call('items:trash', { ids: [id] });
    await this.vault.call('items:erase', {
      ids: [id],
      present: { type: 'password', password: toUtf8(BENCH_PASSWORD) },
    });
  }

  #choose(): readonly [string, Operation] {
    const total = Object.values(MIX).reduce((sum, [weight]) => sum + weight, 0);
    let at = this.dice.below(total);
    for (const [name, [weight, run]] of Object.entries(MIX)) {
      if (at < weight) return [name, run];
      at -= weight;
    }
    throw new Error('soak: the weights do not add up');
  }
}

function charactersOf(length: number): GeneratorRequest {
  const all = { lower: true, upper: true, digits: true, symbols: true } as const;
  return { type: 'characters', length, ...all, avoidAmbiguous: false };
}

function newNote(title: string): ItemDraft {
  return {
    ...{ kind: 'note', id: null, title, note: 'soon gone', tags: [], favourite: false, urls: [] },
    ...{ fields: {}, sections: [], loginId: null },
    ...{ oneTimeCode: { action: 'keep' }, sshKey: { action: 'keep' } },
  };
}
