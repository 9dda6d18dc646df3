// The search finds what another process holds, in each form, and nothing in one that does not.
// SPDX-License-Identifier: MIT

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/vault-folder.ts';
import { Canaries } from './canaries.ts';
import { processesOf } from './process-tree.ts';
import { needlesFor, scanMemory } from './scan-memory.ts';

const isLinux = existsSync('/proc/self/pagemap');
/** Made of halves in the child, so that its own source does not hold it. */
const SECRET = 'QUARTZJACKDAWSXYZ';
const HOLDERS = {
  'bytes or utf-8': `Buffer.from(text, 'latin1')`,
  'utf-16le': `Buffer.from(text, 'utf16le')`,
  hex: `Buffer.from(Buffer.from(text).toString('hex'))`,
  'base64+1': `Buffer.from(Buffer.from('x' + text + 'yz').toString('base64'))`,
};

async function scanHolder(expression: string): Promise<readonly string[]> {
  const halves = `${JSON.stringify(SECRET.slice(0, 8))}, ${JSON.stringify(SECRET.slice(8))}`;
  const program = `const text = [${halves}].join(''); const held = ${expression};
    console.log('ready'); setInterval(() => held.length, 1e6);`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of linesOf(child)) if (line === 'ready') break;
    const { hits, bytes } = scanMemory(child.pid ?? 0, needlesFor('it', Buffer.from(SECRET)));
    expect(bytes).toBeGreaterThan(1 << 20);
    return hits.map(({ needle }) => needle.form);
  } finally {
    child.kill();
  }
}

describe.runIf(isLinux)('scanMemory', () => {
  for (const [form, expression] of Object.entries(HOLDERS)) {
    it(`finds ${form}`, async () => {
      expect(await scanHolder(expression)).toContain(form);
    });
  }

  it('finds nothing where there is nothing', async () => {
    const program = `console.log('ready'); setInterval(() => 0, 1e6);`;
    const child = spawn(process.execPath, ['-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of linesOf(child)) if (line === 'ready') break;
    const { hits } = scanMemory(child.pid ?? 0, needlesFor('it', Buffer.from(SECRET)));
    child.kill();
    expect(hits).toEqual([]);
  });

  it('refuses a process that is not there', () => {
    expect(() => scanMemory(2 ** 30, needlesFor('it', Buffer.from(SECRET)))).toThrow('ENOENT');
  });

  it('knows the children of a process', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)']);
    await new Promise((resolve) => child.once('spawn', resolve));
    const tree = processesOf(process.pid);
    expect(tree[0]).toMatchObject({ pid: process.pid, role: 'main' });
    expect(tree.map(({ pid }) => pid)).toContain(child.pid);
    expect(processesOf(child.pid ?? 0).map(({ pid }) => pid)).toEqual([child.pid]);
    child.kill();
  });
});

describe('Canaries', () => {
  it('all begin with the mark of their run, and are told apart behind it', () => {
    const canaries = new Canaries('seed');
    const secret = canaries.next('note');
    expect(secret.startsWith(canaries.mark)).toBe(true);
    expect(canaries.masterPassword.startsWith(canaries.mark)).toBe(true);
    expect(canaries.nameOf(`${secret}...`)).toBe('note 1');
    expect(canaries.nameOf(canaries.mark)).toBe('a part of one');
    expect(canaries.shown.startsWith(canaries.mark)).toBe(false);
    expect(new Canaries('another').mark).not.toBe(canaries.mark);
  });
});
