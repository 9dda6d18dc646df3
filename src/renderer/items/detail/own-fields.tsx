// The own fields of an item that hold something, in the order and the groups of its form.
// SPDX-License-Identifier: MIT

import type { ReactNode } from 'react';
import { KIND_FIELDS, type FieldSpec } from '../../../shared/model/item-kinds.ts';
import type { ItemDetail } from '../../../shared/model/item.ts';
import { useServices } from '../../main/services.ts';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { layoutOf } from '../form/kind-layout.ts';
import { FieldRow } from './field-row.tsx';
import { groupSizeOf, isExpired, valueWords } from './value-words.ts';

export interface OwnFieldsProps {
  readonly item: ItemDetail;
  /** Rows that belong into the same card: the code and the websites of a login. */
  readonly children?: ReactNode;
}

export function OwnFields({ item, children }: OwnFieldsProps) {
  const specs: Readonly<Record<string, FieldSpec>> = KIND_FIELDS[item.kind];
  const groups = layoutOf(item.kind)
    .map(({ title, lines }) => ({
      title,
      names: lines.flat().filter((name) => holdsSomething(item, name)),
    }))
    .filter(({ names }) => names.length > 0);
  const last = groups.at(-1);
  return (
    <>
      {groups.map((group) => (
        <Card key={group.title} {...(group.title === '' ? {} : { title: group.title })}>
          {group.names.map((name) => {
            const spec = specs[name];
            return spec && <OwnField key={name} item={item} name={name} spec={spec} />;
          })}
          {group === last && children}
        </Card>
      ))}
      {!last && children && <Card>{children}</Card>}
    </>
  );
}

function holdsSomething(item: ItemDetail, name: string): boolean {
  const value = item.fields[name] ?? '';
  // A network that is not hidden needs no line to say so.
  return item.hidden.includes(name) || (value !== '' && value !== 'false');
}

interface OwnFieldProps {
  readonly item: ItemDetail;
  readonly name: string;
  readonly spec: FieldSpec;
}

function OwnField({ item, name, spec }: OwnFieldProps) {
  const { clock } = useServices();
  const value = item.fields[name] ?? '';
  const words = valueWords(spec, value);
  const hasExpired = isExpired(item, name, value, clock.now());
  return (
    <FieldRow
      item={item}
      field={name}
      label={spec.label}
      value={value}
      isHidden={item.hidden.includes(name)}
      isLong={spec.isLong === true}
      isMono={spec.isDerived === true}
      groupSize={groupSizeOf(item, name)}
    >
      {words !== value || hasExpired ? (
        <>
          {words} {hasExpired && <Chip tone="bad">expired</Chip>}
        </>
      ) : null}
    </FieldRow>
  );
}
