// The registry: a file is told by its content.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { importers, recognise } from '../../../src/main/transfer/importers.ts';

describe('recognise', () => {
  it('tells a browser CSV by its header, not by its name', () => {
    expect(recognise(toUtf8('name,url,username,password\n'), 'vault.zip')?.format).toBe(
      'browser-csv',
    );
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['random bytes', Uint8Array.from({ length: 256 }, (_, index) => (index * 167) % 256)],
    ['JSON', toUtf8('{"name":"url,username,password"}')],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ])('finds no importer for %s', (_, bytes) => {
    expect(recognise(bytes, 'passwords.csv')).toBeNull();
  });

  it('names each format once', () => {
    const formats = importers.map(({ format }) => format);
    expect(new Set(formats).size).toBe(formats.length);
  });
});
