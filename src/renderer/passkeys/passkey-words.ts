// Properties of a passkey in words: algorithms (IANA COSE names) and the backup flags of WebAuthn Level 3, 6.1.3.
// SPDX-License-Identifier: MIT

const ALGORITHMS: Readonly<Record<string, string>> = {
  ES256: 'ECDSA on P-256 with SHA-256',
  ES384: 'ECDSA on P-384 with SHA-384',
  ES512: 'ECDSA on P-521 with SHA-512',
  EdDSA: 'Edwards curve signature, Ed25519',
  Ed25519: 'Edwards curve signature, Ed25519',
  RS256: 'RSA with SHA-256',
};

/** `ES256, which is …`; the bare name where we know no more. */
export function algorithmWords(name: string): string {
  const words = ALGORITHMS[name];
  return words === undefined ? name : `${name} (${words})`;
}

/** What the backup flags mean for the person. */
export function backupWords(backupEligible: boolean, backupState: boolean): string {
  if (!backupEligible) return 'Bound to this device; it cannot be copied or exported.';
  return backupState
    ? 'Can be backed up, and a backup exists.'
    : 'Can be backed up and exported; no copy elsewhere has been confirmed yet.';
}
