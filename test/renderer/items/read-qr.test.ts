// SPDX-License-Identifier: MIT

import encodeQR from 'qr';
import { describe, expect, it } from 'vitest';
import { readQr, type Picture } from '../../../src/renderer/items/picture/read-qr.ts';

const URI = 'otpauth://totp/GitHub:anna?secret=JBSWY3DPEHPK3PXP&issuer=GitHub';

/** A picture of `width` by `height` whose pixel is what `isDark` says of its place, from 0 to 1 each way. */
class DrawnPicture implements Picture {
  readonly width: number;
  readonly height: number;
  readonly asked: string[] = [];
  closed = 0;
  readonly #isDark: (x: number, y: number) => boolean;

  constructor(width: number, height: number, isDark: (x: number, y: number) => boolean) {
    this.width = width;
    this.height = height;
    this.#isDark = isDark;
  }

  pixels(width: number, height: number): Uint8ClampedArray {
    this.asked.push(`${width}x${height}`);
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!this.#isDark((x + 0.5) / width, (y + 0.5) / height)) continue;
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
      }
    }
    return data;
  }

  close(): void {
    this.closed += 1;
  }
}

/** A QR code of `text` that takes up all of the picture, quiet zone included. */
function isDarkOf(text: string): (x: number, y: number) => boolean {
  const modules = encodeQR(text, 'raw', { border: 4 });
  const at = (part: number): number => Math.floor(part * modules.length);
  return (x, y) => modules[at(y)]?.[at(x)] === true;
}

function pictureOf(text: string, side: number): DrawnPicture {
  return new DrawnPicture(side, side, isDarkOf(text));
}

const BYTES = new Uint8Array([1, 2, 3]);
const open = (picture: Picture) => () => Promise.resolve(picture);

describe('readQr', () => {
  it.each([120, 400, 900])('reads a code from a picture of %i pixels a side', async (side) => {
    const picture = pictureOf(URI, side);
    expect(await readQr(BYTES, open(picture))).toEqual({ is: 'text', text: URI });
    expect(picture.closed).toBe(1);
  });

  it('never asks for more than 1600 pixels a side of a large picture', async () => {
    const picture = pictureOf(URI, 6000);
    expect(await readQr(BYTES, open(picture))).toEqual({ is: 'text', text: URI });
    expect(picture.asked).toEqual(['1600x1600']);
  });

  it('looks at a second scale before it gives up', async () => {
    const picture = new DrawnPicture(2000, 1000, () => false);
    expect(await readQr(BYTES, open(picture))).toEqual({ is: 'no-code' });
    expect(picture.asked).toEqual(['1600x800', '700x350']);
    expect(picture.closed).toBe(1);
  });

  it('enlarges a small picture once', async () => {
    const picture = new DrawnPicture(40, 40, () => false);
    expect(await readQr(BYTES, open(picture))).toEqual({ is: 'no-code' });
    expect(picture.asked).toEqual(['40x40', '80x80']);
  });

  it('says of stripes that there is no code in them', async () => {
    const stripes = new DrawnPicture(500, 500, (x) => Math.floor(x * 50) % 2 === 0);
    expect(await readQr(BYTES, open(stripes))).toEqual({ is: 'no-code' });
  });

  it('says of half a code that it cannot be read', async () => {
    const whole = isDarkOf(URI);
    const half = new DrawnPicture(400, 400, (x, y) => x < 0.5 && whole(x, y));
    expect(await readQr(BYTES, open(half))).toEqual({ is: 'no-code' });
  });

  it('says of bytes that are no picture that they are none', async () => {
    const refuse = () => Promise.reject(new DOMException('not decodable', 'InvalidStateError'));
    expect(await readQr(BYTES, refuse)).toEqual({ is: 'no-picture' });
  });

  it('takes a picture without extent for none, and closes it', async () => {
    const picture = new DrawnPicture(0, 10, () => false);
    expect(await readQr(BYTES, open(picture))).toEqual({ is: 'no-picture' });
    expect([picture.asked, picture.closed]).toEqual([[], 1]);
  });
});
