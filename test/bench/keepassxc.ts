// KeePassXC side by side: the same entries under the same cost of Argon2id, opened and searched once by a whole process of
// each.
// SPDX-License-Identifier: MIT

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemId } from '../../src/shared/brand.ts';
import type { LoginItem } from '../../src/main/vault/item.ts';
import { bundleProgram } from '../torture/bundle-program.ts';
import { absentRow, type BenchRow, toRow } from './bench-row.ts';
import { believableItem } from './believable-items.ts';
import { amount, type Benchmark, type BenchContext } from './benchmark.ts';
import { BENCH_PASSWORD, makeVault } from './bench-vaults.ts';
import { inPairs, timedNow } from './measure.ts';
import { writeKdbx } from './support/write-kdbx.ts';

const CLI = 'keepassxc-cli';
const PROGRAM = join(import.meta.dirname, 'children/open-and-search.ts');
const ENVIRONMENT = { ...process.env, QT_QPA_PLATFORM: 'offscreen', LANG: 'C.UTF-8' };

export const keepassxc: Benchmark = {
  name: 'keepassxc',
  vaults: () => [],
  async run(context) {
    const name = `open and search ${amount(context.sizes.fewItems)} entries, whole process`;
    const version = spawnSync(CLI, ['--version'], { env: ENVIRONMENT, encoding: 'utf8' });
    if (version.error !== undefined) return [absentRow(name, `${CLI} is not installed`)];
    return [await sideBySide(context, name, version.stdout.trim())];
  },
};

async function sideBySide(
  { sizes, folder }: BenchContext,
  name: string,
  version: string,
): Promise<BenchRow> {
  const logins = believableLogins(sizes.fewItems);
  const kdbx = join(folder, 'logins.kdbx');
  writeFileSync(kdbx, await writeKdbx(toKeePassXml(logins), BENCH_PASSWORD, sizes.kdf));
  const vault = join(folder, 'logins.latchkey');
  const made = await makeVault(vault, sizes.kdf);
  made.saveAll(logins.map((item) => ({ item: { ...item, id: made.newItemId() } })));
  made.close();
  const program = await bundleProgram(PROGRAM);
  const [wanted] = logins;
  const term = wanted?.urls[0]?.url.split('/')[2] ?? '';
  const { first, second, ratio } = await inPairs(
    sizes.rounds,
    () => timedNow(() => run(process.execPath, [program, vault, term], wanted?.title)),
    () => timedNow(() => run(CLI, ['search', '-q', kdbx, term], wanted?.title)),
  );
  const { memoryKib, passes, lanes } = sizes.kdf;
  return toRow({
    ...{ name, value: first, unit: 'ms', ratio },
    against: { name: `${CLI} ${version}`, value: second },
    note: `Argon2id on both sides with ${String(memoryKib / 1024)} MiB, ${String(passes)} passes, ${String(lanes)} lanes; Node’s own start is in ours`,
  });
}

/** Runs to its end; what it prints has to name what was searched for. */
function run(program: string, args: readonly string[], expected = ''): void {
  const { status, stdout, stderr } = spawnSync(program, args, {
    input: `${BENCH_PASSWORD}\n`,
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
  if (status === 0 && stdout.includes(expected)) return;
  throw new Error(`bench: ${program} ended with ${String(status)}: ${stderr}`);
}

function believableLogins(count: number): readonly LoginItem[] {
  const logins: LoginItem[] = [];
  for (let index = 0; logins.length < count; index += 1) {
    const item = believableItem(index, '0'.repeat(32) as ItemId);
    if (item.kind === 'login') logins.push({ ...item, sections: [], oneTimeCode: null });
  }
  return logins;
}

function toKeePassXml(logins: readonly LoginItem[]): string {
  const entries = logins.map(({ title, fields, urls, note }, index) => {
    const values = {
      Title: title,
      UserName: fields.username,
      Password: fields.password,
      URL: urls[0]?.url ?? '',
      Notes: note,
    };
    const strings = Object.entries(values).map(
      ([key, value]) => `<String><Key>${key}</Key><Value>${escaped(value)}</Value></String>`,
    );
    return `<Entry><UUID>${uuid(index + 2)}</UUID>${strings.join('')}</Entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<KeePassFile><Meta><Generator>bench</Generator></Meta><Root><Group><UUID>${uuid(1)}</UUID>
<Name>Root</Name>${entries.join('\n')}</Group></Root></KeePassFile>\n`;
}

function uuid(number: number): string {
  return Buffer.from(number.toString(16).padStart(32, '0'), 'hex').toString('base64');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
