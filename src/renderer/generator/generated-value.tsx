// The value that was made: large, coloured by class of character, with how hard it is to guess; to be copied, used, or
// made anew.
// SPDX-License-Identifier: MIT

import { CircleAlert, Copy, RefreshCw } from 'lucide-react';
import { errorSentences } from '../error-sentences.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { SecretText } from '../ui/secret-text.tsx';
import { ANOTHER_VALUE_KEYS } from './another-value.ts';
import type { GeneratorTab } from './generator-session.ts';
import { entropyWords, guessingWords, impossibleWords } from './generator-words.ts';
import styles from './generated-value.module.css';

export interface GeneratedValueProps {
  /** Takes the value where it is needed; without it, it can only be copied. */
  readonly onUse?: (value: string) => void;
  /** Runs once a value that was taken is remembered. */
  readonly onRemembered?: () => void;
}

/** What is copied is called. */
const NAMES: Readonly<Record<GeneratorTab, string>> = {
  characters: 'Password',
  passphrase: 'Passphrase',
  pin: 'PIN',
  'site-rules': 'Password',
};

export function GeneratedValue({ onUse, onRemembered }: GeneratedValueProps) {
  const { generator, actions } = useServices();
  const { tab, generated, error } = useStore(generator.state);
  const value = generated?.value ?? '';
  const take = (act: (value: string) => void) => () => {
    if (value === '') return;
    act(value);
    void generator.remember(value).then(onRemembered);
  };
  return (
    <div className={styles.made}>
      <div className={styles.value} role="status" aria-label="Generated password">
        <SecretText text={value} />
      </div>
      {error ? <Impossible /> : <Strength bits={generated?.entropyBits ?? null} />}
      <div className={styles.acts}>
        {onUse && (
          <Button weight="primary" isDisabled={value === ''} onPress={take(onUse)}>
            Use this password
          </Button>
        )}
        <Button
          weight={onUse ? 'plain' : 'primary'}
          label="Copy generated password"
          isDisabled={value === ''}
          onPress={take((text) => {
            actions.copyText(NAMES[tab], text);
          })}
        >
          <Copy aria-hidden="true" /> Copy
        </Button>
        <Button
          onPress={() => {
            generator.again();
          }}
        >
          <RefreshCw aria-hidden="true" /> New value <Keys keys={ANOTHER_VALUE_KEYS} />
        </Button>
      </div>
    </div>
  );
}

function Strength({ bits }: { readonly bits: number | null }) {
  return (
    <p className={styles.strength}>
      <b>{bits === null ? ' ' : entropyWords(bits)}</b>
      <span>{bits === null ? ' ' : guessingWords(bits)}</span>
    </p>
  );
}

/** Which rule it was; the value of before stays in sight, and is said to be that. */
function Impossible() {
  const { state } = useServices().generator;
  const { generated, error } = useStore(state);
  if (!error) return null;
  const { happened, todo } = errorSentences[error.code];
  const reason =
    error.code === 'generator/impossible-rules' ? impossibleWords(error.details) : null;
  return (
    <p className={styles.impossible} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <span>
        <b>{happened}</b> {reason ?? todo}
        {generated && ' The value above was made before that.'}
      </span>
    </p>
  );
}
