// CodecError: bytes that are not what a codec accepts, or a value that its format cannot hold.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

/** `message` names the structure, the expected and the actual; never the bytes themselves. */
export class CodecError extends AppError<'codec/malformed'> {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('codec/malformed', message, options);
  }
}
