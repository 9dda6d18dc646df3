// A published vector of HPKE: mode 0 (base), kem 0x0020, kdf 0x0001, aead 0x0002, the first encryption, from the test
// vectors that the CFRG published with RFC 9180 (cfrg/draft-irtf-cfrg-hpke, test-vectors.json). The appendix of the RFC
// prints the other AEADs of this KEM; Go's crypto/hpke holds the same entry (testdata/rfc9180.json).
// SPDX-License-Identifier: MIT

import { fromHex } from '../../src/shared/bytes.ts';

export const HPKE_VECTOR = {
  info: fromHex('4f6465206f6e2061204772656369616e2055726e'),
  receiver: {
    privateKey: fromHex('497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d'),
    publicKey: fromHex('430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c'),
  },
  ephemeral: {
    privateKey: fromHex('179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11'),
    publicKey: fromHex('6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256'),
  },
  aad: fromHex('436f756e742d30'),
  plaintext: fromHex('4265617574792069732074727574682c20747275746820626561757479'),
  ciphertext: fromHex(
    'e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
  ),
} as const;

/**
 * Points of small order and their forms that are not reduced (RFC 7748, section 6.1: the shared secret is all zeroes),
 * as RFC 9180, section 7.1.4, tells to refuse them.
 */
export const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map(fromHex);
