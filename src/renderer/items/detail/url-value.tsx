// A web address as it is read: whole, with its host in full ink and the rest softer.
// SPDX-License-Identifier: MIT

import styles from './url-value.module.css';

/** What stands before the host, the host with its port, and what follows; all in the middle where it is no address. */
export function toUrlParts(url: string): readonly [before: string, host: string, after: string] {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?([^/?#]+)/i.exec(url);
  const [whole = '', , host = ''] = match ?? [];
  if (host === '') return ['', url, ''];
  return [whole.slice(0, whole.length - host.length), host, url.slice(whole.length)];
}

export function UrlValue({ url }: { readonly url: string }) {
  const [before, host, after] = toUrlParts(url);
  return (
    <span className={styles.url}>
      {before}
      <b>{host}</b>
      {after}
    </span>
  );
}
