// Erasing for good: what is in the trash, and doing it in groups as large as one request may be, each with the secret
// in bytes of its own.
// SPDX-License-Identifier: MIT

import type { ItemSummary } from '../../shared/model/item.ts';
import type { Api } from '../api.ts';
import { formatAmount } from '../format.ts';
import { withPresented, type SecretEntry } from '../keys/secret-entry.ts';

/** Ids of one request: `itemIds` in the table of requests. */
const GROUP_SIZE = 1000;
const PAGE_ROWS = 200;

/** Everything in the trash; begins anew where the vault changes while it is read. */
export async function readTrash(
  api: Pick<Api<'main'>, 'items:list'>,
): Promise<readonly ItemSummary[]> {
  const query = { section: { in: 'trash' }, text: '', sort: 'title', limit: PAGE_ROWS } as const;
  const rows: ItemSummary[] = [];
  let revision: number | null = null;
  for (;;) {
    const page = await api['items:list']({ ...query, offset: rows.length });
    if (revision !== null && page.revision !== revision) {
      rows.length = 0;
      revision = null;
      continue;
    }
    revision = page.revision;
    rows.push(...page.items);
    if (page.items.length === 0 || rows.length >= page.total) return rows;
  }
}

export interface EraseRequest {
  readonly items: readonly ItemSummary[];
  readonly secret: SecretEntry;
  readonly onProgress: (erased: number) => void;
  readonly isStopped: () => boolean;
}

export interface EraseOutcome {
  readonly erased: number;
  /** What ended it early; null where nothing did or the person stopped it. */
  readonly failure: unknown;
}

/** Never rejects: what was erased before a failure is gone, and is told. */
export async function eraseItems(
  api: Pick<Api<'main'>, 'items:erase'>,
  { items, secret, onProgress, isStopped }: EraseRequest,
): Promise<EraseOutcome> {
  for (let start = 0; start < items.length; start += GROUP_SIZE) {
    if (isStopped()) return { erased: start, failure: null };
    const ids = items.slice(start, start + GROUP_SIZE).map(({ id }) => id);
    try {
      await withPresented([secret], async ([present]) => {
        if (present) await api['items:erase']({ ids, present });
      });
    } catch (failure) {
      return { erased: start, failure };
    }
    onProgress(start + ids.length);
  }
  return { erased: items.length, failure: null };
}

/** What goes with the items, in words: nothing where they are no more than themselves. */
export function lossesOf(items: readonly ItemSummary[]): readonly string[] {
  const files = items.reduce((sum, { attachments }) => sum + attachments, 0);
  const passkeys = items.filter(({ kind }) => kind === 'passkey').length;
  const codes = items.filter(({ hasOneTimeCode }) => hasOneTimeCode).length;
  return [
    ...(files > 0 ? [formatAmount(files, 'attached file')] : []),
    ...(passkeys > 0
      ? [
          `${formatAmount(passkeys, 'passkey')}: the sites will still ask for ${passkeys === 1 ? 'it' : 'them'}`,
        ]
      : []),
    ...(codes > 0
      ? [`the one-time ${codes === 1 ? 'code' : 'codes'} of ${formatAmount(codes, 'item')}`]
      : []),
  ];
}
