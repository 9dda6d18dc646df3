// Findings while they are being made, and the report that sums them up.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import {
  HEALTH_KINDS,
  SCORE_CAPS,
  type BreachCheck,
  type BreachedFinding,
  type HealthFinding,
  type HealthFindings,
  type HealthKind,
  type HealthReport,
} from '../../shared/model/health.ts';
import type { BreachCounts } from './breach-targets.ts';
import { systemPace, type Pace } from './pace.ts';

/** What a report says beside its sums. */
export type Facts = Pick<
  HealthReport,
  'checkedAt' | 'breachCheck' | 'total' | 'passwords' | 'strengths' | 'reusedGroups'
>;

/** The worth of a password is counted in quarters: so many has one without a fault. */
const FULL_WORTH = 4;

/** The report over `findings`. Long lists are gone through at `pace`. */
export async function toReport(
  facts: Facts,
  findings: HealthFindings,
  pace: Pace,
): Promise<HealthReport> {
  const worths = new Map<ItemId, number>();
  for (const kind of HEALTH_KINDS) {
    for (const finding of findings[kind]) {
      const known = worths.get(finding.itemId) ?? FULL_WORTH;
      worths.set(finding.itemId, Math.min(known, worthAfter(finding)));
      await pace.breathe();
    }
  }
  let lost = 0;
  for (const worth of worths.values()) lost += FULL_WORTH - worth;
  const most = facts.passwords * FULL_WORTH;
  return {
    ...facts,
    sound: facts.total - worths.size,
    findings,
    breachedPasswords: differentPasswords(findings),
    counts: Object.fromEntries(HEALTH_KINDS.map((kind) => [kind, findings[kind].length])) as Record<
      HealthKind,
      number
    >,
    score: most === 0 ? null : Math.min(capOf(findings), Math.floor((100 * (most - lost)) / most)),
  };
}

/** The report with what a breach check found; what an earlier one found is forgotten. */
export async function withBreaches(
  report: HealthReport,
  { counts, check }: { readonly counts: BreachCounts; readonly check: BreachCheck },
  pace: Pace = systemPace(),
): Promise<HealthReport> {
  const breached: BreachedFinding[] = [];
  for (const [itemId, appearances] of counts) {
    breached.push({ kind: 'breached', itemId, appearances });
    await pace.breathe();
  }
  const { total, passwords, strengths, reusedGroups } = report;
  return toReport(
    {
      checkedAt: report.checkedAt,
      breachCheck: check,
      total,
      passwords,
      strengths,
      reusedGroups,
    },
    { ...report.findings, breached },
    pace,
  );
}

/** Of those that were breached: items of one group have one password. */
function differentPasswords({ breached, reused }: HealthFindings): number {
  const groups = new Map(reused.map(({ itemId, group }) => [itemId, group]));
  return new Set(breached.map(({ itemId }) => groups.get(itemId) ?? itemId)).size;
}

/** What no number of good passwords makes up for. */
function capOf({ breached, reused }: HealthFindings): number {
  if (breached.length > 0) return SCORE_CAPS.breached;
  return reused.length > 0 ? SCORE_CAPS.reused : 100;
}

/** What the finding leaves of the worth of a password, in quarters. */
function worthAfter(finding: HealthFinding): number {
  switch (finding.kind) {
    case 'breached':
      return 0;
    case 'weak':
      return finding.score;
    case 'reused':
      return 2;
    case 'old':
    case 'expired':
    case 'no-second-factor':
    case 'http-url':
      return FULL_WORTH;
  }
}
