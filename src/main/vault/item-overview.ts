// ItemOverview: what is kept in memory of every item while the vault is unlocked. Never a password, note or key.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';

interface OverviewBase {
  readonly id: ItemId;
  readonly title: string;
  /** User name of the login or of the passkey's account. */
  readonly subtitle: string;
  /** Host of the first URL, or the RP ID; empty where there is none. */
  readonly host: string;
  readonly urls: readonly string[];
  readonly tags: readonly string[];
  readonly favourite: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly trashedAt: number | null;
}

export interface LoginOverview extends OverviewBase {
  readonly kind: 'login';
}

export interface PasskeyOverview extends OverviewBase {
  readonly kind: 'passkey';
  readonly rpId: string;
  readonly credentialId: Uint8Array;
}

export type ItemOverview = LoginOverview | PasskeyOverview;

/** The host that `url` names, also where a person wrote it without a scheme; empty where there is none. */
export function hostOf(url: string | undefined): string {
  if (url === undefined || url === '') return '';
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(url);
  return URL.parse(hasScheme ? url : `https://${url}`)?.hostname ?? '';
}
