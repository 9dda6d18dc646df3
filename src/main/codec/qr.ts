// Text to a QR code (ISO/IEC 18004), as modules to be drawn. Sole door to the encoder of `qr`.
// SPDX-License-Identifier: MIT

import { encodeQR } from 'qr';
import type { QrCode } from '../../shared/model/keys.ts';

/** The narrowest that the encoder draws; it is cut off again. */
const BORDER = 1;

/** Medium error correction, no quiet zone: whoever draws it leaves four modules around it. */
export function toQrCode(text: string): QrCode {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: BORDER })
    .slice(BORDER, -BORDER)
    .map((row) => row.slice(BORDER, -BORDER));
  const modules = Uint8Array.from(rows.flatMap((row) => row.map((isDark) => (isDark ? 1 : 0))));
  return { size: rows.length, modules };
}
