// The part of bcrypt-pbkdf that we call; the package has no types of its own.
// SPDX-License-Identifier: MIT

declare module 'bcrypt-pbkdf' {
  const bcryptPbkdf: {
    /** bcrypt over two SHA-512 digests of 64 bytes; writes 32 bytes to `out`. */
    readonly hash: (sha2pass: Uint8Array, sha2salt: Uint8Array, out: Uint8Array) => void;
  };
  export = bcryptPbkdf;
}
