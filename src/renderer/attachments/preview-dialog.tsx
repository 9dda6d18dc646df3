// A look at a file inside the window: text and pictures, as far as they are small enough. What is in it stays text or
// pixels; nothing of it runs.
// SPDX-License-Identifier: MIT

import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { PREVIEW_LIMITS, type AttachmentPreview } from '../../shared/model/attachment.ts';
import { toApiError, type ApiError } from '../api.ts';
import type { DialogRequest } from '../main/dialog-request.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './attachments-card.module.css';
import { toDataUrl } from './data-url.ts';
import { formatFileSize } from './format-file-size.ts';
import { shownFileName } from './shown-file-name.ts';

export interface PreviewDialogProps {
  readonly request: Extract<DialogRequest, { readonly is: 'preview' | 'rename-file' }>;
  readonly onClose: () => void;
}

export function PreviewDialog({ request: { id, attachment }, onClose }: PreviewDialogProps) {
  const { api, files } = useServices();
  const isBusy = useStore(files.state) !== null;
  const [preview, setPreview] = useState<AttachmentPreview | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    let isGone = false;
    api['attachments:preview']({ id, attachment: attachment.id }).then(
      (answer) => {
        if (!isGone) setPreview(answer);
      },
      (reason: unknown) => {
        if (!isGone) setError(toApiError(reason));
      },
    );
    return () => {
      isGone = true;
    };
  }, [api, id, attachment.id]);
  const name = shownFileName(attachment);
  return (
    <ModalDialog title={name} isOpen onClose={onClose} width="l">
      <div className={styles.preview}>
        {error && <ErrorNotice error={error} />}
        {!preview && !error && (
          <p role="status" className={styles.waiting}>
            <Spinner /> Opening the file…
          </p>
        )}
        {preview && !error && <PreviewContent preview={preview} name={name} />}
        <div className={styles.bar}>
          <Button
            isPending={isBusy}
            onPress={() => {
              void files.saveAs(id, attachment);
            }}
          >
            <Download aria-hidden="true" /> Save as…
          </Button>
          <span>{formatFileSize(attachment.sizeBytes)}</span>
        </div>
      </div>
    </ModalDialog>
  );
}

interface PreviewContentProps {
  readonly preview: AttachmentPreview;
  readonly name: string;
}

function PreviewContent({ preview, name }: PreviewContentProps) {
  switch (preview.is) {
    case 'text':
      return (
        <>
          {preview.isCut && (
            <p className={styles.note} role="note">
              This is the beginning only, the first {formatFileSize(PREVIEW_LIMITS.textBytes)}. The
              rest has not been read: whether the file is whole to its end shows when you save it.
            </p>
          )}
          <pre
            className={styles.text}
            data-selectable=""
            tabIndex={0}
            aria-label={preview.isCut ? 'The beginning of the text' : 'Text'}
          >
            {preview.text}
          </pre>
        </>
      );
    case 'image':
      return <Picture preview={preview} name={name} />;
    case 'none':
      return <p className={styles.note}>{noPreviewWords(preview.reason)}</p>;
  }
}

interface PictureProps {
  readonly preview: Extract<AttachmentPreview, { readonly is: 'image' }>;
  readonly name: string;
}

function Picture({ preview: { mediaType, bytes }, name }: PictureProps) {
  const [isBroken, setIsBroken] = useState(false);
  const [url] = useState(() => toDataUrl(mediaType, bytes));
  if (isBroken) {
    return (
      <p className={styles.note}>
        The picture is damaged and cannot be shown. Save the file to look at it elsewhere.
      </p>
    );
  }
  return (
    <div className={styles.picture}>
      <img
        src={url}
        alt={name}
        onError={() => {
          setIsBroken(true);
        }}
      />
    </div>
  );
}

function noPreviewWords(reason: 'type' | 'size'): string {
  return reason === 'type'
    ? 'Latchkey shows text and pictures (PNG, JPEG, GIF, WebP). Save this file to open it with the program that it belongs to.'
    : `Pictures of more than ${formatFileSize(PREVIEW_LIMITS.imageBytes)} are not shown here. Save the file to look at it.`;
}
