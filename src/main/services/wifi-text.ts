// What the QR code of a Wi-Fi network says: the form that phones' cameras read (`WIFI:T:…;S:…;P:…;H:…;;`, WPA3
// specification, section 7.1, with the escapes that ZXing introduced).
// SPDX-License-Identifier: MIT

import type { FieldsOf } from '../../shared/model/item-kinds.ts';

const TYPES: Readonly<Record<string, string>> = {
  wpa: 'WPA',
  'wpa-enterprise': 'WPA2-EAP',
  wep: 'WEP',
  none: 'nopass',
};

export function toWifiText(fields: FieldsOf<'wifi'>): string {
  const { ssid, security, username, password, isHiddenNetwork } = fields;
  const type = Object.hasOwn(TYPES, security) ? (TYPES[security] ?? 'WPA') : 'WPA';
  const parts = [
    ['T', type],
    ['S', escape(ssid)],
    ...(type === 'nopass' || password === '' ? [] : [['P', escape(password)]]),
    ...(type === 'WPA2-EAP' && username !== '' ? [['I', escape(username)]] : []),
    ...(isHiddenNetwork === 'true' ? [['H', 'true']] : []),
  ];
  return `WIFI:${parts.map(([name, value]) => `${name ?? ''}:${value ?? ''};`).join('')};`;
}

/** A backslash before what separates; quotes around what could be taken for hexadecimal digits. */
function escape(text: string): string {
  const escaped = text.replace(/[\\;,:"]/g, (character) => `\\${character}`);
  return /^[0-9A-Fa-f]+$/.test(text) && text.length % 2 === 0 ? `"${escaped}"` : escaped;
}
