// Parsers of the one-time-codes room: what is pasted, and what a QR code says.
// SPDX-License-Identifier: MIT

import { parseMigration } from '../../../../src/main/one-time-codes/parse-migration.ts';
import { parseOneTimeCode } from '../../../../src/main/one-time-codes/parse-one-time-code.ts';
import { parseSecret } from '../../../../src/main/one-time-codes/parse-secret.ts';
import { readProtobuf } from '../../../../src/main/one-time-codes/protobuf-reader.ts';
import { bytesTarget, type FuzzTarget, textTarget } from '../fuzz-target.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
/** Field 1 holds one code: secret, name, issuer, SHA-1, six digits, TOTP. */
const MESSAGE = Buffer.concat([
  Buffer.from([0x0a, 0x24, 0x0a, 0x0a]),
  Buffer.from('12345678901234567890').subarray(0, 10),
  Buffer.from([0x12, 0x07]),
  Buffer.from('ida@org'),
  Buffer.from([0x1a, 0x07]),
  Buffer.from('Example'),
  Buffer.from([0x20, 0x01, 0x28, 0x01, 0x30, 0x02, 0x10]),
  Buffer.from([0x01]),
]);

export const oneTimeCodeTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'otpauth URI',
    seeds: [
      `otpauth://totp/Example:ida?secret=${SECRET}&issuer=Example&algorithm=SHA256&digits=8&period=60`,
      `otpauth://hotp/ida?secret=${SECRET}&counter=7`,
      `steam://${SECRET}`,
    ],
    tokens: ['%', '%00', '%ff', '&', '=', '?', ':', '%3A', 'secret=', 'digits=', 'period=0', '+'],
    parse: parseOneTimeCode,
  }),
  textTarget({
    name: 'one-time code secret',
    seeds: [SECRET, 'gezd gnbv gy3t qojq', `${SECRET}====`],
    tokens: [' ', '-', '=', '1', '0', 'ı'],
    parse: parseSecret,
  }),
  textTarget({
    name: 'one-time code migration',
    seeds: [`otpauth-migration://offline?data=${encodeURIComponent(MESSAGE.toString('base64'))}`],
    tokens: ['%', '%2B', '%3D', '=', '&data=', 'CgA', '/'],
    parse: parseMigration,
  }),
  bytesTarget({
    name: 'protobuf',
    seeds: [MESSAGE],
    tokens: [Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01)],
    parse: readProtobuf,
    throwsTypeError: true,
  }),
];
