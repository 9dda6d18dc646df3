// Drives the app through unlock, use, a passkey's signature and lock, and looks through its memory after each lock. What is
// typed is typed key by key: a driver that filled in a whole secret would put it into the very memory that is searched.
// SPDX-License-Identifier: MIT

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { LatchkeyApp } from '../../support/latchkey-app.ts';
import { closing, lock, openItem, openRoom, search } from '../../support/stories.ts';
import type { LockOrder, LockReport, MemoryFinding } from '../memory-after-lock.ts';
import { Canaries, makeCanaryVault, SHOWN_TITLE } from '../memory/canaries.ts';
import { type AppProcess, processesOf } from '../memory/process-tree.ts';
import { type MemoryHit, type Needle, needlesFor, scanMemory } from '../memory/scan-memory.ts';
import { typeInto, Visitor } from '../memory/sign-in.ts';

const AFTER_LOCK_MS = 1_000;
const VAULT_NAME = 'Canaries';
/** Items that are opened in each cycle; their secrets stay covered. Notes are shown at once, so none of them. */
const OPENED = ['password 1', 'custom field 0', 'one-time code 0', 'SSH key 0', 'passkey 0'];

process.once('message', (order) => {
  void obey(order as LockOrder).then((answer) => {
    process.send?.(answer);
  });
});
process.once('disconnect', () => {
  process.exit();
});

async function obey(order: LockOrder): Promise<LockReport | { readonly why: string }> {
  const userData = mkdtempSync(join(tmpdir(), 'latchkey-memory-'));
  try {
    const canaries = new Canaries(order.seed);
    mkdirSync(join(userData, 'vaults'), { recursive: true });
    await makeCanaryVault(join(userData, `vaults/${VAULT_NAME}.latchkey`), canaries, KDF_FLOOR);
    const app = await LatchkeyApp.launch({ userData });
    try {
      return await new LockCycles(app, canaries).run(order.cycles);
    } finally {
      await app.remove();
    }
  } catch (error) {
    return { why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
}

class LockCycles {
  readonly #app: LatchkeyApp;
  readonly #canaries: Canaries;
  readonly #needles: readonly Needle[];
  readonly #shownNeedles: readonly Needle[];
  readonly #findings: MemoryFinding[] = [];
  #bytes = 0;
  #visitor: Visitor | null = null;

  constructor(app: LatchkeyApp, canaries: Canaries) {
    this.#app = app;
    this.#canaries = canaries;
    const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
    this.#needles = [
      ...needlesFor('mark', bytesOf(canaries.mark)),
      ...needlesFor('PIN', bytesOf(canaries.pin)),
    ];
    this.#shownNeedles = needlesFor('shown', bytesOf(canaries.shownMark));
  }

  async run(cycles: number): Promise<LockReport> {
    try {
      return await this.#run(cycles);
    } finally {
      await this.#visitor?.[Symbol.asyncDispose]();
    }
  }

  async #run(cycles: number): Promise<LockReport> {
    await this.#giveKeystore();
    let seen = { shownIn: [] as readonly string[], whileOpen: {} };
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const main = await (cycle === 1 ? this.#byPassword() : this.#byPin());
      await useWithoutRevealing(main);
      if (cycle === 1) {
        seen = await this.#revealOne(main);
        await this.#setPin(main);
        this.#visitor = await Visitor.open(this.#app);
      }
      const { masterPassword: password, pin } = this.#canaries;
      await this.#visitor?.signInTwice({ password, pin }, cycle % 2 === 0 ? 'pin' : 'password');
      await lock(this.#app);
      await pause(AFTER_LOCK_MS);
      this.#findings.push(...this.#look(cycle));
    }
    const processes = this.#processes().map(({ role }) => role);
    return {
      ...{ skipped: null, canaries: this.#canaries.count, cycles, findings: this.#findings },
      ...{ ...seen, shownLeft: this.#countIn(this.#shownNeedles), processes },
      megabytesPerScan: Math.round(this.#bytes / cycles / 2 ** 20),
    };
  }

  #processes(): readonly AppProcess[] {
    return processesOf(this.#app.electron.process().pid ?? 0);
  }

  #look(cycle: number): readonly MemoryFinding[] {
    return this.#processes().flatMap(({ pid, role }) => {
      const { hits, bytes } = scanMemory(pid, this.#needles);
      this.#bytes += bytes;
      return hits.map((hit) => {
        const { needle, mapping, address, before } = hit;
        const place = { mapping, address, near: readableEnd(before) };
        return { cycle, role, what: this.#nameOf(hit), form: needle.form, ...place };
      });
    });
  }

  #nameOf({ needle, context }: MemoryHit): string {
    if (needle.name !== 'mark') return needle.name;
    if (needle.form === 'utf-16le') return this.#canaries.nameOf(context.toString('utf16le'));
    if (needle.form === 'bytes or utf-8') {
      return this.#canaries.nameOf(context.toString('latin1'));
    }
    return 'one of the canaries';
  }

  #countIn(needles: readonly Needle[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { pid, role } of this.#processes()) {
      const { hits } = scanMemory(pid, needles);
      if (hits.length > 0) counts[role] = (counts[role] ?? 0) + hits.length;
    }
    return counts;
  }

  /** The search must find what is on the screen, or finding nothing would mean nothing. */
  async #revealOne(main: Page) {
    await search(main, SHOWN_TITLE);
    const article = await openItem(main, SHOWN_TITLE);
    await article.getByRole('button', { name: 'Reveal password' }).click();
    await article.getByRole('button', { name: 'Hide password' }).waitFor();
    const shownIn = Object.keys(this.#countIn(this.#shownNeedles));
    const whileOpen = this.#countIn(this.#needles);
    return { shownIn, whileOpen };
  }

  async #byPassword(): Promise<Page> {
    const page = await this.#app.window('unlock');
    await typeInto(
      page,
      page.getByLabel('Master password', { exact: true }),
      this.#canaries.masterPassword,
    );
    return await this.#submit(page);
  }

  async #byPin(): Promise<Page> {
    const page = await this.#app.window('unlock');
    await typeInto(page, page.getByLabel('PIN', { exact: true }), this.#canaries.pin);
    return await this.#submit(page);
  }

  async #submit(page: Page): Promise<Page> {
    await closing(page, page.getByRole('button', { name: 'Unlock', exact: true }).click());
    const main = await this.#app.window('main');
    await main.getByRole('option').first().waitFor();
    return main;
  }

  async #setPin(main: Page): Promise<void> {
    await openRoom(main, 'Settings');
    await main.getByRole('button', { name: 'Set a PIN' }).click();
    const form = main.getByRole('form', { name: 'Set a PIN' });
    const { pin, masterPassword } = this.#canaries;
    await typeInto(main, form.getByLabel('PIN', { exact: true }), pin);
    await typeInto(main, form.getByLabel('The same PIN again', { exact: true }), pin);
    await typeInto(main, form.getByLabel('Master password', { exact: true }), masterPassword);
    await form.getByRole('button', { name: 'Set PIN' }).click();
    await form.waitFor({ state: 'detached' });
  }

  /** A keystore that is as real as one can be here: its key lives in main, as the system's would live outside. */
  async #giveKeystore(): Promise<void> {
    await this.#app.electron.evaluate(({ safeStorage }) => {
      const crypto = process.getBuiltinModule('node:crypto');
      const key = crypto.randomBytes(32);
      const nonce = Buffer.alloc(16, 7);
      const store = safeStorage as unknown as Record<string, unknown>;
      store.getSelectedStorageBackend = () => 'gnome_libsecret';
      store.isAsyncEncryptionAvailable = () => Promise.resolve(true);
      store.encryptStringAsync = (text: string) => {
        const cipher = crypto.createCipheriv('aes-256-ctr', key, nonce);
        return Promise.resolve(cipher.update(Buffer.from(text)));
      };
      store.decryptStringAsync = (sealed: Buffer) => {
        const cipher = crypto.createDecipheriv('aes-256-ctr', key, nonce);
        const result = cipher.update(Buffer.from(sealed)).toString();
        return Promise.resolve({ result, shouldReEncrypt: false });
      };
    });
  }
}

/** What a person does who looks for something: list, search, items opened; their secrets stay covered. */
async function useWithoutRevealing(main: Page): Promise<void> {
  for (const title of OPENED) {
    await search(main, title);
    await openItem(main, title);
  }
  await search(main, 'olivia');
  await search(main, '');
}

const NEAR = 48;

function readableEnd(bytes: Buffer): string {
  const runs = bytes.toString('latin1').match(/[\x20-\x7e]{4,}/g) ?? [];
  return runs.join(' ').slice(-NEAR);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
