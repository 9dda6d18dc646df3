// How the own fields of a kind lie in its form and in its detail: in groups, some of them side by side. Fields that
// no group names come last, one to a line, so that a new row of KIND_FIELDS is never lost.
// SPDX-License-Identifier: MIT

import { fieldsOf, type FieldName, type ItemKind } from '../../../shared/model/item-kinds.ts';

/** Names on one line. */
export type FieldLine = readonly string[];

export interface FieldGroup {
  /** Empty: no heading. */
  readonly title: string;
  readonly lines: readonly FieldLine[];
}

interface GroupOf<K extends ItemKind> {
  readonly title: string;
  readonly lines: readonly (readonly FieldName<K>[])[];
}

const LAYOUTS: { readonly [K in ItemKind]?: readonly GroupOf<K>[] } = {
  card: [
    {
      title: '',
      lines: [
        ['cardholder'],
        ['number'],
        ['expires', 'validFrom'],
        ['securityCode', 'pin'],
        ['brand', 'bank'],
      ],
    },
  ],
  identity: [
    {
      title: 'Person',
      lines: [['honorific', 'firstName'], ['middleName', 'lastName'], ['birthDate']],
    },
    { title: 'Contact', lines: [['email'], ['phone', 'username']] },
    {
      title: 'Address',
      lines: [['street'], ['street2'], ['postalCode', 'city'], ['region', 'country']],
    },
    { title: 'Work', lines: [['company', 'jobTitle']] },
    { title: 'Papers', lines: [['nationalId'], ['passportNumber'], ['driverLicence']] },
  ],
  licence: [
    {
      title: '',
      lines: [
        ['product', 'version'],
        ['licenceKey'],
        ['licensedTo', 'company'],
        ['email', 'orderNumber'],
        ['purchasedOn', 'expiresOn'],
      ],
    },
  ],
};

/** The groups of a kind, with every field of it exactly once. */
export function layoutOf(kind: ItemKind): readonly FieldGroup[] {
  const groups: readonly FieldGroup[] = LAYOUTS[kind] ?? [];
  const named = new Set(groups.flatMap(({ lines }) => lines.flat()));
  const rest = fieldsOf(kind)
    .filter(([name]) => !named.has(name))
    .map(([name]) => [name]);
  if (rest.length === 0) return groups;
  return [...groups, { title: groups.length > 0 ? 'More' : '', lines: rest }];
}
