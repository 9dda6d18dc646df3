// Bytes as a data: URL (RFC 2397): the one way to show a picture under a policy that forbids blob:.
// SPDX-License-Identifier: MIT

/** A multiple of three, so that the parts join without padding; small enough to be arguments of one call. */
const PART_BYTES = 24_576;

export function toDataUrl(mediaType: string, bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += PART_BYTES) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + PART_BYTES))));
  }
  return `data:${mediaType};base64,${parts.join('')}`;
}
