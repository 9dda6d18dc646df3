// A passkey as it is read: the site it answers to, the account, and how it is made.
// SPDX-License-Identifier: MIT

import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PasskeyDetail } from '../../shared/model/item.ts';
import { toDisplayText } from '../approval/display-text.ts';
import { formatTime } from '../format.ts';
import { ItemHeader } from '../items/item-header.tsx';
import { ItemMore } from '../items/item-more.tsx';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Card, CardRow } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Keys } from '../ui/keys.tsx';
import styles from './passkey-detail-view.module.css';
import { algorithmWords, backupWords } from './passkey-words.ts';
import { shownTitle } from '../items/shown-title.ts';

export function PasskeyDetailView({ passkey }: { readonly passkey: PasskeyDetail }) {
  const { clock } = useServices();
  const rpName = toDisplayText(passkey.rpName, { fallback: passkey.rpId });
  return (
    <article aria-label={shownTitle(passkey)}>
      <ItemHeader item={passkey} subtitle={`Passkey for ${passkey.rpId}`} />
      <Card>
        <CardRow name="Site" end={<CopyTool id="copy-website" label="Copy site name" />}>
          <b className={styles.strong}>{passkey.rpId}</b>
          {rpName !== passkey.rpId && (
            <span className={styles.soft}>
              {' '}
              calls itself <bdi>{rpName}</bdi>
            </span>
          )}
        </CardRow>
        <CardRow name="Account" end={<CopyTool id="copy-username" label="Copy user name" />}>
          <bdi className={styles.strong}>{toDisplayText(passkey.userName, { max: 96 })}</bdi>
          <DisplayName passkey={passkey} />
        </CardRow>
        <CardRow name="Kept">
          <Chip tone="accent">in this vault</Chip>
        </CardRow>
      </Card>
      <Card title="How it is made">
        <CardRow name="Algorithm">{algorithmWords(passkey.algorithm)}</CardRow>
        <CardRow name="Backup">{backupWords(passkey.backupEligible, passkey.backupState)}</CardRow>
        <CardRow name="Made">{formatTime(passkey.createdAt, clock.now())}</CardRow>
        <CardRow name="Credential id">
          <code className={styles.code} data-selectable="">
            {passkey.credentialId}
          </code>
        </CardRow>
      </Card>
      <ItemMore item={passkey} />
    </article>
  );
}

function DisplayName({ passkey }: { readonly passkey: PasskeyDetail }): ReactNode {
  const name = toDisplayText(passkey.userDisplayName, { fallback: '' });
  if (name === '' || name === passkey.userName) return null;
  return (
    <span className={styles.soft}>
      {' '}
      <bdi>{name}</bdi>
    </span>
  );
}

function CopyTool({ id, label }: { readonly id: string; readonly label: string }) {
  const services = useServices();
  const keys = keysOf(id);
  return (
    <>
      {keys !== undefined && <Keys keys={keys} />}
      <IconButton
        icon={Copy}
        label={label}
        keys={keys}
        onPress={() => {
          runCommand(id, services);
        }}
      />
    </>
  );
}
