// Import: choose a file, see what would be taken and what would not, then take it or leave it. Nothing is written
// before the person has seen the report.
// SPDX-License-Identifier: MIT

import { FileSearch } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import { ImportDone } from './import-done.tsx';
import { ImportPassword } from './import-password.tsx';
import { ImportPreview } from './import-preview.tsx';
import styles from './transfer.module.css';
import { useImport } from './use-import.ts';

export function ImportRoom() {
  const { step, error, isBusy, progress, choose, preview, commit, discard, restart } = useImport();
  return (
    <RoomPage
      title="Import"
      lead="Bring in passwords exported from Chrome, Edge, Brave or another browser as CSV, or an encrypted Latchkey export. You see what would come in before anything is saved."
    >
      {error && <ErrorNotice error={error} />}
      {step.at === 'start' && (
        <div className={styles.start}>
          <Button weight="primary" size="l" isPending={isBusy} onPress={choose}>
            <FileSearch aria-hidden="true" /> Choose a file
          </Button>
          <p>
            In Chrome: Settings, Autofill, Google Password Manager, Settings, Export passwords. The
            file it makes is readable by anyone: delete it once it is imported.
          </p>
        </div>
      )}
      {step.at === 'password' && (
        <ImportPassword
          candidate={step.candidate}
          isBusy={isBusy}
          progress={progress}
          onPassword={(password) => {
            preview(step.candidate, password);
          }}
          onCancel={discard}
        />
      )}
      {step.at === 'preview' && (
        <ImportPreview
          report={step.report}
          isBusy={isBusy}
          progress={progress}
          onImport={() => {
            commit(step.report);
          }}
          onCancel={discard}
        />
      )}
      {step.at === 'done' && (
        <ImportDone report={step.report} outcome={step.outcome} onAgain={restart} />
      )}
    </RoomPage>
  );
}
