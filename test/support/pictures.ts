// Pictures that tests show to the app and read from it: QR codes drawn as PNG (ISO/IEC 15948) without the app's help, and
// QR codes in sight decoded again.
// SPDX-License-Identifier: MIT

import { crc32, deflateSync } from 'node:zlib';
import type { Locator } from '@playwright/test';
import { encodeQR } from 'qr';
import { decodeQR } from 'qr/decode.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey picture; `at` gives the brightness of a pixel, 0 to 255. */
export function toPng(side: number, at: (x: number, y: number) => number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  // Eight bits a pixel, grey.
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Array.from({ length: side }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: side }, (__, x) => at(x, y))]),
  );
  const pixels = deflateSync(Buffer.concat(rows));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** `text` as a QR code, six pixels a module, with its quiet zone. */
export function toQrPng(text: string): Buffer {
  const scale = 6;
  const rows = encodeQR(text, 'raw', { border: 4 });
  const isDark = (x: number, y: number): boolean =>
    rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
  return toPng(rows.length * scale, (x, y) => (isDark(x, y) ? 0 : 255));
}

/** What the QR code says that is drawn there, read from its pixels on the screen. */
export async function readQr(picture: Locator): Promise<string> {
  const png = (await picture.screenshot({ animations: 'disabled' })).toString('base64');
  const { width, height, pixels } = await picture.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const image = context?.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, pixels: [...(image?.data ?? [])] };
  }, png);
  return decodeQR({ width, height, data: Uint8Array.from(pixels) });
}
