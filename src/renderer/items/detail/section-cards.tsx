// The fields of the person's own, section by section.
// SPDX-License-Identifier: MIT

import type { CustomFieldDetail, ItemDetail } from '../../../shared/model/item.ts';
import { Card, CardRow } from '../../ui/card.tsx';
import { FieldRow } from './field-row.tsx';
import { UrlValue } from './url-value.tsx';
import { valueWords } from './value-words.ts';

export function SectionCards({ item }: { readonly item: ItemDetail }) {
  return item.sections
    .map((section) => ({ ...section, fields: section.fields.filter(({ hasValue }) => hasValue) }))
    .filter(({ fields }) => fields.length > 0)
    .map(({ id, title, fields }) => (
      <Card key={id} {...(title === '' ? {} : { title })}>
        {fields.map((field) => (
          <CustomField key={field.id} item={item} custom={field} />
        ))}
      </Card>
    ));
}

interface CustomFieldProps {
  readonly item: ItemDetail;
  readonly custom: CustomFieldDetail;
}

function CustomField({ item, custom }: CustomFieldProps) {
  const { id, label, type, value } = custom;
  const name = label || 'No label';
  if (type === 'boolean') return <CardRow name={name}>{valueWords({ type }, value)}</CardRow>;
  const words = valueWords({ type }, value);
  return (
    <FieldRow
      item={item}
      field={`custom:${id}`}
      label={name}
      value={value}
      isHidden={type === 'hidden'}
    >
      {type === 'url' ? <UrlValue url={value} /> : words}
    </FieldRow>
  );
}
