// Reports on health for tests: what a test does not name is in good health.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import {
  HEALTH_KINDS,
  type HealthFindings,
  type HealthReport,
} from '../../../src/shared/model/health.ts';
import { HandClock } from '../../support/hand-clock.ts';

export const NOW = new HandClock().now();

export const idOf = (number: number): ItemId => number.toString(16).padStart(32, '0') as ItemId;

export function reportOf(
  found: Partial<HealthFindings> = {},
  part: Partial<HealthReport> = {},
): HealthReport {
  const findings: HealthFindings = {
    ...{ weak: [], reused: [], old: [], expired: [], 'no-second-factor': [], 'http-url': [] },
    ...{ breached: [] },
    ...found,
  };
  const counts = Object.fromEntries(
    HEALTH_KINDS.map((kind) => [kind, findings[kind].length]),
  ) as HealthReport['counts'];
  return {
    ...{ checkedAt: NOW, breachCheck: null, total: 20, passwords: 12, sound: 9 },
    ...{ findings, counts, strengths: [1, 2, 3, 4, 2], reusedGroups: 0, score: 61 },
    breachedPasswords: findings.breached.length,
    ...part,
  };
}
