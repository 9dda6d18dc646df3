// The rules of a site, as its page has them: pasted, and told in words.
// SPDX-License-Identifier: MIT

import { useMemo } from 'react';
import { readPasswordRules } from '../../shared/password-rules/password-rules.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { TextField } from '../ui/text-field.tsx';
import { toRulesText } from './generator-session.ts';
import styles from './generator.module.css';
import { rulesInWords } from './rules-in-words.ts';

/** As many characters as the table of requests takes. */
const LONGEST = 1024;

export function SiteRulesForm() {
  const { generator } = useServices();
  const { rules } = useStore(generator.state).choices['site-rules'];
  return (
    <>
      <TextField
        label="Rules of the site"
        isMultiline
        isMono
        rows={3}
        value={rules}
        maxLength={LONGEST}
        placeholder="minlength: 12; required: upper; required: digit;"
        description="The passwordrules attribute of the site’s password field, in Apple’s syntax."
        onChange={(next) => {
          generator.choose('site-rules', { rules: next });
        }}
      />
      <RulesInWords text={rules} />
    </>
  );
}

function RulesInWords({ text }: { readonly text: string }) {
  const { rules, unread } = useMemo(() => readPasswordRules(toRulesText(text)), [text]);
  return (
    <div role="group" aria-label="What the rules ask for" className={styles.panel}>
      <ul className={styles.asks}>
        {rulesInWords(rules).map((sentence, index) => (
          <li key={index}>{sentence}</li>
        ))}
      </ul>
      {unread.length > 0 && (
        <p className={styles.unread}>
          Not understood, and passed over:{' '}
          {unread.map((part, index) => (
            <span key={index}>
              {index > 0 && ', '}
              <code>{part}</code>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
