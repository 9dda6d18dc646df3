// To which login a passkey belongs: one of those of its site, or none.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { ItemId } from '../../shared/brand.ts';
import type { ItemSummary, PasskeyFacts } from '../../shared/model/item.ts';
import { useServices } from '../main/services.ts';
import { Select } from '../ui/select.tsx';
import { shownTitle } from '../items/shown-title.ts';

const MOST_LOGINS = 50;
const ALONE = 'alone';

export interface LoginChoiceProps {
  readonly passkey: PasskeyFacts;
  readonly loginId: ItemId | null;
  readonly onChange: (loginId: ItemId | null) => void;
}

export function LoginChoice({ passkey, loginId, onChange }: LoginChoiceProps) {
  const logins = useLoginsOf(passkey);
  const options = [
    { id: ALONE, title: 'None: it stands alone' },
    ...logins.map((login) => ({
      id: login.id,
      title: shownTitle(login),
      note: login.subtitle,
    })),
  ];
  return (
    <Select
      label="Belongs to the login"
      options={options}
      value={loginId ?? ALONE}
      onChange={(id) => {
        onChange(logins.find((login) => login.id === id)?.id ?? null);
      }}
    />
  );
}

/** The logins of the passkey's site, and the one that it belongs to wherever that is. */
function useLoginsOf({ rpId, loginId }: PasskeyFacts): readonly Choice[] {
  const { api, report } = useServices();
  const [logins, setLogins] = useState<readonly Choice[]>([]);
  useEffect(() => {
    let isOld = false;
    const ofSite = api['items:list']({
      section: { in: 'kind', kind: 'login' },
      text: `url:${rpId}`,
      ...{ sort: 'title', offset: 0, limit: MOST_LOGINS },
    });
    const own = loginId === null ? Promise.resolve(null) : api['items:get']({ id: loginId });
    Promise.all([ofSite, own]).then(([page, login]) => {
      if (isOld) return;
      const isListed = page.items.some(({ id }) => id === login?.id);
      const first = login && !isListed ? [{ ...login, subtitle: login.fields.username ?? '' }] : [];
      setLogins([...first, ...page.items]);
    }, report);
    return () => {
      isOld = true;
    };
  }, [api, report, rpId, loginId]);
  return logins;
}

type Choice = Pick<ItemSummary, 'id' | 'title' | 'subtitle'>;
