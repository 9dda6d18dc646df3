// The kinds of item and the fields that each has of its own: the one table behind the codec, the forms, what can be
// revealed or copied, the diff of two revisions and what exports carry. Another kind is another row.
// SPDX-License-Identifier: MIT

/** What a value is: how it is entered, shown and checked. Every value is text; `boolean` is `true`, `false` or empty. */
export const VALUE_TYPES = [
  'text',
  'hidden',
  'multiline',
  'url',
  'email',
  'phone',
  'date',
  'month',
  'number',
  'boolean',
  'choice',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export interface FieldSpec {
  readonly label: string;
  readonly type: ValueType;
  /** Of a `choice`: value → label; the first is the default. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Made by the program and not typed. */
  readonly isDerived?: boolean;
  /** Entered and shown in several lines. */
  readonly isLong?: boolean;
}

const text = (label: string): FieldSpec => ({ label, type: 'text' });
const hidden = (label: string): FieldSpec => ({ label, type: 'hidden' });
const derived = (label: string): FieldSpec => ({ label, type: 'text', isDerived: true });

export const WIFI_SECURITY = {
  wpa: 'WPA2 or WPA3, personal',
  'wpa-enterprise': 'WPA2 or WPA3, enterprise',
  wep: 'WEP',
  none: 'Open',
} as const;

export const KIND_FIELDS = {
  login: { username: text('User name'), password: hidden('Password') },
  /** What a passkey consists of is no text: see `PasskeyItem`. */
  passkey: {},
  'one-time-code': {},
  note: {},
  card: {
    cardholder: text('Name on card'),
    number: hidden('Card number'),
    brand: text('Brand'),
    expires: { label: 'Expires', type: 'month' },
    validFrom: { label: 'Valid from', type: 'month' },
    securityCode: hidden('Security code'),
    pin: hidden('PIN'),
    bank: text('Bank'),
  },
  identity: {
    honorific: text('Form of address'),
    firstName: text('First name'),
    middleName: text('Middle name'),
    lastName: text('Last name'),
    birthDate: { label: 'Date of birth', type: 'date' },
    email: { label: 'E-mail', type: 'email' },
    phone: { label: 'Phone', type: 'phone' },
    street: text('Street'),
    street2: text('Street, second line'),
    postalCode: text('Postal code'),
    city: text('City'),
    region: text('State or region'),
    country: text('Country'),
    company: text('Company'),
    jobTitle: text('Job title'),
    username: text('User name'),
    nationalId: hidden('National id number'),
    passportNumber: hidden('Passport number'),
    driverLicence: hidden("Driver's licence number"),
  },
  'ssh-key': {
    privateKey: { label: 'Private key', type: 'hidden', isDerived: true, isLong: true },
    publicKey: { label: 'Public key', type: 'text', isDerived: true, isLong: true },
    fingerprint: derived('Fingerprint'),
    keyType: derived('Type'),
  },
  wifi: {
    ssid: text('Network name'),
    security: { label: 'Security', type: 'choice', choices: WIFI_SECURITY },
    username: text('User name'),
    password: hidden('Password'),
    isHiddenNetwork: { label: 'Hidden network', type: 'boolean' },
  },
  licence: {
    product: text('Product'),
    version: text('Version'),
    licenceKey: { label: 'Licence key', type: 'hidden', isLong: true },
    licensedTo: text('Licensed to'),
    email: { label: 'Registered e-mail', type: 'email' },
    company: text('Company'),
    orderNumber: text('Order number'),
    purchasedOn: { label: 'Purchased on', type: 'date' },
    expiresOn: { label: 'Expires on', type: 'date' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldSpec>>>>;

export type ItemKind = keyof typeof KIND_FIELDS;
export const ITEM_KINDS = Object.keys(KIND_FIELDS) as readonly ItemKind[];

export type FieldName<K extends ItemKind> = Extract<keyof (typeof KIND_FIELDS)[K], string>;
/** The own fields of a kind: all of them, empty where there is nothing. */
export type FieldsOf<K extends ItemKind> = Readonly<Record<FieldName<K>, string>>;

/** The fields of a kind in the order in which they are shown. */
export function fieldsOf(kind: ItemKind): readonly (readonly [name: string, spec: FieldSpec])[] {
  return Object.entries<FieldSpec>(KIND_FIELDS[kind]);
}

/** What a custom field may be. */
export const CUSTOM_TYPES = [
  'text',
  'hidden',
  'boolean',
  'date',
  'url',
  'email',
  'number',
] as const;
export type CustomType = (typeof CUSTOM_TYPES)[number];

/** How the address of a page is held against a URL of a login. */
export const URL_MATCHES = {
  domain: 'Same site',
  host: 'Same host',
  'starts-with': 'Starts with',
  exact: 'Exactly',
  regex: 'Regular expression',
  never: 'Never',
} as const;
export type UrlMatch = keyof typeof URL_MATCHES;

export interface ItemUrl {
  readonly url: string;
  readonly match: UrlMatch;
}
