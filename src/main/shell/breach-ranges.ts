// The only request that Latchkey makes of its own accord, and only once it was switched on: five characters of a hash,
// answered by some 800 lines, padded so that their number tells nothing.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

const SERVICE = 'https://api.pwnedpasswords.com/range/';
const MOST_BYTES = 1024 * 1024;
const LONGEST_MS = 20_000;

export interface BreachRangePorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly isSwitchedOn: () => boolean;
}

/** The text of one range. Throws `health/range-query-failed`. */
export async function fetchBreachRange(
  prefix: string,
  signal: AbortSignal,
  ports: BreachRangePorts,
): Promise<string> {
  if (!ports.isSwitchedOn()) throw failed('switched-off');
  if (!/^[0-9A-F]{5}$/.test(prefix)) throw failed('prefix');
  const response = await request(prefix, signal, ports).catch(() => {
    throw failed('network');
  });
  if (response.status !== 200) throw failed('status');
  return await readText(response);
}

function request(prefix: string, signal: AbortSignal, ports: BreachRangePorts): Promise<Response> {
  return ports.fetch(SERVICE + prefix, {
    headers: { 'Add-Padding': 'true' },
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
  });
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      const part = chunk as Uint8Array;
      bytes += part.length;
      if (bytes > MOST_BYTES) throw failed('too-large');
      text += decoder.decode(part, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    throw error instanceof AppError ? error : failed('network');
  }
}

function failed(reason: string): AppError {
  return new AppError('health/range-query-failed', 'the range query', { details: { reason } });
}
