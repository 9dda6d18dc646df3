// Port: who judges passwords. One password may take a tenth of a second, so the judging is done on another thread.
// SPDX-License-Identifier: MIT

import type { StrengthScore } from '../../shared/model/health.ts';

export interface StrengthMeter {
  /** The score of `password` where whoever guesses knows `inputs`. */
  score(password: string, inputs: readonly string[]): Promise<StrengthScore>;
}
