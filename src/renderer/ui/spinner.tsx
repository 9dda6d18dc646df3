// A small turning ring beside words that say what is being worked on; decoration for assistive technology.
// SPDX-License-Identifier: MIT

import styles from './spinner.module.css';

export function Spinner() {
  return <span className={styles.spinner} aria-hidden="true" />;
}
