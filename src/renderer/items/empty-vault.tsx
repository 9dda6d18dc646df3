// What a new vault shows: three ways to begin, and what to have on paper before long.
// SPDX-License-Identifier: MIT

import { DoorOpen } from 'lucide-react';
import { runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { RecoveryHint } from './recovery-hint.tsx';

export function EmptyVault() {
  const services = useServices();
  const action = (id: string) => () => {
    runCommand(id, services);
  };
  const actions = (
    <>
      <Button weight="primary" onPress={action('import')}>
        Import from a browser
      </Button>
      <Button onPress={action('new-login')}>New login</Button>
      <Button onPress={action('test-site')}>Open the test site</Button>
    </>
  );
  return (
    <EmptyState
      icon={DoorOpen}
      title="This vault is empty"
      level={1}
      actions={actions}
      more={<RecoveryHint />}
    >
      Bring your passwords from a browser, add the first one by hand, or make a passkey on the test
      site to see how that works.
    </EmptyState>
  );
}
