// A QR code drawn as one path, with the quiet zone of four modules that ISO/IEC 18004 asks for. Always dark on white:
// cameras do not all read it the other way round.
// SPDX-License-Identifier: MIT

import type { QrCode } from '../../shared/model/keys.ts';
import styles from './qr-picture.module.css';

const QUIET_ZONE = 4;

/** One run of dark modules after the other, each a rectangle of height one. */
export function toQrPath({ size, modules }: QrCode): string {
  let path = '';
  for (let y = 0; y < size; y++) {
    let x = 0;
    while (x < size) {
      const start = x;
      while (x < size && modules[y * size + x] === 1) x++;
      if (x > start) {
        path += `M${start + QUIET_ZONE} ${y + QUIET_ZONE}h${x - start}v1h${start - x}z`;
      } else {
        x++;
      }
    }
  }
  return path;
}

export interface QrPictureProps {
  readonly code: QrCode;
  /** What it says, for those who cannot see it. */
  readonly label: string;
}

export function QrPicture({ code, label }: QrPictureProps) {
  const side = code.size + 2 * QUIET_ZONE;
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={toQrPath(code)} fill="#000000" />
    </svg>
  );
}
