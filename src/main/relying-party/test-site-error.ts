// TestSiteError: why the test site cannot run.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

export class TestSiteError extends AppError<
  'test-site/port-unavailable' | 'test-site/not-running'
> {}
