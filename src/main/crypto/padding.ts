// Padding of plaintexts before they are sealed, so that a ciphertext's size says little about what is inside:
// 256-byte buckets up to 4 KiB, above that Padmé (Nikitin et al., "Reducing Metadata Leakage", PETS 2019).
// SPDX-License-Identifier: MIT

const BUCKET_BYTES = 256;
const LARGEST_BUCKET_BYTES = 4096;
const LENGTH_BYTES = 4;

/** The padded size of `length` bytes: at most 12 % more above 4 KiB. */
export function bucketFor(length: number): number {
  if (length <= LARGEST_BUCKET_BYTES) {
    return Math.max(1, Math.ceil(length / BUCKET_BYTES)) * BUCKET_BYTES;
  }
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(length / step) * step;
}

/** `length u32 ‖ content ‖ zeros`, up to the bucket. The caller owns (and erases) the result. */
export function pad(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(bucketFor(LENGTH_BYTES + content.length));
  new DataView(padded.buffer).setUint32(0, content.length);
  padded.set(content, LENGTH_BYTES);
  return padded;
}

/**
 * The content inside `padded`, as a view of it. Throws `TypeError` unless length, bucket and zeros are
 * exactly those that `pad` writes.
 */
export function unpad(padded: Uint8Array): Uint8Array {
  if (padded.length < BUCKET_BYTES) {
    throw new TypeError(`padding: expected at least ${BUCKET_BYTES} bytes, got ${padded.length}`);
  }
  const view = new DataView(padded.buffer, padded.byteOffset, padded.length);
  const end = LENGTH_BYTES + view.getUint32(0);
  if (end > padded.length || bucketFor(end) !== padded.length) {
    throw new TypeError(`padding: ${padded.length} bytes are not the bucket of their content`);
  }
  // A loop: every item and pack of a vault passes here.
  for (let index = end; index < padded.length; index += 1) {
    if (padded[index] !== 0) throw new TypeError('padding: expected zeros after the content');
  }
  return padded.subarray(LENGTH_BYTES, end);
}
