// The error of the vault and of the files it lies in. Details name steps and fields, never content.
// SPDX-License-Identifier: MIT

import { AppError, type ErrorCode } from '../../shared/errors.ts';

export type VaultErrorCode = Extract<ErrorCode, `vault/${string}` | `keys/${string}`>;

export class VaultError extends AppError<VaultErrorCode> {}
