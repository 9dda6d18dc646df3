// A passkey as it is read: the site it answers to, the account, the login that it belongs to, and how it is made.
// What a site chose to be called is shown so that it cannot deceive.
// SPDX-License-Identifier: MIT

import { Copy, Link2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { ItemId } from '../../shared/brand.ts';
import type { ItemDetail, PasskeyFacts } from '../../shared/model/item.ts';
import { toDisplayText } from '../approval/display-text.ts';
import { formatTime } from '../format.ts';
import { ItemLink } from '../items/detail/item-link.tsx';
import { shownTitle } from '../items/shown-title.ts';
import { goToRoom, keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardRow } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { SentenceNotice } from '../ui/error-notice.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Keys } from '../ui/keys.tsx';
import styles from './passkey-cards.module.css';
import { algorithmWords, backupWords } from './passkey-words.ts';

export interface PasskeyCardsProps {
  readonly item: ItemDetail;
  readonly passkey: PasskeyFacts;
}

export function PasskeyCards({ item, passkey }: PasskeyCardsProps) {
  const { clock } = useServices();
  const rpName = toDisplayText(passkey.rpName, { fallback: passkey.rpId });
  return (
    <>
      {item.damage === 'private-key' && <LostKey rpId={passkey.rpId} />}
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
      <LoginCard item={item} loginId={passkey.loginId} />
      <Card title="How it is made">
        <CardRow name="Algorithm">{algorithmWords(passkey.algorithm)}</CardRow>
        <CardRow name="Backup">{backupWords(passkey.backupEligible, passkey.backupState)}</CardRow>
        <CardRow name="Made">{formatTime(item.createdAt, clock.now())}</CardRow>
        <CardRow name="Credential id">
          <code className={styles.code} data-selectable="">
            {passkey.credentialId}
          </code>
        </CardRow>
      </Card>
    </>
  );
}

/** What can be read is shown as ever: only the way to sign in is gone. */
function LostKey({ rpId }: { readonly rpId: string }) {
  const services = useServices();
  return (
    <div className={styles.lost}>
      <SentenceNotice
        sentence={{
          happened: 'The private key of this passkey is damaged and cannot be read.',
          kept: 'It cannot sign in any more; the rest of it is shown here.',
          todo: `Bring it back from a backup that has it whole, or make a new passkey at ${rpId}.`,
        }}
      />
      <Button
        onPress={() => {
          goToRoom(services, 'backups');
        }}
      >
        Compare with a backup
      </Button>
    </div>
  );
}

function DisplayName({ passkey }: { readonly passkey: PasskeyFacts }): ReactNode {
  const name = toDisplayText(passkey.userDisplayName, { fallback: '' });
  if (name === '' || name === passkey.userName) return null;
  return (
    <span className={styles.soft}>
      {' '}
      <bdi>{name}</bdi>
    </span>
  );
}

interface LoginCardProps {
  readonly item: ItemDetail;
  readonly loginId: ItemId | null;
}

function LoginCard({ item, loginId }: LoginCardProps) {
  const services = useServices();
  const { login, isGone } = useLogin(loginId);
  const attach = item.trashedAt === null && (
    <Button
      weight="quiet"
      onPress={() => {
        runCommand('edit-item', services);
      }}
    >
      <Link2 aria-hidden="true" /> Choose a login
    </Button>
  );
  if (loginId !== null && !login && !isGone) return null;
  return (
    <Card title="Login">
      {login ? (
        <ItemLink item={login} title={shownTitle(login)} note={login.fields.username ?? ''} />
      ) : (
        <CardRow name="Belongs to" end={loginId === null && attach}>
          {loginId === null ? 'No login: it stands alone' : 'A login that cannot be shown'}
        </CardRow>
      )}
    </Card>
  );
}

interface LoginReading {
  readonly login: ItemDetail | null;
  /** It cannot be read. */
  readonly isGone: boolean;
}

/** The login, read for its title. */
function useLogin(id: ItemId | null): LoginReading {
  const { api } = useServices();
  const [reading, setReading] = useState<LoginReading & { readonly id: ItemId | null }>();
  useEffect(() => {
    if (id === null) return;
    let isOld = false;
    api['items:get']({ id }).then(
      (login) => {
        if (!isOld) setReading({ id, login, isGone: false });
      },
      () => {
        // Damaged or erased: its row says so, and the passkey works all the same.
        if (!isOld) setReading({ id, login: null, isGone: true });
      },
    );
    return () => {
      isOld = true;
    };
  }, [api, id]);
  return reading?.id === id ? reading : { login: null, isGone: false };
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
