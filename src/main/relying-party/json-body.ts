// Reads a request's body as a JSON object, never more of it than the limit.
// SPDX-License-Identifier: MIT

import type { IncomingMessage } from 'node:http';
import { concatBytes, fromUtf8 } from '../../shared/bytes.ts';
import { MAX_BODY_BYTES, type Refusal } from './request-guard.ts';

/** The object in the body, or the status to refuse it with. Rejects when the connection breaks. */
export async function readJsonBody(
  request: IncomingMessage,
): Promise<Readonly<Record<string, unknown>> | Refusal> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_BODY_BYTES) return 413;
    parts.push(part);
  }
  return parseObject(concatBytes(...parts));
}

function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | Refusal {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : 400;
  } catch (error) {
    // Both decoders throw on what is not UTF-8 or not JSON: an expected answer, given as a status.
    if (error instanceof TypeError || error instanceof SyntaxError) return 400;
    throw error;
  }
}
