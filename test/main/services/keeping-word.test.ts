// What the vault process remembers and asks while it is open: who is there, by any way in; what a breach check has found;
// files carried out without replacing any; searches that every window hears of.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { code } from '../../support/error-code.ts';
import { draftOf } from '../../support/item-drafts.ts';
import { TOKEN, password, withKeyFile } from '../../support/presented-secrets.ts';
import { VaultWorld } from '../../support/vault-world.ts';

let world: VaultWorld;

beforeEach(async () => {
  world = await VaultWorld.withVault();
});
afterEach(() => {
  world.end();
});

async function trashOne(): Promise<string> {
  const { id } = await world.call('items:save', draftOf('note', { title: 'Gone' }));
  await world.call('items:trash', { ids: [id] });
  return id;
}
const login = (title: string, secret: string) =>
  world.call('items:save', draftOf('login', { title, fields: { password: secret } }));

describe('a vault that was opened by its recovery key, where a key file is required', () => {
  let words: string;

  beforeEach(async () => {
    const sheet = await world.call('keys:prepare-recovery', { present: password() });
    words = sheet.words.join(' ');
    const rehearsed = sheet.rehearsal.map((place) => sheet.words[place] ?? '').join(' ');
    const typed = { token: sheet.token, words: toUtf8(rehearsed), name: '' };
    await world.call('keys:confirm-recovery', typed);
    const path = join(world.folder, 'my.key');
    await world.call('keys:open-key-file', { path, token: TOKEN, make: true });
    await world.call('keys:add-key-file', { present: password(), keyFile: TOKEN, name: '' });
    await world.close();
    const secret = { type: 'recovery', words: toUtf8(words) } as const;
    await world.call('vault:open-file', { path: world.path, secret });
  });

  it('takes the recovery words, and the password with the key file', async () => {
    const [first, second] = [await trashOne(), await trashOne()];
    const recovery = { type: 'recovery', words: toUtf8(words) } as const;
    await world.call('items:erase', { ids: [first as never], present: recovery });
    await world.call('items:erase', { ids: [second as never], present: withKeyFile() });
    expect((await world.call('items:count', {})).trash).toBe(0);
  });

  it('refuses the password alone, and words of another key', async () => {
    const ids = [(await trashOne()) as never];
    await expect(world.call('items:erase', { ids, present: password() })).rejects.toThrow(
      code('vault/wrong-password'),
    );
    const present = { type: 'recovery', words: toUtf8('abandon abandon') } as const;
    await expect(world.call('items:erase', { ids, present })).rejects.toThrow();
    expect((await world.call('items:count', {})).trash).toBe(1);
  });
});

describe('what a breach check has found', () => {
  const seen = (text: string, count: number): void => {
    const hash = createHash('sha1').update(text).digest('hex').toUpperCase();
    world.ranges.set(hash.slice(0, 5), `${hash.slice(5)}:${count}`);
  };

  beforeEach(async () => {
    seen('letmein', 42);
    seen('k4#fPq9!zLw2', 0);
    await login('Bad', 'letmein');
    await login('Good', 'k4#fPq9!zLw2');
  });

  it('stays when the passwords are looked at again', async () => {
    const first = await world.call('health:check-breaches', { path: null });
    expect(first.counts.breached).toBe(1);
    const again = await world.call('health:assess', {});
    expect(again.counts.breached).toBe(1);
    expect(again.breachCheck).toEqual(first.breachCheck);
    expect(again.score).toBeLessThanOrEqual(49);
  });

  it('goes with the password, and a new one counts as not checked', async () => {
    await world.call('health:check-breaches', { path: null });
    const { items } = await world.call('items:list', {
      ...{ section: { in: 'all' }, text: 'Bad', sort: 'title', offset: 0, limit: 10 },
    });
    const [bad] = items;
    if (!bad) throw new Error('fixture');
    await world.call(
      'items:save',
      draftOf('login', { id: bad.id, title: 'Bad', fields: { password: 'Tz8!kk2#Qw0p' } }),
    );
    const again = await world.call('health:assess', {});
    expect([again.counts.breached, again.breachCheck?.unchecked]).toEqual([0, 1]);
  });

  it('is nothing before the first check, and stays as it was when one fails', async () => {
    expect((await world.call('health:assess', {})).breachCheck).toBeNull();
    await world.call('health:check-breaches', { path: null });
    world.ranges.clear();
    await expect(world.call('health:check-breaches', { path: null })).rejects.toThrow(
      code('health/range-query-failed'),
    );
    expect((await world.call('health:assess', {})).counts.breached).toBe(1);
  });

  it('says what it is at', async () => {
    await world.call('health:check-breaches', { path: null });
    const stages = world.announced['work:progressed'].map(({ work, stage }) => `${work} ${stage}`);
    expect(stages).toContain('health checking');
  });
});

describe('all files of an item', () => {
  it('are saved into a folder beside what is there', async () => {
    const { id } = await world.call('items:save', draftOf('note', { title: 'Papers' }));
    for (const text of ['one', 'two']) {
      const folder = join(world.folder, text);
      mkdirSync(folder);
      writeFileSync(join(folder, 'a.txt'), text);
      await world.call('attachments:add-file', { id, path: join(folder, 'a.txt') });
    }
    const out = join(world.folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'a.txt'), 'mine');
    const answer = await world.call('attachments:write-all', { id, folder: out });
    expect(answer).toEqual({
      ...{ folderName: 'out', damaged: 0, saved: ['a (2).txt', 'a (3).txt'] },
    });
    const texts = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    expect(texts.sort()).toEqual(['mine', 'one', 'two']);
  });

  it('leave nothing in a folder that is not there', async () => {
    const { id } = await world.call('items:save', draftOf('note', { title: 'Papers' }));
    const path = join(world.folder, 'b.txt');
    writeFileSync(path, 'b');
    await world.call('attachments:add-file', { id, path });
    const folder = join(world.folder, 'nowhere');
    await expect(world.call('attachments:write-all', { id, folder })).rejects.toThrow(
      code('transfer/write-failed'),
    );
  });

  it.each(['', 'a/b', 'CON', 'a\u0000', '..'])('are not renamed to %j', async (name) => {
    const { id } = await world.call('items:save', draftOf('note', { title: 'Papers' }));
    const path = join(world.folder, 'b.txt');
    writeFileSync(path, 'b');
    const { attachment } = await world.call('attachments:add-file', { id, path });
    await expect(
      world.call('attachments:rename', { id, attachment: attachment.id, name }),
    ).rejects.toThrow(code('ipc/invalid-input'));
  });
});

describe('saved searches', () => {
  it('tell windows of every change', async () => {
    const { id } = await world.call('searches:save', { id: null, name: 'a', text: 'is:weak' });
    await world.call('searches:save', { id, name: 'b', text: 'is:weak' });
    await world.call('searches:remove', { id });
    expect(world.announced['searches:changed']).toHaveLength(3);
  });
});
