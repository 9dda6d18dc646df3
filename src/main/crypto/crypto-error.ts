// The error of the crypto room. Whoever gets one learns that something did not verify, never by how much.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

export type CryptoErrorCode =
  | 'crypto/authentication-failed'
  | 'crypto/parameters-refused'
  | 'keys/unknown-recovery-word'
  | 'keys/recovery-damaged';

export class CryptoError extends AppError<CryptoErrorCode> {}
