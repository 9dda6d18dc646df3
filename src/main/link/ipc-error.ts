// What goes wrong at the doorway itself: wrong sender, wrong input, the other process gone.
// SPDX-License-Identifier: MIT

import { AppError, type ErrorCode } from '../../shared/errors.ts';

type IpcCode = Extract<ErrorCode, `ipc/${string}`>;

export class IpcError extends AppError<IpcCode> {}
