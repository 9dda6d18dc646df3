// What the vault process takes in an approval, over a real file: the secret of any slot, and quick unlock, whose tries
// main counts. What does not do is said, and the ceremony waits.
// SPDX-License-Identifier: MIT

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SealedQuickUnlock } from '../../../src/main/link/vault-link.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { ApprovalSecret } from '../../../src/shared/model/approval.ts';
import { creationOptions, ORIGIN } from '../../support/ceremony-world.ts';
import { PASSWORD, TOKEN, password, withKeyFile } from '../../support/presented-secrets.ts';
import { VaultWorld } from '../../support/vault-world.ts';

const OTHER = 'cd'.repeat(16);
const GUARDED = new Uint8Array(32).fill(7);

type Typed = ApprovalSecret<Uint8Array>;
const pin = (text: string): Typed => ({ type: 'pin', pin: toUtf8(text) });

let world: VaultWorld;

beforeEach(async () => {
  world = await VaultWorld.withVault();
});
afterEach(() => {
  world.end();
});

/** Makes a passkey; each secret in turn is given wherever one is asked for, then the person denies. */
async function approve(...secrets: readonly Typed[]): Promise<string> {
  const left = [...secrets];
  world.prompts.length = 0;
  world.person = ({ prompt }) => {
    if (!prompt.asksPassword) return {};
    const secret = left.shift();
    return secret ? { secret } : { decision: 'deny' };
  };
  const options = creationOptions();
  const request = { source: 'test-site', origin: ORIGIN, options, vaultPath: world.path } as const;
  const { report } = await world.call('ceremony:create', request);
  return report.reason;
}

const refusals = () => world.prompts.map(({ prompt }) => prompt.refusal);
const types = () => world.call('vault:presentable-types', { path: world.path });

async function keepKeyFile(token: string, name: string, fill: number): Promise<void> {
  const path = join(world.folder, name);
  writeFileSync(path, new Uint8Array(64).fill(fill));
  await world.call('keys:open-key-file', { path, token, make: false });
}

async function requireKeyFile(): Promise<void> {
  await keepKeyFile(TOKEN, 'key', 1);
  await keepKeyFile(OTHER, 'other', 2);
  await world.call('keys:add-key-file', { present: password(), keyFile: TOKEN, name: '' });
}

/** Main's side of quick unlock, which guards and hands on. */
async function setPin(text: string): Promise<void> {
  const sealing = { present: password(), pin: toUtf8(text), guarded: Uint8Array.from(GUARDED) };
  const kept: SealedQuickUnlock = await world.call('quick-unlock:seal', sealing);
  world.quickUnlock = async ({ path, pin: sealed }) => {
    const isOpen = await world.callSealed('quick-unlock:open', {
      ...{ path, pin: sealed, guarded: Uint8Array.from(GUARDED) },
      ...{ kept, sealedFor: 'approval:answer' },
    });
    if (!isOpen) throw new AppError('vault/wrong-password', 'no', { details: { triesLeft: 4 } });
  };
}

describe('an approval with password and key file', () => {
  beforeEach(requireKeyFile);

  it('unlocks, and counts as verified', async () => {
    await world.close();
    expect(await types()).toEqual(['password-key-file']);
    expect(await approve(withKeyFile())).toBe('completed');
    expect(world.prompts.map(({ prompt }) => prompt.kind)).toEqual(['unlock', 'create']);
    expect(await types()).toEqual(['password']);
  });

  it('waits after a wrong file, a lost one and the password alone, and says which kind it was', async () => {
    await world.close();
    const lost = withKeyFile(PASSWORD, 'ef'.repeat(16));
    expect(await approve(withKeyFile(PASSWORD, OTHER), lost, password(), withKeyFile())).toBe(
      'completed',
    );
    expect(refusals()).toEqual([
      null,
      { kind: 'password-key-file', code: 'vault/wrong-password', details: {} },
      { kind: 'password-key-file', code: 'keys/not-a-key-file', details: {} },
      { kind: 'password', code: 'vault/wrong-password', details: {} },
      null,
    ]);
    const counts = world.prompts.map(({ prompt }) => prompt.refusedPasswords);
    expect(counts).toEqual([0, 1, 1, 2, 2]);
  });

  it('ends after five that were wrong', async () => {
    await world.close();
    const wrong = Array.from({ length: 6 }, () => withKeyFile(PASSWORD, OTHER));
    expect(await approve(...wrong)).toBe('wrong-password-limit');
    expect(world.announced['vault:unlocked']).toHaveLength(1);
  });

  it('verifies beside the open vault by the password, which knows its file', async () => {
    expect(await types()).toEqual(['password']);
    expect(await approve(password('wrong password'), password())).toBe('completed');
    expect(await approve(withKeyFile())).toBe('completed');
  });
});

describe('an approval by the recovery key', () => {
  it('unlocks without the file, which is then asked for to verify', async () => {
    const sheet = await world.call('keys:prepare-recovery', { present: password() });
    const rehearsed = sheet.rehearsal.map((place) => sheet.words[place] ?? '').join(' ');
    const typed = { token: sheet.token, words: toUtf8(rehearsed), name: 'Paper' };
    await world.call('keys:confirm-recovery', typed);
    await requireKeyFile();
    await world.close();
    const slip = sheet.words.with(2, 'latchkey').join(' ');
    const words = (text: string): Typed => ({ type: 'recovery', words: toUtf8(text) });
    expect(await approve(words(slip), words(sheet.words.join(' ')))).toBe('completed');
    expect(refusals()[1]).toMatchObject({ kind: 'recovery', code: 'keys/unknown-recovery-word' });
    expect(world.prompts.at(-1)?.prompt.refusedPasswords).toBe(0);
    expect(await types()).toEqual(['password-key-file', 'recovery']);
    expect(await approve(password())).toBe('denied');
    expect(await approve(withKeyFile())).toBe('completed');
    expect(await types()).toEqual(['password', 'recovery']);
  });
});

describe('an approval by PIN', () => {
  beforeEach(() => setPin('739216'));

  it('unlocks the vault of the ceremony', async () => {
    await world.close();
    expect(await approve(pin('739216'))).toBe('completed');
    expect(world.announced['vault:unlocked']).toHaveLength(2);
  });

  it('verifies beside the open vault, without opening it again', async () => {
    expect(await approve(pin('000001'), pin('739216'))).toBe('completed');
    expect(world.announced['vault:unlocked']).toHaveLength(1);
    expect(refusals()[1]).toEqual({
      ...{ kind: 'pin', code: 'vault/wrong-password', details: { triesLeft: 4 } },
    });
  });

  it('never ends the ceremony by wrong PINs: quick unlock counts them', async () => {
    world.quickUnlock = () => Promise.reject(new AppError('vault/wrong-password', 'another PIN'));
    const wrong = Array.from({ length: 6 }, () => pin('000001'));
    expect(await approve(...wrong, password())).toBe('completed');
    expect(world.prompts.at(-1)?.prompt.refusedPasswords).toBe(0);
  });

  it('waits when the PIN is gone', async () => {
    world.quickUnlock = () => Promise.reject(new AppError('keys/no-tries-left', 'gone'));
    await world.close();
    expect(await approve(pin('739216'), password())).toBe('completed');
    expect(refusals()[1]).toEqual({ kind: 'pin', code: 'keys/no-tries-left', details: {} });
  });

  it('opens nothing with a PIN that was sealed for the unlock window', async () => {
    const seen: unknown[] = [];
    const right = world.quickUnlock;
    world.quickUnlock = async (tried) => {
      seen.push(tried);
      await right(tried);
    };
    expect(await approve(pin('739216'))).toBe('completed');
    expect(seen).toHaveLength(1);
    const kept = { salt: new Uint8Array(16), sealed: new Uint8Array(72) };
    const { pin: sealed } = seen[0] as { pin: never };
    const asTyped = { path: world.path, pin: sealed, guarded: Uint8Array.from(GUARDED), kept };
    await expect(world.callSealed('quick-unlock:open', asTyped)).rejects.toMatchObject({
      code: 'crypto/authentication-failed',
    });
  });
});
