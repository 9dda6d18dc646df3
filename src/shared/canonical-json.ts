// One text for one value: object keys sorted by code unit, no white space. Used where JSON gets hashed.
// SPDX-License-Identifier: MIT

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Serialises `value` with sorted keys at every depth; throws on anything that JSON cannot hold. */
export function toCanonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    // Without a comparison of its own `sort` goes by code units.
    let members = '';
    for (const key of Object.keys(value).sort()) {
      const entry = toCanonicalJson((value as Readonly<Record<string, unknown>>)[key]);
      members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${entry}`;
    }
    return `{${members}}`;
  }
  throw new TypeError(`canonical JSON: cannot hold a ${typeof value}`);
}
