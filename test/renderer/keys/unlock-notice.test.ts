// What is said after unlocking.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toApi } from '../../../src/renderer/api.ts';
import { announceUnlock, noticeSentences } from '../../../src/renderer/keys/unlock-notice.ts';
import { Toasts } from '../../../src/renderer/ui/toasts.ts';
import type { TypedVaultApi } from '../../../src/shared/ipc/window-api.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { ok, refuse } from '../support/fake-connection.ts';

describe('noticeSentences', () => {
  it('says nothing where nothing happened', () => {
    expect(noticeSentences({ isCostRaised: false, trashEmptied: 0, pins: 'sound' })).toEqual([]);
  });

  it('tells of a raised cost', () => {
    const [sentence, ...others] = noticeSentences({
      isCostRaised: true,
      trashEmptied: 0,
      pins: 'sound',
    });
    expect(sentence).toContain('has been raised');
    expect(others).toEqual([]);
  });

  it.each([
    [1, '1 item that was in the trash for more than 30 days was removed for good.'],
    [1200, '1,200 items that were in the trash for more than 30 days were removed for good.'],
  ])('counts what left the trash: %i', (trashEmptied, sentence) => {
    expect(noticeSentences({ isCostRaised: false, trashEmptied, pins: 'sound' })).toEqual([
      sentence,
    ]);
  });

  it.each([
    ['damaged', 'was damaged or changed'],
    ['unwritable', 'could not write down how far this vault has come'],
  ] as const)('tells that what this computer remembers is %s', (pins, words) => {
    const [sentence, ...others] = noticeSentences({ isCostRaised: false, trashEmptied: 0, pins });
    expect(sentence).toContain(words);
    expect(others).toEqual([]);
  });
});

describe('announceUnlock', () => {
  const announce = async (answer: TypedVaultApi<'main'>['vault:notice']) => {
    const toasts = new Toasts(new HandClock());
    const reported: unknown[] = [];
    const api = toApi({ 'vault:notice': answer } as unknown as TypedVaultApi<'main'>);
    announceUnlock({ api, toasts, report: (error) => reported.push(error) });
    await new Promise((resolve) => setImmediate(resolve));
    return { texts: toasts.list.get().map(({ text }) => text), reported };
  };

  it('shows the latest at once, and keeps what concerns the whole file among them', async () => {
    const { texts } = await announce(() =>
      ok({ isCostRaised: true, trashEmptied: 2, pins: 'damaged' }),
    );
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.at(-1)).toContain('damaged or changed');
  });

  it('reports a failure', async () => {
    const { texts, reported } = await announce(() => refuse('vault/locked'));
    expect(texts).toEqual([]);
    expect(reported).toMatchObject([{ code: 'vault/locked' }]);
  });
});
