// Items for the second implementation: one of each kind with everything filled in, and ones made by chance from a seed.
// SPDX-License-Identifier: MIT

import { base64url, hex, type Json, utf8 } from './bytes.ts';
import { KINDS, type Rec } from './shapes.ts';
import type { SeededBytes } from './write.ts';

export const ALL_KINDS = Object.keys(KINDS);
const THEN = 1_767_225_600_000;

const NOTHING: Rec = {
  ...{ note: '', tags: [], favourite: false, archivedAt: null, trashedAt: null, urls: [] },
  ...{ sections: [], attachments: [], oneTimeCode: null, formerPasswords: [] },
  ...{ createdAt: THEN, modifiedAt: THEN },
};

const VALUES: Readonly<Record<string, Rec>> = {
  login: { username: 'ada@example.org', password: 'Analytical-Engine-1843' },
  card: {
    ...{ cardholder: 'A LOVELACE', number: '4111 1111 1111 1111', brand: 'Visa', bank: 'Lloyds' },
    ...{ expires: '2031-12', validFrom: '2026-01', securityCode: '123', pin: '2718' },
  },
  identity: {
    ...{ honorific: 'Countess', firstName: 'Ada', middleName: 'King', lastName: 'Lovelace' },
    ...{ birthDate: '1815-12-10', email: 'ada@example.org', phone: '+44 20 7946 0000' },
    ...{ street: '12 St James’s Square', street2: '', postalCode: 'SW1Y 4JH', city: 'London' },
    ...{ region: '', country: 'United Kingdom', company: '', jobTitle: 'Analyst' },
    ...{ username: 'ada', nationalId: 'QQ 12 34 56 C', passportNumber: '', driverLicence: '' },
  },
  'ssh-key': {
    ...{
      privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\n…\n-----END OPENSSH PRIVATE KEY-----\n',
    },
    ...{ publicKey: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:abcdef', keyType: 'ed25519' },
  },
  wifi: {
    ...{ ssid: 'Difference', security: 'wpa', username: '', password: 'seven times nine' },
    isHiddenNetwork: 'false',
  },
  licence: {
    ...{ product: 'Loom', version: '2.1', licenceKey: 'AAAA-BBBB-CCCC', licensedTo: 'Ada' },
    ...{ email: 'ada@example.org', company: '', orderNumber: '17', purchasedOn: '2026-01-02' },
    expiresOn: '',
  },
};

export const PASSKEY: Rec = {
  ...{ loginId: null, rpId: 'example.org', rpName: 'Example', algorithm: 'ES256' },
  ...{ userHandle: base64url(utf8('ada')), userName: 'ada', userDisplayName: 'Ada' },
  ...{ credentialId: base64url(utf8('credential of ada')), signCount: 0 },
  ...{ backupEligible: true, backupState: false },
};

/** Stands for a PKCS#8 document: the vault does not look inside. */
export const PKCS8 = utf8('stands for a PKCS#8 document '.padEnd(138, '.'));

export function sampleItem(kind: string, change: Rec = {}): Rec {
  const own = kind === 'passkey' ? PASSKEY : {};
  const fields = VALUES[kind] ?? {};
  const code = kind === 'one-time-code' ? { oneTimeCode: ONE_TIME_CODE } : {};
  return { kind, title: `A ${kind}`, fields, ...NOTHING, ...own, ...code, ...change };
}

export const ONE_TIME_CODE: Rec = {
  ...{ type: 'totp', secret: 'JBSWY3DPEHPK3PXP', algorithm: 'SHA-1', digits: 6, period: 30 },
  ...{ counter: 0, issuer: 'Example', account: 'ada@example.org' },
};

/** Every member that an item may have, filled. */
export const FULL: Rec = {
  note: 'Line one\nLine two — “quoted”, é, 漢字, 🗝️',
  tags: ['work', 'work/keys'],
  favourite: true,
  archivedAt: THEN + 1,
  trashedAt: THEN + 2,
  urls: [
    { url: 'https://example.org/sign-in', match: 'domain' },
    { url: '^https://.*\\.example\\.org/', match: 'regex' },
  ],
  sections: [
    {
      id: '0011223344556677',
      title: 'Security questions',
      fields: [
        { id: '8899aabbccddeeff', label: 'First engine', type: 'hidden', value: 'Difference' },
        { id: '0123456789abcdef', label: 'Married', type: 'boolean', value: 'true' },
      ],
    },
  ],
  oneTimeCode: ONE_TIME_CODE,
  formerPasswords: [{ value: 'Difference-Engine-1822', replacedAt: THEN }],
};

/** Choices that follow from a seed. */
export class Chance {
  readonly #random: SeededBytes;
  /** Drawn ahead: a text takes a draw for each character. */
  #pool: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(random: SeededBytes) {
    this.#random = random;
  }

  below(limit: number): number {
    if (this.#at >= this.#pool.length) {
      this.#pool = this.#random.take(4096);
      this.#at = 0;
    }
    const view = new DataView(this.#pool.buffer, this.#pool.byteOffset + this.#at, 4);
    this.#at += 4;
    return view.getUint32(0) % limit;
  }

  oneOf<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }

  isSo(): boolean {
    return this.below(2) === 1;
  }

  hex(bytes: number): string {
    return hex(this.#random.take(bytes));
  }

  bytes(most: number): Uint8Array {
    return this.#random.take(this.below(most + 1));
  }

  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  time(): number {
    return this.oneOf([0, 1, THEN + this.below(1_000_000), Number.MAX_SAFE_INTEGER]);
  }

  /** Mostly short, now and then long, of all planes, with controls and a lone surrogate. */
  text(): string {
    const length = this.oneOf([0, 1, 3, 12, 12, 12, 40, 300]);
    const characters = ['a', 'Z', '0', ' ', '/', '"', '\\', '\n', '\u0000', '\u007f', 'é'];
    const rare = ['漢', '🗝', '\u2028', '\ufeff', '\ud83d', '__proto__', '\u202e'];
    return Array.from({ length }, () =>
      this.below(8) === 0 ? this.oneOf(rare) : this.oneOf(characters),
    ).join('');
  }
}

export function randomItem(chance: Chance, kind = chance.oneOf(ALL_KINDS)): Rec {
  const text = (): string => chance.text();
  const timeOrNull = (): Json => (chance.isSo() ? chance.time() : null);
  const fields = Object.fromEntries((KINDS[kind]?.fields ?? []).map((name) => [name, text()]));
  return {
    ...{ kind, title: text(), note: text(), fields, tags: chance.list(3, text) },
    ...{ favourite: chance.isSo(), createdAt: chance.time(), modifiedAt: chance.time() },
    ...{ archivedAt: timeOrNull(), trashedAt: timeOrNull() },
    urls: chance.list(3, () => ({ url: text(), match: chance.oneOf(MATCHES) })),
    sections: chance.list(2, () => ({
      ...{ id: chance.hex(8), title: text() },
      fields: chance.list(3, () => ({
        ...{ id: chance.hex(8), label: text(), type: chance.oneOf(TYPES), value: text() },
      })),
    })),
    attachments: chance.list(2, () => ({
      ...{ id: chance.hex(16), name: text(), sizeBytes: chance.below(1e9), addedAt: chance.time() },
    })),
    oneTimeCode: chance.isSo() ? randomCode(chance) : null,
    formerPasswords: chance.list(3, () => ({ value: text(), replacedAt: chance.time() })),
    ...(kind === 'passkey' ? randomCredential(chance) : {}),
  };
}

const MATCHES = ['domain', 'host', 'starts-with', 'exact', 'regex', 'never'];
const TYPES = ['text', 'hidden', 'boolean', 'date', 'url', 'email', 'number'];

function randomCode(chance: Chance): Rec {
  return {
    ...{ type: chance.oneOf(['totp', 'hotp', 'steam']), secret: chance.text() },
    ...{ algorithm: chance.oneOf(['SHA-1', 'SHA-256', 'SHA-512']), digits: 1 + chance.below(10) },
    ...{ period: chance.below(1e5), counter: chance.time(), issuer: chance.text() },
    account: chance.text(),
  };
}

function randomCredential(chance: Chance): Rec {
  return {
    loginId: chance.isSo() ? chance.hex(16) : null,
    ...{ rpId: chance.text(), rpName: chance.text(), userHandle: base64url(chance.bytes(64)) },
    ...{ userName: chance.text(), userDisplayName: chance.text() },
    ...{ credentialId: base64url(chance.bytes(80)), algorithm: chance.oneOf(['ES256', 'EdDSA']) },
    ...{ backupEligible: chance.isSo(), backupState: chance.isSo() },
    signCount: chance.below(2 ** 32),
  };
}
