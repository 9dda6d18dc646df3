// Writes the vectors of test/vectors/vault and the worked example of docs/vault-format.md: `node
// test/support/independent/vectors/make.ts`. Everything follows from seeds, so that a second run changes nothing.
// SPDX-License-Identifier: MIT

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileFamilies } from './file-faults.ts';
import type { Family } from './format.ts';
import { formerKeyFamily } from './former-key-faults.ts';
import { goodFamily } from './good.ts';
import { headerFamilies } from './header-faults.ts';
import { itemFamilies } from './item-faults.ts';
import { numberFamilies } from './number-faults.ts';
import { stretch } from './scene.ts';
import { pinFamily, printPinFamily } from './pin-records.ts';
import { workedExample } from '../worked-example.ts';
import { objectFamilies } from './object-faults.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
export const VECTORS = join(ROOT, 'test', 'vectors', 'vault');

export function makeFamilies(): readonly Family[] {
  return [
    goodFamily(),
    ...headerFamilies(),
    ...objectFamilies(),
    ...itemFamilies(),
    ...fileFamilies(),
    formerKeyFamily(),
    ...numberFamilies(),
  ];
}

/** One vector or row a line, so that a difference can be read. */
export function printFamily({ format, family, about, vaults, vectors }: Family): string {
  const lines = Object.entries(vaults).map(
    ([name, vault]) => `${JSON.stringify(name)}:${JSON.stringify(vault)}`,
  );
  const head = `"format":${String(format)},"family":${JSON.stringify(family)},"about":${JSON.stringify(about)}`;
  const tests = vectors.map((vector) => JSON.stringify(vector));
  return `{${head},\n"vaults":{\n${lines.join(',\n')}\n},\n"vectors":[\n${tests.join(',\n')}\n]}\n`;
}

const DOCUMENT = join(ROOT, 'docs', 'vault-format.md');
const MARK = '<!-- worked example -->';

/** The document as it has to be: its last section is made. */
export function printDocument(): string {
  const [text = ''] = readDocument().split(MARK);
  return `${text}${MARK}\n\n${workedExample(stretch)}\n`;
}

export function readDocument(): string {
  return readFileSync(DOCUMENT, 'utf8');
}

export function readFamily(family: string): string {
  return readFileSync(join(VECTORS, `${family}.json`), 'utf8');
}

if (import.meta.main) {
  mkdirSync(VECTORS, { recursive: true });
  for (const family of makeFamilies()) {
    writeFileSync(join(VECTORS, `${family.family}.json`), printFamily(family));
  }
  writeFileSync(join(VECTORS, 'pin.json'), printPinFamily(pinFamily()));
  writeFileSync(DOCUMENT, printDocument());
}
