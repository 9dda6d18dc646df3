// A picture decoded by the browser: bytes into an ImageBitmap, pixels through a canvas that is never in the document.
// SPDX-License-Identifier: MIT

import type { Picture } from './read-qr.ts';

/** Rejects when the bytes are no picture that the browser knows. */
export async function openPicture(bytes: Uint8Array): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  return {
    width: bitmap.width,
    height: bitmap.height,
    pixels: (width, height) => drawTo(bitmap, width, height),
    close: () => {
      bitmap.close();
    },
  };
}

function drawTo(bitmap: ImageBitmap, width: number, height: number): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('openPicture: no 2D canvas in this window');
  // Transparent parts are white, as they are on the page that the code was copied from.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}
