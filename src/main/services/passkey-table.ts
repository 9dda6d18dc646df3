// The passkeys of the open vault by what they are asked for: the login that they belong to, the RP ID, the credential id.
// A ceremony finds its passkeys here, in a vault of any size.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { toHex } from '../../shared/bytes.ts';
import type { ItemOverview } from '../vault/item-overview.ts';

const NONE: readonly ItemId[] = [];

interface Known {
  readonly rpId: string;
  readonly credential: string;
  /** Null for one that stands alone, or lies in the trash. */
  readonly loginId: ItemId | null;
  readonly isTrashed: boolean;
}

export class PasskeyTable {
  readonly #known = new Map<ItemId, Known>();
  readonly #byLogin = new Map<ItemId, readonly ItemId[]>();
  readonly #byRpId = new Map<string, readonly ItemId[]>();
  readonly #byCredential = new Map<string, ItemId>();

  /** Passkeys of a login that can be used: what lies in the trash is not among them. */
  of(loginId: ItemId): readonly ItemId[] {
    return this.#byLogin.get(loginId) ?? NONE;
  }

  loginOf(passkeyId: ItemId): ItemId | null {
    return this.#known.get(passkeyId)?.loginId ?? null;
  }

  /** Those that can sign for an RP ID: what lies in the trash cannot. */
  ofRpId(rpId: string): readonly ItemId[] {
    const all = this.#byRpId.get(rpId) ?? NONE;
    return all.filter((id) => this.#known.get(id)?.isTrashed === false);
  }

  /** The trash included; null where there is none. */
  byCredential(
    credentialId: Uint8Array,
  ): { readonly id: ItemId; readonly isTrashed: boolean } | null {
    const id = this.#byCredential.get(toHex(credentialId));
    const known = id === undefined ? undefined : this.#known.get(id);
    return id === undefined || known === undefined ? null : { id, isTrashed: known.isTrashed };
  }

  /** Takes an item in as it is now; does nothing for what is no passkey. */
  put({ id, passkey, trashedAt }: ItemOverview): void {
    this.remove(id);
    if (passkey === null) return;
    const isTrashed = trashedAt !== null;
    const loginId = isTrashed ? null : passkey.loginId;
    const credential = toHex(passkey.credentialId);
    this.#known.set(id, { rpId: passkey.rpId, credential, loginId, isTrashed });
    this.#byRpId.set(passkey.rpId, [...(this.#byRpId.get(passkey.rpId) ?? NONE), id]);
    this.#byCredential.set(credential, id);
    if (loginId !== null) this.#byLogin.set(loginId, [...this.of(loginId), id]);
  }

  remove(id: ItemId): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    const { rpId, credential, loginId } = known;
    this.#known.delete(id);
    this.#byRpId.set(rpId, without(this.#byRpId.get(rpId) ?? NONE, id));
    if (this.#byCredential.get(credential) === id) this.#byCredential.delete(credential);
    if (loginId !== null) this.#byLogin.set(loginId, without(this.of(loginId), id));
  }
}

function without(ids: readonly ItemId[], gone: ItemId): readonly ItemId[] {
  return ids.filter((id) => id !== gone);
}
