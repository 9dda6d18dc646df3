// The dialog that stands over the window now, if any.
// SPDX-License-Identifier: MIT

import { PreviewDialog } from '../attachments/preview-dialog.tsx';
import { RenameDialog } from '../attachments/rename-dialog.tsx';
import { EraseDialog } from '../bulk/erase-dialog.tsx';
import { RenameTagDialog } from '../bulk/rename-tag-dialog.tsx';
import { TagDialog } from '../bulk/tag-dialog.tsx';
import { HistoryDialog } from '../history/history-dialog.tsx';
import { DamageDialog } from '../integrity/damage-dialog.tsx';
import { SearchDialog } from '../searches/search-dialog.tsx';
import { useStore } from '../store.ts';
import { useServices } from './services.ts';

export function Dialogs() {
  const { dialog } = useServices();
  const request = useStore(dialog);
  const onClose = (): void => {
    // Another one may have come in its place meanwhile.
    if (dialog.get() === request) dialog.set(null);
  };
  switch (request?.is) {
    case undefined:
      return null;
    case 'history':
      return <HistoryDialog {...{ request, onClose }} />;
    case 'preview':
      return <PreviewDialog {...{ request, onClose }} />;
    case 'rename-file':
      return <RenameDialog {...{ request, onClose }} />;
    case 'damage':
      return <DamageDialog {...{ onClose }} />;
    case 'rename-tag':
      return <RenameTagDialog {...{ request, onClose }} />;
    case 'tags':
      return <TagDialog {...{ request, onClose }} />;
    case 'erase':
      return <EraseDialog {...{ request, onClose }} />;
    case 'search':
      return <SearchDialog {...{ request, onClose }} />;
  }
}
