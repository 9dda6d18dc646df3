// The one error of this room. A message here names structure (a line, a length, a version), never a field's content.
// SPDX-License-Identifier: MIT

import { AppError, type ErrorCode } from '../../shared/errors.ts';

export type TransferErrorCode = Extract<ErrorCode, `transfer/${string}`>;

/** A file cannot be taken in or written out; nothing of it was changed anywhere. */
export class TransferError extends AppError<TransferErrorCode> {}
