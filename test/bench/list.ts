// Scrolling the list of a large vault in the app as it was built: by the wheel, and as far and fast as a dragged thumb
// goes. Frames by the page's own requestAnimationFrame, rows by what is in the document.
// SPDX-License-Identifier: MIT

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hasElectronBinary } from '../electron/launch.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import { unlock } from '../support/stories.ts';
import { type BenchRow, toRow } from './bench-row.ts';
import { amount, type Benchmark } from './benchmark.ts';
import { BENCH_PASSWORD } from './bench-vaults.ts';
import { median, pause } from './measure.ts';

/** Above this a frame of a 60 Hz screen was missed. */
const LATE_MS = 18;
const MOST_ROWS = 60;

export const list: Benchmark = {
  name: 'list',
  vaults: ({ items }) => [items],
  needsBuild: true,
  async run({ sizes, vaults, folder }) {
    const userData = join(folder, 'app');
    mkdirSync(join(userData, 'vaults'), { recursive: true });
    vaults.copy(sizes.items, join(userData, 'vaults/Bench.latchkey'));
    const app = await LatchkeyApp.launch({ userData });
    try {
      const page = await unlock(app, BENCH_PASSWORD);
      await page.getByRole('option').first().waitFor();
      // The check of all rows goes on for a while after an unlock; a person scrolls all the same, and so do we.
      const wheel = await watched(page, () => byWheel(page, sizes.scrollSeconds));
      const drag = await watched(page, () => byDragging(page, sizes.scrollSeconds));
      const about = `list of ${amount(sizes.items)} rows`;
      return [
        framesRow(`${about} by the wheel`, wheel),
        framesRow(`${about} dragged`, drag),
        toRow({
          name: `${about}: rows in the document`,
          ...{ value: Math.max(wheel.rows, drag.rows), unit: 'rows' },
          goal: { atMost: MOST_ROWS },
          note: 'the most seen in any frame',
        }),
      ];
    } finally {
      await app.remove();
    }
  },
};

interface Scrolled {
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
  /** The most rows that were in the document in any frame. */
  readonly rows: number;
  /** Pixels. */
  readonly way: number;
}

function framesRow(name: string, { frames, way }: Scrolled): BenchRow {
  const seconds = frames.reduce((sum, ms) => sum + ms, 0) / 1000;
  const late = frames.filter((ms) => ms > LATE_MS).length / frames.length;
  const runtime = hasElectronBinary()
    ? 'Electron'
    : 'the stand-in, headless Chromium without a GPU';
  return toRow({
    name,
    ...{ value: frames.length / seconds, unit: 'fps', goal: { atLeast: 55 } },
    note: `frames over time, on ${runtime}; p50 ${median(frames).toFixed(1)} ms, above ${String(LATE_MS)} ms ${(late * 100).toFixed(1)} %, longest ${Math.max(...frames).toFixed(0)} ms; ${amount(Math.round(way))} pixels`,
  });
}

/** Records every frame of the page while `action` goes on. */
async function watched(page: Page, action: () => Promise<void>): Promise<Scrolled> {
  await page.evaluate(() => {
    const list = document.querySelector('[role=listbox]');
    const scroller = list?.parentElement;
    if (!list || !scroller) throw new Error('no list');
    const record = { stop: false, frames: [] as number[], rows: 0, way: 0 };
    (globalThis as unknown as { scrollRecord: typeof record }).scrollRecord = record;
    let last: number | null = null;
    let top = scroller.scrollTop;
    const frame = (now: number): void => {
      if (last !== null) record.frames.push(now - last);
      last = now;
      record.rows = Math.max(record.rows, list.childElementCount);
      record.way += Math.abs(scroller.scrollTop - top);
      top = scroller.scrollTop;
      if (!record.stop) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await action();
  return await page.evaluate(() => {
    const { scrollRecord: record } = globalThis as unknown as {
      scrollRecord: Scrolled & { stop: boolean };
    };
    record.stop = true;
    return { frames: record.frames, rows: record.rows, way: record.way };
  });
}

/** Notches of a wheel, sixty a second: faster than a finger, with real input events. */
async function byWheel(page: Page, seconds: number): Promise<void> {
  await page.getByRole('option').first().hover();
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    await page.mouse.wheel(0, 120);
    await pause(1000 / 60);
  }
}

/** From top to bottom and back, a new place in every frame: what the list sees while its thumb is dragged. */
async function byDragging(page: Page, seconds: number): Promise<void> {
  await page.evaluate(
    (ms) =>
      new Promise<void>((resolve) => {
        const scroller = document.querySelector('[role=listbox]')?.parentElement;
        if (!scroller) throw new Error('no list');
        const start = performance.now();
        const drag = (): void => {
          const part = (performance.now() - start) / ms;
          const place = part < 0.5 ? part * 2 : 2 - part * 2;
          scroller.scrollTop = Math.max(0, place) * (scroller.scrollHeight - scroller.clientHeight);
          if (part < 1) requestAnimationFrame(drag);
          else resolve();
        };
        requestAnimationFrame(drag);
      }),
    seconds * 1000,
  );
}
