// Beside the results of a search: the way to keep it, or under which name it is kept.
// SPDX-License-Identifier: MIT

import { BookmarkPlus } from 'lucide-react';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { IconButton } from '../ui/icon-button.tsx';

export function SaveSearchButton() {
  const services = useServices();
  const { text } = useStore(services.view);
  const list = useStore(services.searches.list);
  if (list.some((search) => search.text === text.trim())) return null;
  return (
    <IconButton
      icon={BookmarkPlus}
      label="Save this search"
      keys={keysOf('save-search')}
      onPress={() => {
        runCommand('save-search', services);
      }}
    />
  );
}
