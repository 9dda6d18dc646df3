// The websites of an item, each with how it is matched where that is not the usual way.
// SPDX-License-Identifier: MIT

import { ExternalLink } from 'lucide-react';
import { URL_MATCHES } from '../../../shared/model/item-kinds.ts';
import type { ItemDetail } from '../../../shared/model/item.ts';
import { useServices } from '../../main/services.ts';
import { Chip } from '../../ui/chip.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { FieldRow } from './field-row.tsx';
import { UrlValue } from './url-value.tsx';

export function UrlRows({ item }: { readonly item: ItemDetail }) {
  const { actions, api, report } = useServices();
  const open = (url: string): void => {
    api['links:open']({ url }).catch(report);
  };
  return item.urls.map(({ url, match }, index) => {
    const isFirst = index === 0;
    const copyOther = {
      onCopy: () => {
        actions.copyText('Website', url);
      },
    };
    return (
      <FieldRow
        key={`${index}:${url}`}
        item={item}
        field="url"
        label={isFirst ? 'Website' : `Website ${index + 1}`}
        value={url}
        tools={
          <IconButton
            icon={ExternalLink}
            label="Open in the browser"
            onPress={() => {
              open(url);
            }}
          />
        }
        {...(isFirst ? { copyCommand: 'copy-website' } : copyOther)}
      >
        <UrlValue url={url} />{' '}
        {match !== 'domain' && <Chip>{URL_MATCHES[match].toLowerCase()}</Chip>}
      </FieldRow>
    );
  });
}
