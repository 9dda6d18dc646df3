// What the detail says of an item's past: how many earlier versions there are, and its former passwords.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { ItemDetail } from '../../shared/model/item.ts';
import { formatAmount, formatDay } from '../format.ts';
import { FieldRow } from '../items/detail/field-row.tsx';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardRow } from '../ui/card.tsx';
import { Keys } from '../ui/keys.tsx';

export function HistoryCard({ item }: { readonly item: ItemDetail }) {
  const earlier = item.revisions - 1;
  const former = item.formerPasswords.length;
  if (earlier < 1 && former === 0) return null;
  return (
    <Card title="History">
      {earlier > 0 && <VersionsRow earlier={earlier} />}
      {former > 0 && <FormerPasswords item={item} />}
    </Card>
  );
}

function VersionsRow({ earlier }: { readonly earlier: number }) {
  const services = useServices();
  const end = (
    <>
      <Keys keys={keysOf('show-history') ?? ''} />
      <Button
        weight="quiet"
        onPress={() => {
          runCommand('show-history', services);
        }}
      >
        Compare…
      </Button>
    </>
  );
  return (
    <CardRow name="Versions" end={end}>
      {formatAmount(earlier, 'earlier version')}
    </CardRow>
  );
}

function FormerPasswords({ item }: { readonly item: ItemDetail }) {
  const [isOpen, setIsOpen] = useState(false);
  const { formerPasswords } = item;
  const end = (
    <Button
      weight="quiet"
      onPress={() => {
        setIsOpen(!isOpen);
      }}
    >
      {isOpen ? 'Hide them' : 'List them'}
    </Button>
  );
  return (
    <>
      <CardRow name="Passwords" end={end}>
        {formatAmount(formerPasswords.length, 'former password')}
      </CardRow>
      {isOpen &&
        formerPasswords.map(({ replacedAt }, index) => (
          <FieldRow
            key={index}
            item={item}
            field={`former:${index}`}
            label={`Until ${formatDay(replacedAt)}`}
            value=""
            isHidden
          />
        ))}
    </>
  );
}
