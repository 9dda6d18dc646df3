// What can be done about the tag whose items are listed.
// SPDX-License-Identifier: MIT

import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useServices } from '../main/services.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { removeTag } from './tag-acts.ts';

export function TagMenu({ tag }: { readonly tag: string }) {
  const services = useServices();
  const actions = [
    {
      ...{ id: 'rename', title: 'Rename tag…', icon: Pencil, keys: null },
      run: () => {
        services.dialog.set({ is: 'rename-tag', tag });
      },
    },
    {
      ...{ id: 'remove', title: 'Remove tag from all items', icon: Trash2, keys: null },
      run: () => {
        void removeTag(tag, services);
      },
    },
  ];
  return (
    <ActionMenu label={`Tag ${tag}`} actions={actions}>
      <IconButton icon={Ellipsis} label={`More for the tag ${tag}`} onPress={() => undefined} />
    </ActionMenu>
  );
}
