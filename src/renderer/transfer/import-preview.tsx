// The report on a file before it is imported: every row accounted for, taken or skipped with its reason.
// SPDX-License-Identifier: MIT

import type { ImportReport, SkippedRow, SkipReason } from '../../shared/model/transfer.ts';
import { formatAmount, formatCount, formatSize } from '../format.ts';
import { KindTile } from '../items/kind-tile.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import styles from './transfer.module.css';
import { type Progress, TransferProgress } from './transfer-progress.tsx';
import { formatNames, kindAmounts, noticeSentences, skipSentences } from './transfer-sentences.ts';

export interface ImportPreviewProps {
  readonly report: ImportReport;
  readonly isBusy: boolean;
  readonly progress: Progress | null;
  readonly onImport: () => void;
  readonly onCancel: () => void;
}

export function ImportPreview({
  report,
  isBusy,
  progress,
  onImport,
  onCancel,
}: ImportPreviewProps) {
  return (
    <div className={styles.preview}>
      <p>
        <b>{report.fileName}</b>: {formatNames[report.format]}.
      </p>
      <Figures report={report} />
      {report.taken > 0 && (
        <p className={styles.kinds} aria-label="Kinds">
          {kindAmounts(report.kinds).join(', ')}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          weight="primary"
          isPending={isBusy}
          isDisabled={report.taken === 0}
          onPress={onImport}
        >
          {report.taken === 0
            ? 'Nothing to import'
            : `Import ${formatAmount(report.taken, 'item')}`}
        </Button>
        <Button isDisabled={isBusy} onPress={onCancel}>
          Cancel
        </Button>
        {isBusy && progress && <TransferProgress label="Importing" progress={progress} />}
      </div>
      <Sample report={report} />
      <Notices report={report} />
      <Skipped rows={report.skipped} />
    </div>
  );
}

function Figures({ report }: { readonly report: ImportReport }) {
  const figures = [
    { name: report.rows === 1 ? 'row in the file' : 'rows in the file', count: report.rows },
    { name: 'will be taken', count: report.taken },
    { name: 'will be skipped', count: report.skipped.length },
    ...(report.files > 0
      ? [
          {
            name: `${report.files === 1 ? 'file comes' : 'files come'} with them, ${formatSize(report.fileBytes)}`,
            count: report.files,
          },
        ]
      : []),
  ];
  return (
    <ul className={styles.figures} aria-label="Summary">
      {figures.map(({ name, count }) => (
        <li key={name}>
          <b>{formatCount(count)}</b> <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}

function Sample({ report }: { readonly report: ImportReport }) {
  if (report.sample.length === 0) return null;
  return (
    <Card title="The first of them">
      <ul className={styles.sample}>
        {report.sample.map((item, index) => (
          <li key={index}>
            <KindTile item={item} size="s" />
            <b>{item.title}</b>
            <small>{item.subtitle}</small>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Notices({ report }: { readonly report: ImportReport }) {
  if (report.notices.length === 0) return null;
  return (
    <Card title="Noticed">
      <ul className={styles.lines}>
        {report.notices.map(({ notice, count }) => (
          <li key={notice}>
            <b>{formatCount(count)}</b> {noticeSentences[notice]}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Row numbers that are shown before the rest is only counted. */
const MOST_ROWS = 40;

function Skipped({ rows }: { readonly rows: readonly SkippedRow[] }) {
  if (rows.length === 0) return null;
  const reasons = [...new Set(rows.map(({ reason }) => reason))];
  return (
    <Card title={`Skipped: ${formatAmount(rows.length, 'row')}`}>
      <ul className={styles.lines}>
        {reasons.map((reason) => (
          <SkippedReason
            key={reason}
            reason={reason}
            rows={rows.filter((row) => row.reason === reason)}
          />
        ))}
      </ul>
    </Card>
  );
}

function SkippedReason({ reason, rows }: { reason: SkipReason; rows: readonly SkippedRow[] }) {
  const shown = rows.slice(0, MOST_ROWS).map(({ row, line }) => (
    <span key={row} title={line > 0 ? `starts at line ${line} of the file` : undefined}>
      {row}
    </span>
  ));
  const rest = rows.length - shown.length;
  return (
    <li>
      <b>{formatCount(rows.length)}</b> {skipSentences[reason]}
      <p className={styles.rows}>
        {rows.length === 1 ? 'Row' : 'Rows'} {shown}
        {rest > 0 && <em>and {formatCount(rest)} more</em>}
      </p>
    </li>
  );
}
