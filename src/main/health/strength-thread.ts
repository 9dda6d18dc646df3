// Entry of the thread that judges passwords. Its memory, dictionaries and passwords alike, goes when it is ended.
// SPDX-License-Identifier: MIT

import { parentPort } from 'node:worker_threads';
import { loadStrengthCheck } from './strength.ts';
import type { StrengthAnswer, StrengthQuestion } from './threaded-strength.ts';

const port = parentPort;
if (port === null) throw new Error('strength-thread: is the entry of a worker thread');

const check = await loadStrengthCheck();

port.on('message', ({ id, password, inputs }: StrengthQuestion) => {
  port.postMessage({ id, score: check(password, inputs) } satisfies StrengthAnswer);
});
