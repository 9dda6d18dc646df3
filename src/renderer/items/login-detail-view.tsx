// A login as it is read: user name, password behind its cover, websites, and what the person noted.
// SPDX-License-Identifier: MIT

import { Copy } from 'lucide-react';
import type { ItemField, LoginDetail } from '../../shared/model/item.ts';
import { keysOf } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Card, CardRow } from '../ui/card.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Keys } from '../ui/keys.tsx';
import { hostOf } from './host-of.ts';
import { ItemHeader } from './item-header.tsx';
import { ItemMore } from './item-more.tsx';
import { PasswordRow } from './password-row.tsx';
import styles from './login-detail-view.module.css';
import { shownTitle } from './shown-title.ts';

export function LoginDetailView({ login }: { readonly login: LoginDetail }) {
  const [firstUrl] = login.urls;
  return (
    <article aria-label={shownTitle(login)}>
      <ItemHeader item={login} subtitle={firstUrl === undefined ? 'Login' : hostOf(firstUrl)} />
      <Card>
        <CardRow
          name="User name"
          end={login.username !== '' && <CopyButton login={login} field="username" />}
        >
          <Value text={login.username} />
        </CardRow>
        <PasswordRow login={login} />
        {login.urls.map((url, index) => (
          <CardRow
            key={`${index}:${url}`}
            name={index === 0 ? 'Website' : ''}
            end={index === 0 && <CopyButton login={login} field="url" />}
          >
            <Value text={url} />
          </CardRow>
        ))}
      </Card>
      <ItemMore item={login} />
    </article>
  );
}

function Value({ text }: { readonly text: string }) {
  if (text === '') return <span className={styles.none}>None</span>;
  return (
    <span className={styles.value} data-selectable="">
      {text}
    </span>
  );
}

const COPY = {
  username: { label: 'Copy user name', command: 'copy-username' },
  url: { label: 'Copy website', command: 'copy-website' },
} as const satisfies Partial<Record<ItemField, { label: string; command: string }>>;

function CopyButton({ login, field }: { login: LoginDetail; field: keyof typeof COPY }) {
  const { actions } = useServices();
  const { label, command } = COPY[field];
  const keys = keysOf(command);
  return (
    <>
      {keys !== undefined && <Keys keys={keys} />}
      <IconButton
        icon={Copy}
        label={label}
        keys={keys}
        onPress={() => {
          actions.copy(login, field);
        }}
      />
    </>
  );
}
