// The ways into a vault, through the composed vault process over a real file: slots, recovery, key files, re-keying,
// quick unlock.
// SPDX-License-Identifier: MIT

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { PresentedSecret, RecoverySheet } from '../../../src/shared/model/keys.ts';
import { code } from '../../support/error-code.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { NEXT_PASSWORD, TOKEN, password, withKeyFile } from '../../support/presented-secrets.ts';
import { VaultWorld } from '../../support/vault-world.ts';

const words = (sheet: RecoverySheet): PresentedSecret => ({
  type: 'recovery',
  words: toUtf8(sheet.words.join(' ')),
});

let world: VaultWorld;

beforeEach(async () => {
  world = await VaultWorld.withVault();
  await world.call(
    'items:save',
    draftOf('login', { title: 'Kept', fields: { password: 's3cret' } }),
  );
});
afterEach(() => {
  world.end();
});

const open = (secret: PresentedSecret) =>
  world.call('vault:open-file', { path: world.path, secret });
const titles = async (): Promise<readonly string[]> => {
  const page = await world.call('items:list', {
    ...{ section: { in: 'all' }, text: '', sort: 'title', offset: 0, limit: 10 },
  });
  return page.items.map(({ title }) => title);
};
const types = async () => (await world.call('keys:list', {})).map(({ type }) => type);

async function addRecovery(name = 'Paper'): Promise<RecoverySheet> {
  const sheet = await world.call('keys:prepare-recovery', { present: password() });
  const rehearsed = sheet.rehearsal.map((place) => sheet.words[place] ?? '').join(' ');
  const typed = { token: sheet.token, words: toUtf8(rehearsed), name };
  await world.call('keys:confirm-recovery', typed);
  return sheet;
}

describe('master password', () => {
  it('opens with the new one alone after a change', async () => {
    const change = { present: password(), password: toUtf8(NEXT_PASSWORD) };
    await world.call('keys:change-password', change);
    await world.close();
    await expect(open(password())).rejects.toThrow(code('vault/wrong-password'));
    await open(password(NEXT_PASSWORD));
    expect(await titles()).toEqual(['Kept']);
  });

  it('refuses a wrong present password and a short new one, and changes nothing', async () => {
    const wrong = { present: password('wrong password'), password: toUtf8(NEXT_PASSWORD) };
    await expect(world.call('keys:change-password', wrong)).rejects.toThrow(
      code('vault/wrong-password'),
    );
    const short = { present: password(), password: toUtf8('short') };
    await expect(world.call('keys:change-password', short)).rejects.toThrow(
      code('vault/password-too-short'),
    );
    await world.close();
    await open(password());
  });

  it('leaves nothing of the former slot in the file or its log', async () => {
    const before = readFileSync(world.path);
    // Slot id, KDF block, salt, nonce and sealed key of the one slot lie between byte 53 of the header and its MACs.
    const at = before.indexOf(toUtf8('LATCHKEY'));
    const salt = before.subarray(at + 53 + 31, at + 53 + 47);
    const sealed = before.subarray(at + 53 + 47, at + 53 + 119);
    expect(before.includes(sealed)).toBe(true);
    const change = { present: password(), password: toUtf8(NEXT_PASSWORD) };
    await world.call('keys:change-password', change);
    const after = Buffer.concat([readFileSync(world.path), readFileSync(`${world.path}-wal`)]);
    expect(after.includes(sealed)).toBe(false);
    expect(after.includes(salt)).toBe(false);
  });
});

describe('recovery key', () => {
  it('opens the vault once it was rehearsed', async () => {
    const sheet = await addRecovery();
    expect(sheet.words).toHaveLength(24);
    expect(await types()).toEqual(['password', 'recovery']);
    await world.close();
    await open(words(sheet));
    expect(await titles()).toEqual(['Kept']);
  });

  it('does not count before it was rehearsed, nor with other words', async () => {
    const sheet = await world.call('keys:prepare-recovery', { present: password() });
    const wrong = sheet.rehearsal.map(() => 'zoo');
    await expect(
      world.call('keys:confirm-recovery', {
        ...{ token: sheet.token, words: toUtf8(wrong.join(' ')), name: '' },
      }),
    ).rejects.toThrow(code('keys/not-rehearsed'));
    expect(await types()).toEqual(['password']);
    await world.close();
    await expect(open(words(sheet))).rejects.toThrow(code('vault/wrong-password'));
  });

  it('says which word is none, and that a checksum is wrong', async () => {
    const sheet = await addRecovery();
    await world.close();
    const typed = [...sheet.words];
    typed[6] = 'qqqq';
    await expect(open({ type: 'recovery', words: toUtf8(typed.join(' ')) })).rejects.toMatchObject({
      code: 'keys/unknown-recovery-word',
      details: { place: 7 },
    });
    const swapped = [...sheet.words];
    swapped[0] = sheet.words[0] === 'zoo' ? 'abandon' : 'zoo';
    await expect(open({ type: 'recovery', words: toUtf8(swapped.join(' ')) })).rejects.toThrow(
      code('keys/recovery-damaged'),
    );
  });

  it('sets a new password for whoever has forgotten theirs', async () => {
    const sheet = await addRecovery();
    await world.call('keys:change-password', {
      present: words(sheet),
      password: toUtf8(NEXT_PASSWORD),
    });
    await world.close();
    await open(password(NEXT_PASSWORD));
  });

  it('is gone when it was removed, and the last way in stays', async () => {
    const sheet = await addRecovery();
    const [, slot] = await world.call('keys:list', {});
    await world.call('keys:remove', { present: password(), slot: slot?.id ?? '' });
    const [last] = await world.call('keys:list', {});
    await expect(
      world.call('keys:remove', { present: password(), slot: last?.id ?? '' }),
    ).rejects.toThrow(code('keys/last-way-in'));
    await world.close();
    await expect(open(words(sheet))).rejects.toThrow(code('vault/wrong-password'));
    await open(password());
  });
});

describe('key file', () => {
  const path = (): string => join(world.folder, 'my.key');

  it('is asked for together with the password, and no longer once it is dropped', async () => {
    await world.call('keys:open-key-file', { path: path(), token: TOKEN, make: true });
    await world.call('keys:add-key-file', { present: password(), keyFile: TOKEN, name: 'Stick' });
    expect(await types()).toEqual(['password-key-file']);
    await world.close();
    await expect(open(password())).rejects.toThrow(code('vault/wrong-password'));
    await expect(open(withKeyFile('wrong password'))).rejects.toThrow(code('vault/wrong-password'));
    await open(withKeyFile());
    await world.call('keys:drop-key-file', { present: withKeyFile() });
    await world.close();
    await open(password());
  });

  it('is another file where one byte differs', async () => {
    await world.call('keys:open-key-file', { path: path(), token: TOKEN, make: true });
    await world.call('keys:add-key-file', { present: password(), keyFile: TOKEN, name: '' });
    await world.close();
    const bytes = readFileSync(path());
    flipInPlace(bytes, 0);
    writeFileSync(path(), bytes);
    await world.call('keys:open-key-file', { path: path(), token: TOKEN, make: false });
    await expect(open(withKeyFile())).rejects.toThrow(code('vault/wrong-password'));
  });

  it('refuses a file with next to nothing in it, and the open vault itself as a target', async () => {
    writeFileSync(path(), 'short');
    await expect(
      world.call('keys:open-key-file', { path: path(), token: TOKEN, make: false }),
    ).rejects.toThrow(code('keys/not-a-key-file'));
    await expect(
      world.call('keys:open-key-file', { path: world.path, token: TOKEN, make: true }),
    ).rejects.toThrow(code('transfer/target-is-a-vault'));
    await expect(
      world.call('keys:open-key-file', { path: world.path, token: TOKEN, make: false }),
    ).rejects.toThrow(code('transfer/target-is-a-vault'));
    expect(await titles()).toEqual(['Kept']);
  });
});

describe('re-keying', () => {
  it('keeps what is presented, removes and names the rest', async () => {
    const sheet = await addRecovery();
    const { removed } = await world.call('keys:rekey', { secrets: [password()] });
    expect(removed.map(({ type, name }) => [type, name])).toEqual([['recovery', 'Paper']]);
    expect(world.announced['vault:rekeyed']).toHaveLength(1);
    expect(await titles()).toEqual(['Kept']);
    await world.close();
    await expect(open(words(sheet))).rejects.toThrow(code('vault/wrong-password'));
    await open(password());
    await world.checked();
    expect(world.announced['integrity:checked'].at(-1)).toEqual({ integrity: 'intact' });
  });

  it('does nothing where one secret is wrong, and says which', async () => {
    const sheet = await addRecovery();
    await expect(
      world.call('keys:rekey', { secrets: [password(), password('wrong password')] }),
    ).rejects.toMatchObject({ code: 'vault/wrong-password', details: { index: 1 } });
    await world.close();
    await open(words(sheet));
  });
});

describe('quick unlock', () => {
  const guarded = () => new Uint8Array(32).fill(7);
  const seal = (pin = '123456') =>
    world.call('quick-unlock:seal', { present: password(), pin: toUtf8(pin), guarded: guarded() });
  const quick = (kept: Awaited<ReturnType<typeof seal>>, pin = '123456', bytes = guarded()) =>
    world.call('quick-unlock:open', { path: world.path, pin: toUtf8(pin), guarded: bytes, kept });

  it('opens by PIN and guarded bytes, by neither alone', async () => {
    const kept = await seal();
    await world.close();
    expect(await quick(kept, '123457')).toBe(false);
    expect(await quick(kept, '123456', new Uint8Array(32).fill(8))).toBe(false);
    expect(await quick(kept)).toBe(true);
    expect(await titles()).toEqual(['Kept']);
  });

  it('does not open after a re-key', async () => {
    const kept = await seal();
    await world.call('keys:rekey', { secrets: [password()] });
    await world.close();
    expect(await quick(kept)).toBe(false);
  });

  it.each(['12345', 'abcdef', '12345a', ''])('refuses %j as a PIN', async (pin) => {
    await expect(seal(pin)).rejects.toThrow(code('keys/pin-too-short'));
  });

  describe('in a vault that requires a key file', () => {
    const other = '66'.repeat(16);
    const sealWith = (present: PresentedSecret, pin: Uint8Array | null = null) =>
      world.call('quick-unlock:seal', { present, pin, guarded: guarded() });
    const byTouch = (kept: Awaited<ReturnType<typeof sealWith>>) =>
      world.call('quick-unlock:open', { path: world.path, pin: null, guarded: guarded(), kept });

    beforeEach(async () => {
      const keyFile = join(world.folder, 'key');
      await world.call('keys:open-key-file', { path: keyFile, token: TOKEN, make: true });
      await world.call('keys:add-key-file', { present: password(), keyFile: TOKEN, name: '' });
    });

    it('is set by password and file together, with a PIN', async () => {
      const kept = await sealWith(withKeyFile(), toUtf8('123456'));
      await world.close();
      expect(await quick(kept)).toBe(true);
      expect(await titles()).toEqual(['Kept']);
    });

    it('brings the file along: the password alone is asked for then, and it is set anew', async () => {
      const first = await sealWith(withKeyFile());
      await world.close();
      expect(await byTouch(first)).toBe(true);
      const types = await world.call('vault:presentable-types', { path: world.path });
      expect(types).toEqual(['password']);
      const second = await sealWith(withKeyFile());
      await world.close();
      await open(withKeyFile());
      const third = await sealWith(withKeyFile());
      await world.close();
      expect(await byTouch(second)).toBe(true);
      await world.close();
      expect(await byTouch(third)).toBe(true);
    });

    it('is not set by the password alone, nor with another file or one that is not known', async () => {
      await world.call('keys:open-key-file', {
        ...{ path: join(world.folder, 'other'), token: other, make: true },
      });
      const wrongFile = { ...withKeyFile(), keyFile: other } as PresentedSecret;
      const unknown = { ...withKeyFile(), keyFile: '77'.repeat(16) } as PresentedSecret;
      await expect(sealWith(password())).rejects.toThrow(code('vault/wrong-password'));
      await expect(sealWith(wrongFile)).rejects.toThrow(code('vault/wrong-password'));
      await expect(sealWith(unknown)).rejects.toThrow(code('keys/not-a-key-file'));
    });

    it('is set by the recovery key where the file is not known', async () => {
      await world.call('keys:drop-key-file', { present: withKeyFile() });
      const sheet = await addRecovery();
      await world.call('keys:add-key-file', { present: password(), keyFile: TOKEN, name: '' });
      await world.close();
      await open(words(sheet));
      const kept = await sealWith(words(sheet));
      await world.close();
      expect(await byTouch(kept)).toBe(true);
    });
  });

  it('asks for the password before it seals anything', async () => {
    const wrong = { present: password('wrong password'), pin: toUtf8('123456') };
    await expect(world.call('quick-unlock:seal', { ...wrong, guarded: guarded() })).rejects.toThrow(
      code('vault/wrong-password'),
    );
  });
});

describe('backups, when the vault gets a new key', () => {
  const stored = (): readonly string[] => {
    const found = readdirSync(world.folder, { recursive: true, withFileTypes: true });
    const inBackups = found.filter((one) => one.isFile() && one.parentPath !== world.folder);
    return inBackups.map(({ name }) => name).filter((name) => name.endsWith('.latchkey'));
  };

  it('of before are gone once a new one is made', async () => {
    await world.checked();
    await world.call('backups:make', {});
    const [former] = stored();
    await world.call('keys:rekey', { secrets: [password()] });
    expect(stored()).toHaveLength(1);
    expect(stored()).not.toContain(former);
  });

  it('of before stay while the vault is damaged: what is lost here may be whole there', async () => {
    await world.checked();
    await world.call('backups:make', {});
    const [former] = stored();
    await world.close();
    const sqlite = new Sqlite(world.path);
    sqlite.prepare('DELETE FROM items').run();
    sqlite.close();
    await world.unlock();
    await world.checked(2);
    await world.call('keys:rekey', { secrets: [password()] });
    expect(stored()).toContain(former);
  });
});

describe('a header read without a secret', () => {
  it('says which ways in there are', async () => {
    await addRecovery();
    await world.close();
    const types = await world.call('vault:slot-types', { path: world.path });
    expect(types).toEqual(['password', 'recovery']);
  });
});
