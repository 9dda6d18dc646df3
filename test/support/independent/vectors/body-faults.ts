// Vectors of bodies that are authentic and not of the form of their schema, one fault each.
// SPDX-License-Identifier: MIT

import { canonical, join, type Json, uint, utf8 } from '../bytes.ts';
import { pad } from '../primitives.ts';
import type { Vault } from '../rows.ts';
import { PKCS8, sampleItem } from '../samples.ts';
import { bodyContent } from '../sealing.ts';
import { KINDS, type Rec } from '../shapes.ts';
import type { WrittenItem } from '../write.ts';
import { baseToJson, type Expectation, type Family } from './format.ts';
import { bodyFailure, byRecovery, dashed, flipped, opened, Scene, writer } from './scene.ts';

type Fault = readonly [name: string, says: string, vault: Vault, expect: Expectation];

/** A scene with an item of each kind, and what puts a body with a fault in the place of one. */
class Bodies {
  readonly scene: Scene;

  constructor() {
    const made = writer('bodies');
    for (const kind of Object.keys(KINDS))
      made.addItem(sampleItem(kind), {
        id: idOf(kind),
        ...(kind === 'passkey' ? { privateKey: PKCS8 } : {}),
      });
    this.scene = new Scene('bodies', made);
  }

  item(kind: string): WrittenItem {
    return this.scene.item(idOf(kind));
  }

  /** With `kind`'s body from this plaintext. */
  fault(name: string, says: string, kind: string, plaintext: Uint8Array): Fault {
    const row = this.scene.writer.sealBody(this.item(kind), plaintext);
    const vault = this.scene.signed(this.scene.with('items', row));
    return [name, says, vault, opened(bodyFailure(this.scene, idOf(kind), 'form'))];
  }

  json(name: string, says: string, kind: string, record: Json): Fault {
    return this.text(name, says, kind, canonical(record));
  }

  text(name: string, says: string, kind: string, json: string | Uint8Array): Fault {
    const { privateKey } = this.item(kind);
    const bytes = typeof json === 'string' ? utf8(json) : json;
    const content = join(uint(bytes.length, 4), bytes, uint(privateKey.length, 4), privateKey);
    return this.fault(name, says, kind, pad(content));
  }

  member(name: string, says: string, kind: string, change: Rec): Fault {
    return this.json(name, says, kind, { ...this.item(kind).record, ...change });
  }

  without(name: string, says: string, kind: string, member: string): Fault {
    const record: Record<string, Json> = { ...this.item(kind).record };
    Reflect.deleteProperty(record, member);
    return this.json(name, says, kind, record);
  }
}

function idOf(kind: string): string {
  return uint(KINDS[kind]?.code ?? 0, 16).reduce(
    (text, byte) => text + byte.toString(16).padStart(2, '0'),
    '',
  );
}

function kindFaults(bodies: Bodies): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [kind, { fields }] of Object.entries(KINDS)) {
    const record = bodies.item(kind).record;
    const own = record.fields as Rec;
    const [first = ''] = fields;
    const less = Object.fromEntries(Object.entries(own).filter(([name]) => name !== first));
    faults.push(
      fields.length > 0
        ? bodies.member(
            `${kind}-field-missing`,
            `The field ${first} of a ${kind} is missing.`,
            kind,
            { fields: less },
          )
        : bodies.without(`${kind}-fields-missing`, `A ${kind} has no fields.`, kind, 'fields'),
      bodies.member(
        `${kind}-field-unknown`,
        `A ${kind} has a field that its kind does not have.`,
        kind,
        { fields: { ...own, more: '' } },
      ),
      bodies.member(`${kind}-member-unknown`, `A ${kind} has an unknown member.`, kind, {
        more: null,
      }),
    );
  }
  return faults;
}

function memberFaults(bodies: Bodies): readonly Fault[] {
  const of = (name: string, says: string, change: Rec) =>
    bodies.member(name, says, 'login', change);
  const section = { id: '0011223344556677', title: '', fields: [] };
  const field = { id: '0011223344556677', label: '', type: 'text', value: '' };
  const code = bodies.item('one-time-code').record.oneTimeCode as Rec;
  const inField = (change: Rec) => ({
    sections: [{ ...section, fields: [{ ...field, ...change }] }],
  });
  return [
    ...[
      'title',
      'note',
      'tags',
      'favourite',
      'createdAt',
      'archivedAt',
      'urls',
      'sections',
      'attachments',
      'oneTimeCode',
      'formerPasswords',
      'kind',
    ].map((member) =>
      bodies.without(
        `without-${dashed(member)}`,
        `The member ${member} is missing.`,
        'login',
        member,
      ),
    ),
    of('title-null', 'The title is null.', { title: null }),
    of('favourite-text', 'A boolean is text.', { favourite: 'true' }),
    of('time-below-zero', 'A time is below zero.', { createdAt: -1 }),
    of('time-fraction', 'A time is not whole.', { modifiedAt: 1.5 }),
    of('time-too-large', 'A time is 2^53.', { modifiedAt: 2 ** 53 }),
    of('time-text', 'A time is text.', { trashedAt: '2026-01-01' }),
    of('tags-text', 'The tags are a text.', { tags: 'work' }),
    of('tag-number', 'A tag is a number.', { tags: ['work', 1] }),
    of('url-text', 'A URL is a text.', { urls: ['https://example.org'] }),
    of('url-match', 'The match of a URL is unknown.', { urls: [{ url: '', match: 'glob' }] }),
    of('url-member', 'A URL has an unknown member.', {
      urls: [{ url: '', match: 'host', more: 1 }],
    }),
    of('section-id', 'The id of a section has 15 digits.', {
      sections: [{ ...section, id: '001122334455667' }],
    }),
    of('section-fields', 'A section has no fields member.', {
      sections: [{ id: section.id, title: '' }],
    }),
    of('custom-type', 'The type of a custom field is unknown.', inField({ type: 'colour' })),
    of(
      'custom-id',
      'The id of a custom field is in upper case.',
      inField({ id: '00112233445566AA' }),
    ),
    of('custom-value', 'The value of a custom field is a number.', inField({ value: 1 })),
    of('attachment-id', 'The id of a file has 16 digits.', {
      attachments: [{ id: '0'.repeat(16), name: '', sizeBytes: 0, addedAt: 0 }],
    }),
    of('attachment-size', 'The size of a file is below zero.', {
      attachments: [{ id: '0'.repeat(32), name: '', sizeBytes: -1, addedAt: 0 }],
    }),
    of('code-type', 'The type of a one-time code is unknown.', {
      oneTimeCode: { ...code, type: 'TOTP' },
    }),
    of('code-digits-0', 'A one-time code has no digit.', { oneTimeCode: { ...code, digits: 0 } }),
    of('code-digits-11', 'A one-time code has eleven digits.', {
      oneTimeCode: { ...code, digits: 11 },
    }),
    of('code-algorithm', 'The algorithm of a one-time code is unknown.', {
      oneTimeCode: { ...code, algorithm: 'SHA1' },
    }),
    of('former-password', 'A former password is a text.', { formerPasswords: ['x'] }),
    of('kind-unknown', 'The kind is unknown.', { kind: 'bank-account' }),
    of('kind-of-another', 'The kind is another one than that of the fields.', { kind: 'wifi' }),
    of('kind-inherited', 'The kind is the name of something that every object has.', {
      kind: 'constructor',
    }),
    of(
      'member-named-proto',
      'An unknown member is named __proto__.',
      JSON.parse('{"__proto__":{"x":1}}') as Rec,
    ),
    bodies.member('credential-id-padded', 'The credential id has padding.', 'passkey', {
      credentialId: 'YQ==',
    }),
    bodies.member('credential-id-not-canonical', 'The credential id has stray bits.', 'passkey', {
      credentialId: 'YR',
    }),
    bodies.member('user-handle-base64', 'The user handle is in the other alphabet.', 'passkey', {
      userHandle: '+/+/',
    }),
    bodies.member('sign-count', 'The sign count is 2^32.', 'passkey', { signCount: 2 ** 32 }),
    bodies.member('login-id', 'The login id is empty.', 'passkey', { loginId: '' }),
    bodies.without('passkey-without-rp-id', 'A passkey has no RP ID.', 'passkey', 'rpId'),
    bodies.member('login-with-rp-id', 'A login has a member of passkeys.', 'login', {
      rpId: 'example.org',
    }),
  ];
}

function contentFaults(bodies: Bodies): readonly Fault[] {
  const kind = 'login';
  const { record } = bodies.item(kind);
  const json = utf8(canonical(record));
  const indented = JSON.stringify(JSON.parse(canonical(record)), null, 1);
  const twice = canonical(record).replace('"title":', '"title":"Another","title":');
  const fieldTwice = canonical(record).replace('"password":', '"password":"other","password":');
  const reversed = JSON.stringify(Object.fromEntries(Object.entries(record).reverse()));
  const escaped = canonical(record).replace('"login"', '"l\\u006fgin"');
  const exponent = canonical(record).replace('"createdAt":1767225600000', '"createdAt":17672256e5');
  const content = bodyContent(record);
  const padded = pad(content);
  const text = (name: string, says: string, source: string | Uint8Array) =>
    bodies.text(name, says, kind, source);
  const raw = (name: string, says: string, plaintext: Uint8Array) =>
    bodies.fault(name, says, kind, plaintext);
  return [
    text('json-white-space', 'A blank is before the JSON.', ` ${canonical(record)}`),
    text('json-in-lines', 'The JSON has white space between its members.', indented),
    text('json-member-twice', 'A member stands twice, the second one as it was.', twice),
    text('json-field-twice', 'A field of the kind stands twice.', fieldTwice),
    text('json-order', 'The members are in another order.', reversed),
    text('json-escape', 'A letter is written as an escape.', escaped),
    text('json-number', 'A time is written with an exponent.', exponent),
    text('json-empty', 'There is no JSON.', ''),
    text('json-cut', 'The JSON ends before its end.', json.slice(0, -1)),
    text('json-twice', 'A second JSON follows the first.', join(json, json)),
    text('json-comma', 'A comma follows the last member.', `${canonical(record).slice(0, -1)},}`),
    text(
      'json-byte-order-mark',
      'A byte order mark is before the JSON.',
      `\ufeff${canonical(record)}`,
    ),
    text(
      'json-not-utf-8',
      'A byte of the JSON is not UTF-8.',
      replaced(json, 'login', Uint8Array.of(0xff)),
    ),
    text('json-list', 'The JSON is a list.', `[${canonical(record)}]`),
    text('json-null', 'The JSON is null.', 'null'),
    raw(
      'part-too-long',
      'The first length is one more than there are bytes.',
      pad(join(uint(json.length + 5, 4), json, uint(0, 4))),
    ),
    raw(
      'second-part-too-long',
      'The second length is one more than there are bytes.',
      pad(join(uint(json.length, 4), json, uint(1, 4))),
    ),
    raw('second-part-missing', 'There is no second part.', pad(join(uint(json.length, 4), json))),
    raw(
      'content-with-a-byte-more',
      'A byte follows the second part.',
      pad(join(content, uint(0, 1))),
    ),
    raw(
      'private-key-on-a-login',
      'A login has a private key.',
      pad(bodyContent(record, bodies.item('passkey').privateKey)),
    ),
    raw(
      'bucket-too-large',
      'The padding is 256 bytes more than it has to be.',
      join(padded, new Uint8Array(256)),
    ),
    raw('bucket-too-small', 'The padding ends a byte early.', padded.slice(0, -1)),
    raw('padding-not-zero', 'The last byte of the padding is not zero.', flipped(padded, -1)),
    raw(
      'padding-first-byte',
      'The first byte of the padding is not zero.',
      flipped(padded, content.length + 4),
    ),
    raw(
      'length-above-the-content',
      'The length of the padding is more than there is.',
      join(uint(padded.length, 4), padded.slice(4)),
    ),
    raw('plaintext-empty', 'The plaintext has no byte.', new Uint8Array(0)),
    raw('plaintext-of-three-bytes', 'The plaintext has three bytes.', new Uint8Array(3)),
  ];
}

function replaced(source: Uint8Array, word: string, by: Uint8Array): Uint8Array {
  const at = Buffer.from(source).indexOf(word);
  return join(source.slice(0, at), by, source.slice(at + by.length));
}

export function bodyFamily(): Family {
  const bodies = new Bodies();
  const { scene } = bodies;
  const faults = [...kindFaults(bodies), ...memberFaults(bodies), ...contentFaults(bodies)];
  return {
    ...{ format: 1, family: 'body' },
    about:
      'Bodies that are authentic and not of the form of their schema: the item is refused by itself.',
    vaults: { bodies: baseToJson(scene.vault, byRecovery('one'), scene.writer.contents()) },
    vectors: faults.map(([name, says, vault, expect]) => scene.vector(name, says, vault, expect)),
  };
}
