// The button for something new: a menu of the kinds, each with its key.
// SPDX-License-Identifier: MIT

import { Plus } from 'lucide-react';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import { Button } from '../ui/button.tsx';
import { KIND_FACES, NEW_KINDS, newCommandOf } from './kind-faces.ts';

export function NewItemMenu() {
  const services = useServices();
  const actions = NEW_KINDS.map((kind) => ({
    id: newCommandOf(kind),
    title: KIND_FACES[kind].one,
    icon: KIND_FACES[kind].icon,
    keys: keysOf(newCommandOf(kind)) ?? null,
    run: () => {
      runCommand(newCommandOf(kind), services);
    },
  }));
  return (
    <ActionMenu label="New item" actions={actions}>
      <Button weight="primary">
        <Plus aria-hidden="true" /> New item
      </Button>
    </ActionMenu>
  );
}
