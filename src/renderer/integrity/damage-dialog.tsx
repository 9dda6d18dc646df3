// The story of a damaged vault file: what is wrong with it, where what is missing may be found whole, and, as the last
// step, taking the file as it is.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { DamagedItem, DamageReport } from '../../shared/model/vault.ts';
import { toApiError, type ApiError } from '../api.ts';
import { formatAmount, formatCount } from '../format.ts';
import { KIND_FACES } from '../items/kind-faces.ts';
import { shownTitle } from '../items/shown-title.ts';
import { ActForm } from '../keys/act-form.tsx';
import { useOpeningTypes } from '../keys/use-opening-types.ts';
import { goToRoom } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { ToastContent } from '../ui/toasts.ts';
import styles from './damage-dialog.module.css';
import { showDamaged } from './show-damaged.ts';

/** As many names as are read at a glance. */
const SHOWN_NAMES = 12;

export function DamageDialog({ onClose }: { readonly onClose: () => void }) {
  const { report, error } = useDamage();
  const [isAccepting, setIsAccepting] = useState(false);
  return (
    <ModalDialog title="The vault file is not as Latchkey left it" isOpen onClose={onClose}>
      {error && <ErrorNotice error={error} />}
      {!report && !error && (
        <p role="status" className={styles.waiting}>
          <Spinner /> Looking at the file…
        </p>
      )}
      {report &&
        (isAccepting ? (
          <Accept
            report={report}
            onClose={onClose}
            onBack={() => {
              setIsAccepting(false);
            }}
          />
        ) : (
          <Story
            report={report}
            onClose={onClose}
            onAccept={() => {
              setIsAccepting(true);
            }}
          />
        ))}
    </ModalDialog>
  );
}

interface StoryProps {
  readonly report: DamageReport;
  readonly onClose: () => void;
  readonly onAccept: () => void;
}

function Story({ report, onClose, onAccept }: StoryProps) {
  const services = useServices();
  const { damaged, integrity } = report;
  return (
    <div className={styles.story}>
      <section aria-label="What is wrong">
        <h3>What is wrong</h3>
        <p>{rowWords(report)}</p>
        {damaged > 0 && <Names report={report} />}
      </section>
      <section aria-label="What to do">
        <h3>What to do</h3>
        <p>
          Compare with a daily backup: it shows which items it has that are missing, older or
          damaged here, and brings back those that you choose. Nothing that is here is lost by it.
        </p>
        <div className={styles.acts}>
          <Button
            weight="primary"
            onPress={() => {
              onClose();
              goToRoom(services, 'backups');
            }}
          >
            Compare with a backup
          </Button>
          {damaged > 0 && (
            <Button
              onPress={() => {
                onClose();
                showDamaged(services);
              }}
            >
              Show the damaged items
            </Button>
          )}
        </div>
      </section>
      {integrity === 'not-intact' && (
        <section aria-label="As the last step">
          <h3>As the last step</h3>
          <p>
            When you have brought back what you can, or know why the file is different, accept it.
            Until then Latchkey makes no daily backup, so that the good ones are kept.
          </p>
          <div className={styles.acts}>
            <Button onPress={onAccept}>Accept the vault as it is…</Button>
          </div>
        </section>
      )}
    </div>
  );
}

function Names({ report: { items, damaged } }: { readonly report: DamageReport }) {
  const named = items.slice(0, SHOWN_NAMES);
  const rest = damaged - named.length;
  return (
    <>
      <p>{formatAmount(damaged, 'item is', 'items are')} damaged:</p>
      <ul className={styles.names} aria-label="Damaged items">
        {named.map((item) => (
          <li key={item.id}>
            <b>{nameOf(item)}</b> <small>{kindWords(item)}</small>
          </li>
        ))}
        {rest > 0 && <li>and {formatCount(rest)} more</li>}
      </ul>
    </>
  );
}

interface AcceptProps {
  readonly report: DamageReport;
  readonly onClose: () => void;
  readonly onBack: () => void;
}

function Accept({ report, onClose, onBack }: AcceptProps) {
  const { api, toasts } = useServices();
  const { types, error } = useOpeningTypes();
  if (error) return <ErrorNotice error={error} />;
  if (types === null) return null;
  return (
    <ActForm
      title="Accept the vault as it is"
      lead={acceptWords(report)}
      submit="Accept the vault as it is"
      isDanger
      focusSecret
      onCancel={onBack}
      plan={{
        types,
        run: (present) => api['vault:accept-damage']({ present }),
        onDone: (after) => {
          toasts.show(acceptedWords(after));
          onClose();
        },
      }}
    />
  );
}

function useDamage(): { readonly report: DamageReport | null; readonly error: ApiError | null } {
  const { api, events } = useServices();
  const [state, setState] = useState<{ report: DamageReport | null; error: ApiError | null }>({
    ...{ report: null, error: null },
  });
  useEffect(() => {
    let isGone = false;
    const look = (): void => {
      api['vault:damage']({}).then(
        (report) => {
          if (!isGone) setState({ report, error: null });
        },
        (reason: unknown) => {
          if (!isGone) setState({ report: null, error: toApiError(reason) });
        },
      );
    };
    look();
    const stops = [events['integrity:checked'](look), events['items:changed'](look)];
    return () => {
      isGone = true;
      for (const stop of stops) stop();
    };
  }, [api, events]);
  return state;
}

function rowWords({ rows }: DamageReport): string {
  if (rows === null)
    return 'Parts of it do not match what Latchkey last wrote. It is still being read.';
  const { expected, found } = rows;
  if (found < expected) {
    return `${formatAmount(expected - found, 'part')} of ${formatCount(expected)} that Latchkey wrote ${expected - found === 1 ? 'is' : 'are'} missing: items, earlier versions or files may be gone.`;
  }
  if (found > expected) {
    return `${formatAmount(found - expected, 'part')} more than Latchkey wrote ${found - expected === 1 ? 'is' : 'are'} in it. Nobody without a secret of this vault can have made an item: it may be an older state of one.`;
  }
  return 'It has as many parts as Latchkey wrote, but some were altered, or replaced by older ones.';
}

function acceptWords({ damaged, rows }: DamageReport): string {
  const missing = rows === null ? 0 : Math.max(0, rows.expected - rows.found);
  return [
    'Latchkey takes what is in the file now for all there is, and warns no more of what is missing or older.',
    missing > 0 ? 'What is missing stays missing, unless a backup has it.' : '',
    damaged > 0
      ? `${formatAmount(damaged, 'damaged item stays as it is', 'damaged items stay as they are')}; you can erase ${damaged === 1 ? 'it' : 'them'}.`
      : '',
    damaged > 0
      ? 'Daily backups begin again; those from before stay for as long as anything is damaged.'
      : 'Daily backups begin again, and in time replace those from before.',
    'This cannot be undone.',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What holds of the file now that it was accepted: by what the vault says of itself, not by what was asked of it. */
function acceptedWords({ integrity, damaged }: DamageReport): ToastContent {
  if (integrity !== 'intact') {
    return {
      text: 'The file differs again from what was accepted, or is still being read. Look at it once more.',
      tone: 'bad',
    };
  }
  if (damaged === 0) return { text: 'Accepted. The vault is whole again.', tone: 'good' };
  return {
    text: `Accepted. ${formatAmount(damaged, 'item is', 'items are')} still damaged.`,
  };
}

function kindWords({ kind, damage }: DamagedItem): string {
  const name = kind === null ? '' : KIND_FACES[kind].one;
  return damage === 'private-key' ? `${name}: its private key alone` : name;
}

function nameOf({ title, id }: DamagedItem): string {
  return title === null
    ? `An item without a readable name (${id.slice(0, 8)})`
    : shownTitle({ title });
}
