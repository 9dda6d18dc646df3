// A secret that crosses between page and main is nowhere in what is said to Chromium as text, to the test driver, or
// left in a port that other programs could reach.
// SPDX-License-Identifier: MIT

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type FixtureApp } from './fixture-app.ts';

/** Made in the page, so that the driver itself never says it. */
const LENGTH = 48;
const secret = Uint8Array.from({ length: LENGTH }, (_, index) => (index * 37 + 11) & 0xff);

let folder: string;
let fixture: FixtureApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-in-traffic-'));
  fixture = await startFixture({ STAND_IN_TRAFFIC_FILE: join(folder, 'traffic') });
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('the DevTools traffic', () => {
  it('carries a secret as bytes, never as base64', async () => {
    const isEqual = await fixture.page.evaluate(async (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + 11) & 0xff);
      const [got] = (await window.fixture.invoke('echo', bytes)) as [Uint8Array];
      return got.every((byte, index) => byte === bytes[index]);
    }, LENGTH);
    expect(isEqual).toBe(true);

    const traffic = await readFile(join(folder, 'traffic'));
    expect(traffic.includes(Buffer.from(secret))).toBe(true);
    const text = traffic.toString('latin1');
    // Wherever the bytes lay in a longer run, one of the three alignments of base64 would show.
    for (const offset of [0, 1, 2]) {
      const aligned = secret.subarray(offset, offset + 3 * 12);
      expect(text).not.toContain(Buffer.from(aligned).toString('base64'));
    }
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('does not show the channel to the test driver', async () => {
    const urls: string[] = [];
    fixture.page.on('request', (request) => urls.push(request.url()));
    await fixture.page.evaluate(() => window.fixture.invoke('echo', 1));
    await fixture.page.evaluate(() => fetch('/page.css').catch(() => undefined));
    expect(urls.filter((url) => url.includes('ipc.latchkey'))).toEqual([]);
  });
});
