// Signing in with a passkey, a person who agrees at once: from the page's options to the signed answer, in a large vault,
// held against loading the key and signing by noble alone.
// SPDX-License-Identifier: MIT

import { p256 } from '@noble/curves/nist.js';
import { toBase64Url } from '../../src/shared/bytes.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { systemRandom } from '../../src/main/crypto/random.ts';
import { ItemChanges } from '../../src/main/services/item-changes.ts';
import { PasskeyService } from '../../src/main/services/passkey-service.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { WebAuthnClient } from '../../src/main/webauthn/client.ts';
import { SoftwareAuthenticator } from '../../src/main/webauthn/software-authenticator.ts';
import { approve, ScriptedConsent } from '../support/scripted-consent.ts';
import { toRow } from './bench-row.ts';
import { amount, type Benchmark } from './benchmark.ts';
import { openVault } from './bench-vaults.ts';
import { inPairs, percentile, timed, timedNow } from './measure.ts';

export const passkey: Benchmark = {
  name: 'passkey',
  vaults: ({ items }) => [items],
  async run({ sizes, vaults }) {
    using vault = await openVault(vaults.pathOf(sizes.items));
    const [chosen] = vault.overviews('passkey');
    if (!chosen?.passkey) throw new Error('bench: no passkey in the vault');
    const { rpId } = chosen.passkey;
    const client = clientOver(vault);
    const secret = p256.utils.randomSecretKey();
    const all: number[] = [];
    const { first, second, ratio } = await inPairs(
      sizes.saves,
      async () => {
        const ms = await timed(() => client.get(requestFor(rpId)));
        all.push(ms);
        return ms;
      },
      () => timedNow(() => loadAndSign(secret)),
    );
    const passkeys = Array.from(vault.overviews('passkey')).length;
    return [
      toRow({
        name: `passkey assertion, ${amount(sizes.items)} items`,
        ...{ value: first, unit: 'ms', ratio, goal: { atMost: 3 } },
        against: { name: 'noble, key loaded and signed', value: second },
        note: `whole ceremony, ${amount(passkeys)} passkeys in the vault; p95 ${percentile(all, 95).toFixed(2)} ms`,
      }),
    ];
  },
};

/** As the vault process composes it, the windows left out. */
function clientOver(vault: UnlockedVault): WebAuthnClient {
  const changes = new ItemChanges({ vault: () => vault, onChanged: () => undefined });
  const service = new PasskeyService({ changes, isUnlocked: () => true });
  const common = { clock: systemClock, random: systemRandom };
  return new WebAuthnClient({
    authenticator: new SoftwareAuthenticator({ store: service, gate: service, ...common }),
    consent: new ScriptedConsent((shown) => approve(shown)),
    ...common,
  });
}

function requestFor(rpId: string) {
  const challenge = toBase64Url(systemRandom.bytes(32));
  return {
    source: 'test-site' as const,
    origin: `https://${rpId}`,
    options: { rpId, challenge, userVerification: 'discouraged' },
  };
}

/** The scalar is looked at, its public key computed, as it is when a key is loaded from PKCS#8; and one signature. */
function loadAndSign(secret: Uint8Array): void {
  if (!p256.utils.isValidSecretKey(secret)) throw new Error('bench: not a key');
  p256.getPublicKey(secret, false);
  p256.sign(systemRandom.bytes(69), secret, { lowS: false, format: 'der' });
}
