// The passkeys that belong to a login, each the way to its own page.
// SPDX-License-Identifier: MIT

import type { ItemDetail } from '../../../shared/model/item.ts';
import { Card } from '../../ui/card.tsx';
import { ItemLink } from './item-link.tsx';

export function LinkedPasskeys({ item }: { readonly item: ItemDetail }) {
  if (item.passkeys.length === 0) return null;
  return (
    <Card title="Passkeys">
      {item.passkeys.map((passkey) => (
        <ItemLink
          key={passkey.id}
          item={passkey}
          title={passkey.subtitle || passkey.title}
          note={`for ${passkey.host}`}
        />
      ))}
    </Card>
  );
}
