// Finds the QR code in a picture (a screenshot, a photograph) and reads its text. The pixels never leave the window.
// SPDX-License-Identifier: MIT

import { decodeQR } from 'qr/decode.js';

/** A decoded picture that can be asked for its pixels at any size. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly pixels: (width: number, height: number) => Uint8ClampedArray;
  readonly close: () => void;
}

export type QrReading =
  | { readonly is: 'text'; readonly text: string }
  /** A picture without a QR code that could be made out. */
  | { readonly is: 'no-code' }
  | { readonly is: 'no-picture' };

/** Longest sides that are tried, in this order. Fine codes need the first, noisy photographs the second. */
const LONGEST_SIDES = [1600, 700] as const;
/** Below it a picture is enlarged once: modules of one pixel are too small to be found. */
const SMALL_SIDE = 300;
/** For one try; a window must not stand still for long. */
const TIME_LIMIT_MS = 400;

/** `open` turns the bytes of a PNG, JPEG or the like into a picture, and rejects when they are none. */
export async function readQr(
  bytes: Uint8Array,
  open: (bytes: Uint8Array) => Promise<Picture>,
): Promise<QrReading> {
  let picture: Picture;
  try {
    picture = await open(bytes);
  } catch {
    // Whatever the decoder found wrong, there is nothing to look at.
    return { is: 'no-picture' };
  }
  try {
    if (picture.width < 1 || picture.height < 1) return { is: 'no-picture' };
    for (const scale of scalesOf(picture)) {
      const text = tryScale(picture, scale);
      if (text !== null) return { is: 'text', text };
    }
    return { is: 'no-code' };
  } finally {
    picture.close();
  }
}

/** By which factors a picture is looked at: never more than twice its size. */
function scalesOf({ width, height }: Picture): readonly number[] {
  const longest = Math.max(width, height);
  const scales = LONGEST_SIDES.map((side) => Math.min(1, side / longest));
  if (longest < SMALL_SIDE) scales.push(2);
  return [...new Set(scales)];
}

function tryScale(picture: Picture, scale: number): string | null {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  try {
    const data = picture.pixels(width, height);
    return decodeQR({ width, height, data }, { format: 'RGBA', timeLimit: TIME_LIMIT_MS });
  } catch {
    // The decoder throws for a picture without a code: the next scale may show one.
    return null;
  }
}
