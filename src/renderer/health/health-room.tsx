// Health: how the passwords of the vault are doing, as a picture and as lists of what to do, most urgent first.
// SPDX-License-Identifier: MIT

import { HeartPulse } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HealthKind, HealthReport } from '../../shared/model/health.ts';
import { formatAmount, formatCount, formatTime } from '../format.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import { BreachCard } from './breach-card.tsx';
import { FindingGroup } from './finding-group.tsx';
import styles from './health-room.module.css';
import { breachWords, GROUP_ORDER } from './health-words.ts';
import { ItemNames } from './item-names.ts';
import { RunPanel } from './run-panel.tsx';
import { ScoreRing } from './score-ring.tsx';
import { StrengthChart } from './strength-chart.tsx';

export function HealthRoom() {
  const { health } = useServices();
  const { report, run, failure, wasStopped } = useStore(health.state);
  return (
    <RoomPage
      title="Health"
      lead="How hard the passwords are to guess, which are shared or known to thieves, and what else wants looking after. Only items in use count: neither the archive nor the trash."
    >
      <div className={styles.room}>
        {failure?.task === 'assess' && <ErrorNotice error={failure.error} />}
        {wasStopped && run === null && (
          <p role="status" className={styles.quiet}>
            Stopped. {report ? 'Below is the result of before.' : 'Nothing was changed.'}
          </p>
        )}
        {run ? <RunPanel run={run} /> : <CheckBar report={report} />}
        {report && <Report report={report} />}
        <BreachCard isBusy={run !== null} />
        {report && <Findings report={report} />}
      </div>
    </RoomPage>
  );
}

function CheckBar({ report }: { readonly report: HealthReport | null }) {
  const { health, clock } = useServices();
  const { isOutdated } = useStore(health.state);
  const check = (): void => {
    health.start('assess');
  };
  if (!report) {
    return (
      <div className={styles.empty}>
        <EmptyState
          icon={HeartPulse}
          title="Not checked since the vault was unlocked"
          actions={
            <Button weight="primary" onPress={check}>
              Check
            </Button>
          }
        >
          Every password is looked at on this computer; with thousands of them that takes minutes.
          You can go on working meanwhile.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={styles.bar}>
      <Button weight="primary" onPress={check}>
        Check again
      </Button>
      <p>
        Last check {formatTime(report.checkedAt, clock.now())}.
        {isOutdated && <b> The vault has changed since.</b>}
      </p>
    </div>
  );
}

function Report({ report }: { readonly report: HealthReport }) {
  const { clock } = useServices();
  return (
    <section aria-label="Result" className={styles.report}>
      <div className={styles.pictures}>
        <ScoreRing report={report} />
        <StrengthChart strengths={report.strengths} />
      </div>
      <p className={styles.quiet}>
        {formatAmount(report.total, 'item')} in use, {formatCount(report.passwords)} with a
        password, {formatCount(report.sound)} without anything to see to.{' '}
        {breachWords(report, clock.now())}
      </p>
    </section>
  );
}

function passwordsOf(kind: HealthKind, report: HealthReport): number | null {
  if (kind === 'breached') return report.breachedPasswords;
  return kind === 'reused' ? report.reusedGroups : null;
}

function Findings({ report }: { readonly report: HealthReport }) {
  const { api, events, report: reportError } = useServices();
  const [names] = useState(() => new ItemNames(api['items:summaries'], reportError));
  useEffect(
    () =>
      events['items:changed'](() => {
        names.renew();
      }),
    [events, names],
  );
  return (
    <div className={styles.groups}>
      {GROUP_ORDER.map((kind) => (
        <FindingGroup
          // What was unfolded belongs to one report.
          key={`${kind}-${report.checkedAt}`}
          kind={kind}
          findings={report.findings[kind]}
          passwords={passwordsOf(kind, report)}
          isUnknown={kind === 'breached' && report.breachCheck === null}
          names={names}
        />
      ))}
    </div>
  );
}
