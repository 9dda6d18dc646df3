// A web address as it is read: whole, with its host in full ink and the rest softer. Where it has to go on in a second
// line it is cut between its parts and not inside a word.
// SPDX-License-Identifier: MIT

import { Fragment } from 'react';
import styles from './url-value.module.css';

/** What stands before the host, the host with its port, and what follows; all in the middle where it is no address. */
export function toUrlParts(url: string): readonly [before: string, host: string, after: string] {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?([^/?#]+)/i.exec(url);
  const [whole = '', , host = ''] = match ?? [];
  if (host === '') return ['', url, ''];
  return [whole.slice(0, whole.length - host.length), host, url.slice(whole.length)];
}

/** `text` in the pieces that a line may end after: behind a mark, before an escaped character. */
export function toPieces(text: string): readonly string[] {
  return text.split(/(?<=[/?&=#.,;:_-])(?![/?&=#.,;:_-])|(?=%)/);
}

export function UrlValue({ url }: { readonly url: string }) {
  const [before, host, after] = toUrlParts(url);
  return (
    <span className={styles.url}>
      {before}
      <b>
        <Pieces text={host} />
      </b>
      <Pieces text={after} />
    </span>
  );
}

function Pieces({ text }: { readonly text: string }) {
  return toPieces(text).map((piece, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
