// The websites of an item: one line each, with how the address of a page is held against it.
// SPDX-License-Identifier: MIT

import { Plus, X } from 'lucide-react';
import { FIELD_LIMITS, LIST_LIMITS } from '../../../shared/model/field-limits.ts';
import { URL_MATCHES, type UrlMatch } from '../../../shared/model/item-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { newKey, type FormUrl } from './form-draft.ts';
import styles from './url-editors.module.css';
import { useProblem } from './use-problem.ts';
import { urlProblem } from './value-problems.ts';

const MATCHES = (Object.keys(URL_MATCHES) as UrlMatch[]).map((id) => ({
  id,
  title: URL_MATCHES[id],
}));

/** The line that is there before anything is typed. */
const FIRST: FormUrl = { key: 'first', url: '', match: 'domain' };

export interface UrlEditorsProps {
  readonly urls: readonly FormUrl[];
  readonly onChange: (urls: readonly FormUrl[]) => void;
}

export function UrlEditors({ urls, onChange }: UrlEditorsProps) {
  const lines = urls.length === 0 ? [FIRST] : urls;
  return (
    <div className={styles.urls}>
      {lines.map((line, index) => (
        <UrlLine
          key={line.key}
          line={line}
          name={index === 0 ? 'Website' : `Website ${index + 1}`}
          canRemove={lines.length > 1}
          onChange={(changed) => {
            onChange(lines.map((other) => (other.key === line.key ? changed : other)));
          }}
          onRemove={() => {
            onChange(lines.filter(({ key }) => key !== line.key));
          }}
        />
      ))}
      <Button
        weight="quiet"
        isDisabled={lines.length >= LIST_LIMITS.urls || lines.some(({ url }) => url.trim() === '')}
        onPress={() => {
          onChange([...lines, { key: newKey(), url: '', match: 'domain' }]);
        }}
      >
        <Plus aria-hidden="true" /> Add website
      </Button>
    </div>
  );
}

interface UrlLineProps {
  readonly line: FormUrl;
  readonly name: string;
  readonly canRemove: boolean;
  readonly onChange: (line: FormUrl) => void;
  readonly onRemove: () => void;
}

function UrlLine({ line, name, canRemove, onChange, onRemove }: UrlLineProps) {
  const problem = useProblem(urlProblem(line.url, line.match));
  return (
    <div className={styles.line}>
      <TextField
        label={name}
        value={line.url}
        maxLength={FIELD_LIMITS.url}
        inputMode="url"
        placeholder={line.match === 'regex' ? '^https://…' : 'https://example.com'}
        {...problem}
        onChange={(url) => {
          onChange({ ...line, url });
        }}
      />
      <div className={styles.match}>
        <Select
          label={`How ${name.toLowerCase()} is matched`}
          isLabelHidden
          options={MATCHES}
          value={line.match}
          onChange={(match) => {
            onChange({ ...line, match });
          }}
        />
        {canRemove && (
          <IconButton icon={X} label={`Remove ${name.toLowerCase()}`} onPress={onRemove} />
        )}
      </div>
    </div>
  );
}
