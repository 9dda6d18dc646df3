// What the broker refuses: too many requests of one origin, answers to nothing, answers that came too early.
// SPDX-License-Identifier: MIT

import { AppError, type ErrorCode } from '../../shared/errors.ts';

export class ApprovalError extends AppError<Extract<ErrorCode, `approvals/${string}`>> {}
