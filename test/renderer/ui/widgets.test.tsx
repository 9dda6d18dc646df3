// @vitest-environment jsdom
// The general widgets of items: marked text, QR pictures, rings, groups of characters, choices.
// SPDX-License-Identifier: MIT

import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import encodeQR from 'qr';
import { decodeQR } from 'qr/decode.js';
import { afterEach, describe, expect, it } from 'vitest';
import { ChoiceBar } from '../../../src/renderer/ui/choice-bar.tsx';
import { CountdownRing } from '../../../src/renderer/ui/countdown-ring.tsx';
import { toMarkedParts } from '../../../src/renderer/ui/marked-text.tsx';
import { toQrPath } from '../../../src/renderer/ui/qr-picture.tsx';
import { SecretText, toGroups } from '../../../src/renderer/ui/secret-text.tsx';

afterEach(cleanup);

describe('toMarkedParts', () => {
  const marked = (text: string, ...ranges: readonly (readonly [number, number])[]) =>
    toMarkedParts(
      text,
      ranges.map(([start, end]) => ({ start, end })),
    )
      .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
      .join('');

  it.each([
    ['github', [[0, 3]], '[git]hub'],
    ['github', [[3, 6]], 'git[hub]'],
    [
      'github',
      [
        [3, 6],
        [0, 2],
      ],
      '[gi]t[hub]',
    ],
    [
      'github',
      [
        [0, 4],
        [2, 6],
      ],
      '[gith][ub]',
    ],
    ['github', [[4, 99]], 'gith[ub]'],
    ['github', [[-3, 1]], '[g]ithub'],
    ['github', [[4, 2]], 'github'],
    ['github', [[9, 12]], 'github'],
    ['', [[0, 1]], ''],
  ] as const)('%s %j', (text, ranges, expected) => {
    expect(marked(text, ...ranges)).toBe(expected);
  });

  it('never loses or doubles a character', () => {
    for (let start = -1; start < 6; start++) {
      for (let end = -1; end < 6; end++) {
        const parts = toMarkedParts('abcd', [
          { start, end },
          { start: 1, end: 3 },
        ]);
        expect(parts.map(({ text }) => text).join('')).toBe('abcd');
      }
    }
  });
});

describe('toQrPath', () => {
  it('draws what a reader reads', () => {
    const text = 'WIFI:T:WPA;S:klein-5G;P:grüne-Gans-9;;';
    const rows = encodeQR(text, 'raw', { border: 1 }).slice(1, -1);
    const size = rows.length;
    const modules = Uint8Array.from(rows.flatMap((row) => row.slice(1, -1).map(Number)));
    const scale = 8;
    const side = (size + 8) * scale;
    const data = new Uint8ClampedArray(side * side * 4).fill(255);
    for (const [, x, y, width] of toQrPath({ size, modules }).matchAll(
      /M(\d+) (\d+)h(\d+)v1h-\d+z/g,
    )) {
      for (let py = Number(y) * scale; py < (Number(y) + 1) * scale; py++) {
        for (let px = Number(x) * scale; px < (Number(x) + Number(width)) * scale; px++) {
          data.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3);
        }
      }
    }
    expect(decodeQR({ width: side, height: side, data })).toBe(text);
  });

  it('draws nothing for a code without modules', () => {
    expect(toQrPath({ size: 0, modules: new Uint8Array() })).toBe('');
  });
});

describe('toGroups', () => {
  it.each([
    ['4111111111111111', 4, ['4111', '1111', '1111', '1111']],
    ['37828', 4, ['3782', '8']],
    ['', 4, []],
    ['😀😀😀', 2, ['😀😀', '😀']],
  ] as const)('%s by %i', (text, size, groups) => {
    expect(toGroups(text, size)).toEqual(groups);
  });

  it('leaves no gap in the text itself', () => {
    const { container } = render(<SecretText text="41111111" groupSize={4} />);
    expect(container.textContent).toBe('41111111');
  });
});

describe('CountdownRing', () => {
  const dashOf = (leftMs: number): number => {
    const { container } = render(<CountdownRing leftMs={leftMs} ofMs={30_000} />);
    return parseFloat(
      container.querySelectorAll('circle')[1]?.getAttribute('stroke-dasharray') ?? '',
    );
  };

  it('empties with the time', () => {
    const full = dashOf(30_000);
    expect(dashOf(15_000)).toBeCloseTo(full / 2);
    expect([dashOf(0), dashOf(-5), dashOf(90_000)]).toEqual([0, 0, full]);
  });
});

describe('ChoiceBar', () => {
  it('tells which was chosen', () => {
    const chosen: string[] = [];
    const options = [
      { id: 'a', title: 'One' },
      { id: 'b', title: 'Two' },
    ] as const;
    render(
      <ChoiceBar label="Key" options={options} value="a" onChange={(id) => chosen.push(id)} />,
    );
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'One' }).checked).toBe(true);
    fireEvent.click(screen.getByRole('radio', { name: 'Two' }));
    expect(chosen).toEqual(['b']);
  });
});
