// Flips the bits it is given, one at a time, and says what the product made of each. Takes a FlipOrder over IPC and
// answers a FlipReport; says `{subjects}` first.
// SPDX-License-Identifier: MIT

import type { FlipOrder, FlipReport } from '../bit-flips.ts';
import { flipSubjects } from '../flip-subjects.ts';
import { TortureFolder } from '../folders.ts';

const folders = new TortureFolder();
process.on('disconnect', () => {
  folders[Symbol.dispose]();
  process.exit();
});

const subjects = await flipSubjects(folders.path);

process.on('message', (order: FlipOrder) => {
  void flip(order).then((report) => process.send?.(report));
});
process.send?.({ subjects: subjects.map(({ name, image }) => ({ name, bits: image.length * 8 })) });

async function flip({ subject, bits }: FlipOrder): Promise<FlipReport> {
  const found = subjects.find(({ name }) => name === subject);
  if (found === undefined) throw new Error(`no subject ${subject}`);
  const reported: Record<string, number> = {};
  const wrong: string[] = [];
  let identical = 0;
  for (const bit of bits) {
    const mask = 1 << (bit & 7);
    found.image[bit >> 3] = (found.image[bit >> 3] ?? 0) ^ mask;
    const verdict = await found.open(found.image, bit >> 3);
    found.image[bit >> 3] = (found.image[bit >> 3] ?? 0) ^ mask;
    if (verdict.kind === 'identical') identical += 1;
    else if (verdict.kind === 'wrong') wrong.push(`bit ${String(bit)}: ${verdict.why}`);
    else reported[verdict.as] = (reported[verdict.as] ?? 0) + 1;
  }
  return { flips: bits.length, identical, reported, wrong };
}
