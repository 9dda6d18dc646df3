// Texts that are wrong in one named way, and what is said about each.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { KEYS, PASSPHRASE, vectorText } from './ssh-key-vectors.ts';
import {
  bcryptOptions,
  bodyOf,
  contentOf,
  ed25519Key,
  mpint,
  openssh,
  opensshBody,
  pem,
  PUBLIC_KEY,
  refusalOf,
  SEED,
  str,
  type Text,
  u32,
} from './ssh-world.ts';

const DAMAGED = 'ssh/not-recognised damaged';
const NOT_A_KEY = 'ssh/not-recognised not-a-key';
const EXTRA_TEXT = 'ssh/not-recognised extra-text';
const PUBLIC = 'ssh/not-recognised public-key';
const CERTIFICATE = 'ssh/not-recognised certificate';
const KEY_TYPE = 'ssh/unsupported key-type';
const ED25519 = vectorText('Ed25519, OpenSSH');
const RSA = vectorText('RSA, PKCS#1');
const OPENSSH = 'OPENSSH PRIVATE KEY';

type Row = readonly [what: string, text: Text, refusal: string];

/** DER of short contents. */
const der = (tag: number, ...content: readonly (Uint8Array | number)[]): Buffer => {
  const body = Buffer.concat(
    content.map((part) => Buffer.from(typeof part === 'number' ? [part] : part)),
  );
  const head = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
};
const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

const notPrivateKeys: readonly Row[] = [
  ['nothing', '', 'ssh/not-recognised empty'],
  ['white space', ' \r\n\t\n', 'ssh/not-recognised empty'],
  ['a sentence', 'my key is in the other drawer', NOT_A_KEY],
  ['JSON', '{"kty":"OKP"}', NOT_A_KEY],
  ['random bytes', Uint8Array.from({ length: 500 }, (_, index) => (index * 89) & 0xff), NOT_A_KEY],
  ['bare DER', bodyOf(RSA), NOT_A_KEY],
  ['UTF-16', Buffer.from(`\ufeff${ED25519}`, 'utf16le'), NOT_A_KEY],
  ['base64 without its lines', bodyOf(ED25519).toString('base64'), NOT_A_KEY],
  ['a text far too long', 'x'.repeat(32 * 1024 + 1), 'ssh/not-recognised too-large'],
  ['an Ed25519 public key', KEYS.ed25519.publicKey, PUBLIC],
  ['an RSA public key', `\n${KEYS.rsa.publicKey}\n`, PUBLIC],
  ['an ECDSA public key', KEYS.p521.publicKey, PUBLIC],
  ['a public key of a FIDO device', 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5', PUBLIC],
  ['a public key in PEM', pem('PUBLIC KEY', Buffer.alloc(44)), PUBLIC],
  ['an RSA public key in PEM', pem('RSA PUBLIC KEY', Buffer.alloc(44)), PUBLIC],
  ['a public key of RFC 4716', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n', PUBLIC],
  [
    'a certificate',
    'ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQ= me',
    CERTIFICATE,
  ],
  ['an X.509 certificate', pem('CERTIFICATE', Buffer.alloc(44)), CERTIFICATE],
  [
    'a PuTTY file',
    'PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\n',
    'ssh/unsupported putty',
  ],
  [
    'an old PuTTY file',
    'PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n',
    'ssh/unsupported putty',
  ],
  ['a key of SSH 1', 'SSH PRIVATE KEY FILE FORMAT 1.1\n\0\0\0', 'ssh/unsupported ssh1'],
  ['a key of ssh.com', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nx\n', 'ssh/unsupported ssh2'],
  ['a PGP key', pem('PGP PRIVATE KEY BLOCK', Buffer.alloc(44)), NOT_A_KEY],
  ['a DSA key', pem('DSA PRIVATE KEY', Buffer.alloc(44)), KEY_TYPE],
  ['parameters without a key', pem('EC PARAMETERS', hex('06082a8648ce3d030107')), NOT_A_KEY],
];

/** The next character before the padding: the same bytes for a reader that does not look. */
const withStrayBits = (text: string): string =>
  text.replace(/(.)=/, (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=`);

const brokenPem: readonly Row[] = [
  ['no END line', ED25519.slice(0, ED25519.indexOf('-----END')), DAMAGED],
  ['another END line', ED25519.replace('-----END OPENSSH', '-----END RSA'), DAMAGED],
  [
    'half an END line',
    ED25519.replace('END OPENSSH PRIVATE KEY-----', 'END OPENSSH PRIV'),
    DAMAGED,
  ],
  ['no BEGIN line', ED25519.slice(ED25519.indexOf('\n') + 1), NOT_A_KEY],
  ['half a BEGIN line', ED25519.replace('PRIVATE KEY-----\n', 'PRIVATE\n'), EXTRA_TEXT],
  ['lower case', ED25519.toLowerCase(), NOT_A_KEY],
  ['everything on one line', ED25519.replaceAll('\n', ' '), EXTRA_TEXT],
  ['text before', `here it is:\n${ED25519}`, EXTRA_TEXT],
  ['text behind', `${ED25519}and that was it\n`, EXTRA_TEXT],
  ['its public key behind', `${ED25519}${KEYS.ed25519.publicKey}\n`, EXTRA_TEXT],
  ['the key twice', ED25519 + ED25519, 'ssh/not-recognised several-keys'],
  [
    'a certificate behind',
    ED25519 + pem('CERTIFICATE', Buffer.alloc(9)),
    'ssh/not-recognised several-keys',
  ],
  ['nothing inside', `-----BEGIN ${OPENSSH}-----\n-----END ${OPENSSH}-----\n`, DAMAGED],
  ['a missing character', ED25519.replace('b3Bl', '3Bl'), DAMAGED],
  ['a character of base64url', ED25519.replace('b3Bl', 'b3B-'), DAMAGED],
  ['a padding character within', ED25519.replace('b3Bl', 'b3=='), DAMAGED],
  ['a space within a line', ED25519.replace('b3Bl', 'b3 l'), DAMAGED],
  ['stray bits', withStrayBits(vectorText('P-256, SEC 1')), DAMAGED],
  ['only padding', pem('PRIVATE KEY', Buffer.alloc(1)).replace('AA==', '===='), DAMAGED],
  ['header lines', pem(OPENSSH, bodyOf(ED25519), ['Comment: x']), DAMAGED],
  [
    'header lines without a blank one',
    RSA.replace('KEY-----\n', 'KEY-----\nProc-Type: 4,ENCRYPTED\n'),
    DAMAGED,
  ],
];

const publicOf = (type: string, ...fields: readonly Uint8Array[]): Buffer =>
  Buffer.concat([str(type), ...fields]);
const content = (fields: Parameters<typeof contentOf>[0]): string =>
  openssh({ content: contentOf(fields) });
const key = (fields: Parameters<typeof ed25519Key>[0]): string =>
  content({ key: ed25519Key(fields) });
const other = Buffer.alloc(32, 1);

const brokenOpenSsh: readonly Row[] = [
  ['another magic', openssh({ magic: 'openssh-key-v2\0' }), DAMAGED],
  ['a magic alone', pem(OPENSSH, Buffer.from('openssh-key-v1\0')), DAMAGED],
  ['half a magic', pem(OPENSSH, Buffer.from('openssh')), DAMAGED],
  ['no key', openssh({ count: 0 }), DAMAGED],
  ['two keys', openssh({ count: 2 }), DAMAGED],
  ['bytes behind', openssh({ trailing: Buffer.alloc(1) }), DAMAGED],
  ['a tag behind what is not encrypted', openssh({ trailing: Buffer.alloc(16) }), DAMAGED],
  ['options without encryption', openssh({ options: bcryptOptions(other, 16) }), DAMAGED],
  ['a key derivation without encryption', openssh({ kdf: 'bcrypt' }), DAMAGED],
  ['a cipher name of control characters', openssh({ cipher: 'no\nne' }), DAMAGED],
  ['an empty cipher name', openssh({ cipher: '' }), DAMAGED],
  ['an unknown cipher', openssh({ cipher: 'nine' }), 'ssh/unsupported cipher'],
  [
    'a length beyond the end',
    pem(OPENSSH, Buffer.concat([Buffer.from('openssh-key-v1\0'), u32(0xffffffff)])),
    DAMAGED,
  ],
  ['its last byte missing', pem(OPENSSH, opensshBody({}).subarray(0, -1)), DAMAGED],
  ['an empty public key', openssh({ publicBlob: Buffer.alloc(0) }), DAMAGED],
  [
    'the public key of another',
    openssh({ publicBlob: publicOf('ssh-ed25519', str(other)) }),
    DAMAGED,
  ],
  [
    'a public key that goes on',
    openssh({ publicBlob: publicOf('ssh-ed25519', str(PUBLIC_KEY), u32(0)) }),
    DAMAGED,
  ],
  ['another type outside', openssh({ publicBlob: publicOf('ssh-rsa', str(PUBLIC_KEY)) }), DAMAGED],
  ['a DSA key', openssh({ publicBlob: publicOf('ssh-dss') }), KEY_TYPE],
  [
    'a key in a FIDO device',
    openssh({ publicBlob: publicOf('sk-ssh-ed25519@openssh.com') }),
    'ssh/unsupported security-key',
  ],
  [
    'a certificate inside',
    openssh({ publicBlob: publicOf('ssh-ed25519-cert-v01@openssh.com') }),
    KEY_TYPE,
  ],
  ['no content', openssh({ content: Buffer.alloc(0) }), DAMAGED],
  ['only check numbers', openssh({ content: Buffer.alloc(8) }), DAMAGED],
  ['check numbers that differ', content({ checks: [1, 2] }), DAMAGED],
  ['another type inside', key({ type: 'ecdsa-sha2-nistp256' }), DAMAGED],
  ['an unknown type inside', key({ type: 'ssh-ed448' }), DAMAGED],
  ['a short public key', key({ publicKey: PUBLIC_KEY.subarray(1) }), DAMAGED],
  ['a short private key', key({ privateKey: SEED }), DAMAGED],
  [
    'a private key whose second half differs',
    key({ privateKey: Buffer.concat([SEED, other]) }),
    DAMAGED,
  ],
  ['a private key of another', key({ privateKey: Buffer.concat([other, PUBLIC_KEY]) }), DAMAGED],
  ['no padding', content({ padding: Buffer.alloc(0) }), DAMAGED],
  ['zeros as padding', content({ padding: Buffer.alloc(6) }), DAMAGED],
  ['padding from zero', content({ padding: hex('000102030405') }), DAMAGED],
  ['two blocks of padding', content({ padding: hex('0102030405060708090a0b0c0d0e') }), DAMAGED],
];

const encrypted = (fields: Parameters<typeof openssh>[0]): string =>
  openssh({
    cipher: 'aes256-ctr',
    kdf: 'bcrypt',
    options: bcryptOptions(other, 16),
    content: Buffer.alloc(160),
    ...fields,
  });
const COST = 'ssh/unsupported key-derivation-cost';

/** All of them are found without stretching the passphrase, which would take hours for some. */
const brokenEncryption: readonly Row[] = [
  [
    'chacha20',
    encrypted({ cipher: 'chacha20-poly1305@openssh.com', trailing: Buffer.alloc(16) }),
    'ssh/unsupported cipher',
  ],
  ['triple DES', encrypted({ cipher: '3des-cbc' }), 'ssh/unsupported cipher'],
  ['another key derivation', encrypted({ kdf: 'scrypt' }), 'ssh/unsupported key-derivation'],
  ['no key derivation', encrypted({ kdf: 'none' }), 'ssh/unsupported key-derivation'],
  ['2,049 rounds', encrypted({ options: bcryptOptions(other, 2049) }), COST],
  ['4,294,967,295 rounds', encrypted({ options: bcryptOptions(other, 0xffffffff) }), COST],
  ['no rounds', encrypted({ options: bcryptOptions(other, 0) }), DAMAGED],
  ['no salt', encrypted({ options: bcryptOptions(Buffer.alloc(0), 16) }), DAMAGED],
  ['65 bytes of salt', encrypted({ options: bcryptOptions(Buffer.alloc(65), 16) }), DAMAGED],
  ['no options', encrypted({ options: Buffer.alloc(0) }), DAMAGED],
  [
    'options that go on',
    encrypted({ options: Buffer.concat([bcryptOptions(other, 16), u32(0)]) }),
    DAMAGED,
  ],
  ['half a block', encrypted({ content: Buffer.alloc(152) }), DAMAGED],
  ['nothing encrypted', encrypted({ content: Buffer.alloc(0) }), DAMAGED],
  ['a tag without GCM', encrypted({ trailing: Buffer.alloc(16) }), DAMAGED],
  ['GCM without a tag', encrypted({ cipher: 'aes256-gcm@openssh.com' }), DAMAGED],
  [
    'GCM with half a tag',
    encrypted({ cipher: 'aes256-gcm@openssh.com', trailing: Buffer.alloc(8) }),
    DAMAGED,
  ],
  ['a DSA key', encrypted({ publicBlob: publicOf('ssh-dss') }), KEY_TYPE],
];

const ED25519_ID = hex('300506032b6570');
const pkcs8 = (...fields: readonly Uint8Array[]): string =>
  pem('PRIVATE KEY', der(0x30, ...fields));
const V1 = hex('020100');
const V2 = hex('020101');
const innerSeed = der(0x04, der(0x04, SEED));
const p256 = '2a8648ce3d030107';
const sec1 = bodyOf(vectorText('P-256, SEC 1'));
const scalar = sec1.subarray(7, 39);
const point = sec1.subarray(-65);
const ecKey = (...fields: readonly Uint8Array[]): string =>
  pem('EC PRIVATE KEY', der(0x30, ...fields));
const named = der(0xa0, der(0x06, hex(p256)));
const withScalar = (value: Uint8Array): string => ecKey(V2, der(0x04, value), named);
const rsaBody = bodyOf(RSA);
const rsaAt = (offset: number, bytes: readonly number[]): string => {
  const changed = Buffer.from(rsaBody);
  changed.set(bytes, offset);
  return pem('RSA PRIVATE KEY', changed);
};
/** In its form, RSA; in its numbers, none: a modulus of so many bytes, and one number for all the others. */
const rsaOf = (bytes: number, others: Uint8Array, exponent = others): string => {
  const modulus = der(0x02, Buffer.alloc(bytes, 127));
  const secrets = Array.from({ length: 6 }, () => others);
  return pem('RSA PRIVATE KEY', der(0x30, V1, modulus, exponent, ...secrets));
};

const brokenDer: readonly Row[] = [
  ['PKCS#8 that is empty', pkcs8(), DAMAGED],
  [
    'PKCS#8 with a byte behind',
    pem('PRIVATE KEY', Buffer.concat([der(0x30, V1, ED25519_ID, innerSeed), hex('00')])),
    DAMAGED,
  ],
  ['PKCS#8 of version 2', pkcs8(hex('020102'), ED25519_ID, innerSeed), DAMAGED],
  ['PKCS#8 of a negative version', pkcs8(hex('0201ff'), ED25519_ID, innerSeed), DAMAGED],
  [
    'PKCS#8 with a public key, in version 0',
    pkcs8(V1, ED25519_ID, innerSeed, der(0x81, 0, PUBLIC_KEY)),
    DAMAGED,
  ],
  [
    'PKCS#8 with the public key of another',
    pkcs8(V2, ED25519_ID, innerSeed, der(0x81, 0, other)),
    DAMAGED,
  ],
  [
    'PKCS#8 with a public key of odd bits',
    pkcs8(V2, ED25519_ID, innerSeed, der(0x81, 1, PUBLIC_KEY)),
    DAMAGED,
  ],
  ['PKCS#8 with more fields', pkcs8(V1, ED25519_ID, innerSeed, hex('0500')), DAMAGED],
  ['Ed25519 with parameters', pkcs8(V1, hex('300706032b65700500'), innerSeed), DAMAGED],
  ['an Ed25519 seed that is not wrapped', pkcs8(V1, ED25519_ID, der(0x04, SEED)), DAMAGED],
  [
    'an Ed25519 seed of 31 bytes',
    pkcs8(V1, ED25519_ID, der(0x04, der(0x04, SEED.subarray(1)))),
    DAMAGED,
  ],
  ['an X25519 key', pkcs8(V1, hex('300506032b656e'), innerSeed), KEY_TYPE],
  ['an Ed448 key', pkcs8(V1, hex('300506032b6571'), innerSeed), KEY_TYPE],
  ['an indefinite length', pem('PRIVATE KEY', hex('30800201000000')), DAMAGED],
  [
    'a length in too many bytes',
    pem(
      'PRIVATE KEY',
      Buffer.concat([hex('30812e'), der(0x30, V1, ED25519_ID, innerSeed).subarray(2)]),
    ),
    DAMAGED,
  ],
  ['a length of five bytes', pem('PRIVATE KEY', hex('30850000000001')), DAMAGED],
  [
    'RSA without NULL',
    pkcs8(V1, der(0x30, hex('06092a864886f70d010101')), der(0x04, rsaBody)),
    DAMAGED,
  ],
  ['RSA of more than two primes', rsaAt(6, [1]), KEY_TYPE],
  ['RSA of version 2', rsaAt(6, [2]), DAMAGED],
  ['RSA with a negative modulus', rsaAt(11, [0x80]), DAMAGED],
  ['RSA cut off', pem('RSA PRIVATE KEY', rsaBody.subarray(0, -1)), DAMAGED],
  ['RSA of 8,200 bits', rsaOf(1025, hex('020103')), 'ssh/unsupported rsa-size'],
  ['RSA of 512 bits', rsaOf(64, hex('020103')), 'ssh/unsupported rsa-size'],
  [
    'RSA with a public exponent of 34 bits',
    rsaOf(256, hex('020103'), hex('02050300000001')),
    'ssh/unsupported rsa-exponent',
  ],
  ['RSA with primes of one', rsaOf(256, hex('020101')), DAMAGED],
  ['RSA with primes that are none', rsaOf(256, hex('020103')), DAMAGED],
  ['an EC key without a curve', ecKey(V2, der(0x04, scalar)), DAMAGED],
  ['an EC key of version 0', ecKey(V1, der(0x04, scalar), named), DAMAGED],
  [
    'an EC key on another curve',
    ecKey(V2, der(0x04, scalar), der(0xa0, hex('06052b8104000a'))),
    'ssh/unsupported curve',
  ],
  [
    'an EC key whose curve is spelt out',
    ecKey(V2, der(0x04, scalar), der(0xa0, hex('3003020101'))),
    'ssh/unsupported curve',
  ],
  ['an EC key of 31 bytes', withScalar(scalar.subarray(1)), DAMAGED],
  ['an EC key of 33 bytes', withScalar(Buffer.concat([hex('00'), scalar])), DAMAGED],
  ['an EC key of zero', withScalar(Buffer.alloc(32)), DAMAGED],
  [
    'an EC key of the order',
    withScalar(hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')),
    DAMAGED,
  ],
  [
    'an EC key with the point of another',
    ecKey(V2, der(0x04, Buffer.alloc(32, 1)), named, der(0xa1, der(0x03, 0, point))),
    DAMAGED,
  ],
  [
    'an EC key with half a point',
    ecKey(V2, der(0x04, scalar), named, der(0xa1, der(0x03, 0, point.subarray(0, 40)))),
    DAMAGED,
  ],
  [
    'an EC key that says two curves',
    pkcs8(V1, der(0x30, hex('06072a8648ce3d0201'), hex('06052b81040022')), der(0x04, sec1)),
    DAMAGED,
  ],
];

const legacy = (headers: readonly string[], body: Uint8Array = Buffer.alloc(32)): string =>
  pem('RSA PRIVATE KEY', body, headers);
const PROC = 'Proc-Type: 4,ENCRYPTED';
const IV = '00'.repeat(16);
const pbes2 = (kdf: Uint8Array, cipher: Uint8Array, body: Uint8Array = Buffer.alloc(32)): string =>
  pem(
    'ENCRYPTED PRIVATE KEY',
    der(0x30, der(0x30, hex('06092a864886f70d01050d'), der(0x30, kdf, cipher)), der(0x04, body)),
  );
const pbkdf2 = (...fields: readonly Uint8Array[]): Buffer =>
  der(0x30, hex('06092a864886f70d01050c'), der(0x30, ...fields));
const aes = der(0x30, hex('060960864801650304012a'), der(0x04, Buffer.alloc(16)));
const salt = der(0x04, Buffer.alloc(8));
const times = (digits: string): Buffer => der(0x02, hex(digits));

const brokenOldEncryption: readonly Row[] = [
  ['no DEK-Info', legacy([PROC]), DAMAGED],
  ['no Proc-Type', legacy([`DEK-Info: AES-128-CBC,${IV}`]), DAMAGED],
  ['another Proc-Type', legacy(['Proc-Type: 4,MIC-ONLY', `DEK-Info: AES-128-CBC,${IV}`]), DAMAGED],
  ['a header twice', legacy([PROC, PROC, `DEK-Info: AES-128-CBC,${IV}`]), DAMAGED],
  ['a header too many', legacy([PROC, `DEK-Info: AES-128-CBC,${IV}`, 'X: y']), DAMAGED],
  ['single DES', legacy([PROC, 'DEK-Info: DES-CBC,0011223344556677']), 'ssh/unsupported cipher'],
  ['a short nonce', legacy([PROC, 'DEK-Info: AES-128-CBC,0011']), DAMAGED],
  ['a nonce that is none', legacy([PROC, `DEK-Info: AES-128-CBC,${'x'.repeat(32)}`]), DAMAGED],
  ['half a block', legacy([PROC, `DEK-Info: AES-128-CBC,${IV}`], Buffer.alloc(24)), DAMAGED],
  [
    'PBES1',
    pem(
      'ENCRYPTED PRIVATE KEY',
      der(
        0x30,
        der(0x30, hex('060a2a864886f70d010c0103'), der(0x30, salt, times('0800'))),
        der(0x04, Buffer.alloc(32)),
      ),
    ),
    'ssh/unsupported key-derivation',
  ],
  [
    'scrypt',
    pbes2(der(0x30, hex('06092b06010401da47040b'), der(0x30, salt)), aes),
    'ssh/unsupported key-derivation',
  ],
  ['10,000,001 iterations', pbes2(pbkdf2(salt, times('00989681')), aes), COST],
  ['2,147,483,647 iterations', pbes2(pbkdf2(salt, times('7fffffff')), aes), COST],
  ['more iterations than that', pbes2(pbkdf2(salt, times('00ffffffff')), aes), DAMAGED],
  ['no iterations', pbes2(pbkdf2(salt, times('00')), aes), DAMAGED],
  ['no salt', pbes2(pbkdf2(der(0x04), times('0800')), aes), DAMAGED],
  ['a key length that does not fit', pbes2(pbkdf2(salt, times('0800'), times('10')), aes), DAMAGED],
  [
    'an unknown function',
    pbes2(pbkdf2(salt, times('0800'), der(0x30, hex('06082a864886f70d020c'))), aes),
    'ssh/unsupported key-derivation',
  ],
  [
    'an unknown cipher',
    pbes2(
      pbkdf2(salt, times('0800')),
      der(0x30, hex('06082a864886f70d0302'), der(0x04, Buffer.alloc(8))),
    ),
    'ssh/unsupported cipher',
  ],
  [
    'a short nonce in PBES2',
    pbes2(
      pbkdf2(salt, times('0800')),
      der(0x30, hex('060960864801650304012a'), der(0x04, Buffer.alloc(8))),
    ),
    DAMAGED,
  ],
  ['half a block in PBES2', pbes2(pbkdf2(salt, times('0800')), aes, Buffer.alloc(24)), DAMAGED],
];

describe('a text that is not taken as an SSH private key', () => {
  describe.each([
    ['not a private key', notPrivateKeys],
    ['PEM with', brokenPem],
    ['OpenSSH with', brokenOpenSsh],
    ['encrypted OpenSSH with', brokenEncryption],
    ['DER:', brokenDer],
    ['encrypted PKCS with', brokenOldEncryption],
  ])('%s', (_, rows) => {
    it.each(rows)('%s', async (_what, text, refusal) => {
      expect(await refusalOf(text, PASSPHRASE)).toBe(refusal);
    });
  });

  it('is the same text as a good one but for what is wrong with it', async () => {
    // Else the rows above would prove nothing.
    const good = [
      openssh({}),
      content({}),
      key({}),
      pkcs8(V1, ED25519_ID, innerSeed),
      pkcs8(V2, ED25519_ID, innerSeed, der(0x81, 0, PUBLIC_KEY)),
      pkcs8(V1, ED25519_ID, innerSeed, der(0xa0, hex('3000'))),
      rsaAt(6, [0]),
      vectorText('P-256, SEC 1'),
      withScalar(scalar),
      ecKey(V2, der(0x04, scalar), named, der(0xa1, der(0x03, 0, point))),
    ];
    const taken = await Promise.all(good.map((text) => refusalOf(text)));
    expect(taken.filter((said) => !said.startsWith('taken as'))).toEqual([]);
    const asking = [
      encrypted({}),
      legacy([PROC, `DEK-Info: AES-128-CBC,${IV}`]),
      pbes2(pbkdf2(salt, times('0800')), aes),
    ];
    expect(await Promise.all(asking.map((text) => refusalOf(text)))).toEqual(
      asking.map(() => 'ssh/passphrase-needed'),
    );
  });

  it.each([
    ['a number with a zero in front', (n: string) => `00${n}`],
    ['a negative number', (n: string) => n.replace(/^00/, '')],
    ['an empty number', () => ''],
  ])('OpenSSH RSA with %s', async (_, change) => {
    const body = bodyOf(vectorText('RSA, OpenSSH'));
    const at = body.lastIndexOf(str('ssh-rsa')) + 11;
    const length = body.readUInt32BE(at);
    const n = body.subarray(at + 4, at + 4 + length).toString('hex');
    const rest = body.subarray(at + 4 + length);
    const inside = Buffer.concat([body.subarray(at - 19, at), mpint(change(n)), rest]);
    const head = body.subarray(0, at - 23);
    expect(await refusalOf(pem(OPENSSH, Buffer.concat([head, str(inside)])))).toBe(DAMAGED);
    const unchanged = Buffer.concat([body.subarray(at - 19, at), mpint(n), rest]);
    expect(await refusalOf(pem(OPENSSH, Buffer.concat([head, str(unchanged)])))).toBe(
      'taken as ssh-rsa',
    );
  });
});
