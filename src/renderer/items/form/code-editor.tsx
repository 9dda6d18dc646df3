// The one-time code of an item being entered: an otpauth address or setup key, pasted or read from a picture. What it
// stands for is shown before it is saved; the stored secret is never fetched.
// SPDX-License-Identifier: MIT

import { CircleCheck, ClipboardPaste, ImageUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { OneTimeCodeDetail, OneTimeCodeDraft } from '../../../shared/model/item.ts';
import { useServices } from '../../main/services.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { codeWords } from '../code-words.ts';
import { openPicture } from '../picture/open-picture.ts';
import { readQr } from '../picture/read-qr.ts';
import styles from './code-editor.module.css';
import type { CodeReading } from './use-code-reading.ts';

const MOST_CHARACTERS = 8192;

export interface CodeEditorProps {
  /** What is stored. */
  readonly stored: OneTimeCodeDetail | null;
  readonly draft: OneTimeCodeDraft;
  readonly reading: CodeReading;
  readonly onChange: (draft: OneTimeCodeDraft) => void;
}

export function CodeEditor({ stored, draft, reading, onChange }: CodeEditorProps) {
  const setText = (text: string): void => {
    onChange(text.trim() === '' ? { action: 'keep' } : { action: 'set', text });
  };
  return (
    <div className={styles.code}>
      <PasswordField
        label="One-time code"
        isNew
        value={draft.action === 'set' ? draft.text : ''}
        maxLength={MOST_CHARACTERS}
        placeholder="otpauth://… or the setup key"
        onChange={setText}
        error={reading.is === 'problem' ? reading.sentence : null}
        description={describe(stored, draft)}
      />
      <ReadCode reading={reading} />
      <div className={styles.tools}>
        <PictureButtons onText={setText} />
        {stored !== null && draft.action === 'keep' && (
          <Button
            weight="quiet"
            onPress={() => {
              onChange({ action: 'remove' });
            }}
          >
            <Trash2 aria-hidden="true" /> Remove code
          </Button>
        )}
        {draft.action === 'remove' && (
          <Button
            onPress={() => {
              onChange({ action: 'keep' });
            }}
          >
            Keep the code after all
          </Button>
        )}
      </div>
    </div>
  );
}

function describe(stored: OneTimeCodeDetail | null, draft: OneTimeCodeDraft): string | null {
  if (draft.action === 'remove') return 'The stored code is removed when you save.';
  if (stored === null) return 'Paste what the site shows beside its QR code, or take the picture.';
  return draft.action === 'keep'
    ? `Left empty, the stored code stays: ${codeWords(stored)}.`
    : 'This replaces the stored code when you save.';
}

function ReadCode({ reading }: { readonly reading: CodeReading }) {
  return (
    <p className={styles.read} role="status">
      {reading.is === 'code' && (
        <>
          <CircleCheck size={15} aria-hidden="true" /> {codeWords(reading.code)}
        </>
      )}
    </p>
  );
}

function PictureButtons({ onText }: { readonly onText: (text: string) => void }) {
  const { api, report } = useServices();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const read = (ask: () => Promise<Uint8Array | null>, none: string | null) => (): void => {
    setIsBusy(true);
    setProblem(null);
    ask()
      .then(async (bytes) => {
        if (bytes === null) {
          setProblem(none);
          return;
        }
        const reading = await readQr(bytes, openPicture);
        if (reading.is === 'text') onText(reading.text);
        else setProblem(PICTURE_PROBLEMS[reading.is]);
      })
      .catch(report)
      .finally(() => {
        setIsBusy(false);
      });
  };
  return (
    <>
      <Button
        isDisabled={isBusy}
        onPress={read(() => api['pictures:paste']({}), 'There is no picture on the clipboard.')}
      >
        <ClipboardPaste aria-hidden="true" /> QR code from the clipboard
      </Button>
      <Button isDisabled={isBusy} onPress={read(() => api['pictures:choose']({}), null)}>
        <ImageUp aria-hidden="true" /> From a file
      </Button>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

const PICTURE_PROBLEMS = {
  'no-code': 'There is no QR code in this picture that could be read. Try a sharper or closer one.',
  'no-picture': 'This is not a picture that can be read. PNG, JPEG and WebP can.',
} as const;
