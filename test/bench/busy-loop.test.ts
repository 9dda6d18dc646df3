// BusyLoop: it sees work, and does not take waiting for work.
// SPDX-License-Identifier: MIT

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { BusyLoop } from './support/busy-loop.ts';

const WORK_MS = 60;

function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

describe('BusyLoop', () => {
  it('counts what the loop works on in one piece, before its first turn and before its end too', async () => {
    const busy = new BusyLoop();
    await turns(3);
    work(WORK_MS);
    await turns(3);
    expect(busy.end()).toBeGreaterThanOrEqual(WORK_MS - 1);
    const begun = new BusyLoop();
    work(WORK_MS);
    expect(begun.end()).toBeGreaterThanOrEqual(WORK_MS - 1);
  });

  it('counts what blocks the thread without computing', async () => {
    const busy = new BusyLoop();
    await turns(1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WORK_MS);
    expect(busy.end()).toBeGreaterThanOrEqual(WORK_MS - 1);
  });

  it('does not count waiting for another thread', async () => {
    const busy = new BusyLoop();
    const wait = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${String(WORK_MS * 10)})`;
    const worker = new Worker(wait, { eval: true });
    const began = performance.now();
    await once(worker, 'exit');
    const waited = performance.now() - began;
    expect(waited).toBeGreaterThanOrEqual(WORK_MS * 10);
    expect(busy.end()).toBeLessThan(waited / 2);
  });
});
