// The websites of a login: one line each, one more on request.
// SPDX-License-Identifier: MIT

import { Plus, X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './url-fields.module.css';

const MOST_URLS = 64;

export interface UrlFieldsProps {
  readonly urls: readonly string[];
  readonly onChange: (urls: readonly string[]) => void;
}

export function UrlFields({ urls, onChange }: UrlFieldsProps) {
  const lines = urls.length === 0 ? [''] : urls;
  const replace = (index: number, text: string): void => {
    onChange(lines.map((url, at) => (at === index ? text : url)));
  };
  return (
    <div className={styles.urls}>
      {lines.map((url, index) => (
        <TextField
          key={index}
          label={index === 0 ? 'Website' : `Website ${index + 1}`}
          value={url}
          maxLength={8192}
          placeholder={index === 0 ? 'https://example.com' : ''}
          onChange={(text) => {
            replace(index, text);
          }}
          end={
            lines.length > 1 && (
              <IconButton
                icon={X}
                label={`Remove website ${index + 1}`}
                onPress={() => {
                  onChange(lines.filter((_, at) => at !== index));
                }}
              />
            )
          }
        />
      ))}
      <Button
        weight="quiet"
        isDisabled={lines.length >= MOST_URLS || lines.includes('')}
        onPress={() => {
          onChange([...lines, '']);
        }}
      >
        <Plus aria-hidden="true" /> Add website
      </Button>
    </div>
  );
}
