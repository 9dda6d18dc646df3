// The password of a login: covered, shown on request for a while, copied without being shown.
// SPDX-License-Identifier: MIT

import { Copy, Eye, EyeOff } from 'lucide-react';
import type { LoginDetail } from '../../shared/model/item.ts';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { CardRow } from '../ui/card.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Keys } from '../ui/keys.tsx';
import { SecretText } from '../ui/secret-text.tsx';
import { useNow } from '../ui/use-now.ts';
import type { Revealed } from './revealer.ts';
import styles from './password-row.module.css';

export function PasswordRow({ login }: { readonly login: LoginDetail }) {
  const services = useServices();
  const shown = useStore(services.revealer.state);
  const revealed = shown?.id === login.id ? shown : null;
  if (!login.hasPassword) {
    return (
      <CardRow name="Password">
        <span className={styles.none}>None</span>
      </CardRow>
    );
  }
  const run = (id: string) => () => {
    runCommand(id, services);
  };
  const tools = (
    <>
      {revealed ? <HidesIn revealed={revealed} /> : null}
      <Keys keys={keysOf('copy-password') ?? ''} />
      <IconButton
        icon={revealed ? EyeOff : Eye}
        label={revealed ? 'Hide password' : 'Reveal password'}
        keys={keysOf('reveal-password')}
        onPress={run('reveal-password')}
      />
      <IconButton
        icon={Copy}
        label="Copy password"
        keys={keysOf('copy-password')}
        onPress={run('copy-password')}
      />
    </>
  );
  return (
    <CardRow name="Password" end={tools}>
      {revealed ? (
        <SecretText text={revealed.value} />
      ) : (
        <span className={styles.cover} role="img" aria-label="Hidden">
          ••••••••••••
        </span>
      )}
    </CardRow>
  );
}

function HidesIn({ revealed }: { readonly revealed: Revealed }) {
  const { clock } = useServices();
  const now = useNow(clock, 1000);
  const seconds = Math.max(0, Math.ceil((revealed.hidesAt - now) / 1000));
  return <span className={styles.hides}>hides in {seconds} s</span>;
}
