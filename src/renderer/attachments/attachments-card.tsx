// The files of an item: what there is, a look at them, copies of them out of the vault, and new ones.
// SPDX-License-Identifier: MIT

import { Download, Ellipsis, Eye, Paperclip, Pencil, Trash2 } from 'lucide-react';
import { createElement } from 'react';
import { LIST_LIMITS } from '../../shared/model/field-limits.ts';
import type { AttachmentDetail, ItemDetail } from '../../shared/model/item.ts';
import { formatDay } from '../format.ts';
import { keysOf, runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Keys } from '../ui/keys.tsx';
import styles from './attachments-card.module.css';
import { fileIconOf } from './file-icon.ts';
import { formatFileSize } from './format-file-size.ts';
import { shownFileName } from './shown-file-name.ts';
import { TransferLine } from './transfer-line.tsx';

export function AttachmentsCard({ item }: { readonly item: ItemDetail }) {
  const isLive = item.trashedAt === null;
  if (item.attachments.length === 0) return isLive ? <AttachButton item={item} /> : null;
  return (
    <Card title="Files">
      <ul className={styles.list} aria-label="Files">
        {item.attachments.map((attachment) => (
          <FileRow key={attachment.id} item={item} attachment={attachment} isLive={isLive} />
        ))}
      </ul>
      {isLive && <AttachButton item={item} isInCard />}
      {item.attachments.length > 1 && <SaveAllButton item={item} />}
    </Card>
  );
}

function SaveAllButton({ item }: { readonly item: ItemDetail }) {
  const { files } = useServices();
  const isBusy = useStore(files.state) !== null;
  return (
    <div className={styles.foot}>
      <Button
        weight="quiet"
        isDisabled={isBusy}
        onPress={() => {
          void files.saveAll(item);
        }}
      >
        <Download aria-hidden="true" /> Save all into a folder…
      </Button>
    </div>
  );
}

interface AttachButtonProps {
  readonly item: ItemDetail;
  readonly isInCard?: boolean;
}

function AttachButton({ item, isInCard = false }: AttachButtonProps) {
  const services = useServices();
  const transfer = useStore(services.files.state);
  if (transfer?.id === item.id && transfer.progress) {
    return (
      <div className={isInCard ? styles.foot : styles.alone}>
        <TransferLine state={transfer} progress={transfer.progress} />
      </div>
    );
  }
  const isFull = item.attachments.length >= LIST_LIMITS.attachments;
  return (
    <div className={isInCard ? styles.foot : styles.alone}>
      <Button
        weight="quiet"
        isPending={transfer?.id === item.id && transfer.is === 'adding'}
        isDisabled={isFull || (transfer !== null && transfer.id !== item.id)}
        onPress={() => {
          runCommand('attach-file', services);
        }}
      >
        <Paperclip aria-hidden="true" /> Attach a file… <Keys keys={keysOf('attach-file') ?? ''} />
      </Button>
      {isFull && <span>An item holds at most {LIST_LIMITS.attachments} files.</span>}
    </div>
  );
}

interface FileRowProps {
  readonly item: ItemDetail;
  readonly attachment: AttachmentDetail;
  readonly isLive: boolean;
}

function FileRow({ item, attachment, isLive }: FileRowProps) {
  const { dialog, files } = useServices();
  const isBusy = useStore(files.state) !== null;
  const name = shownFileName(attachment);
  const open = (is: 'preview' | 'rename-file') => (): void => {
    dialog.set({ is, id: item.id, attachment, isLive });
  };
  return (
    <li className={styles.file} aria-label={name}>
      {createElement(fileIconOf(attachment.name), {
        ...{ size: 16, strokeWidth: 1.7, 'aria-hidden': true },
      })}
      <button type="button" className={styles.name} onClick={open('preview')}>
        <bdi>{name}</bdi>
        <small>
          {formatFileSize(attachment.sizeBytes)} · {formatDay(attachment.addedAt)}
        </small>
      </button>
      <IconButton icon={Eye} label={`Look at ${name}`} onPress={open('preview')} />
      <IconButton
        icon={Download}
        label={`Save ${name} as…`}
        isDisabled={isBusy}
        onPress={() => {
          void files.saveAs(item.id, attachment);
        }}
      />
      {isLive && <FileMenu item={item} attachment={attachment} onRename={open('rename-file')} />}
    </li>
  );
}

interface FileMenuProps extends Omit<FileRowProps, 'isLive'> {
  readonly onRename: () => void;
}

function FileMenu({ item, attachment, onRename }: FileMenuProps) {
  const { files } = useServices();
  const name = shownFileName(attachment);
  const actions = [
    { id: 'rename', title: 'Rename…', icon: Pencil, keys: null, run: onRename },
    {
      ...{ id: 'remove', title: 'Remove', icon: Trash2, keys: null },
      run: () => {
        files.remove(item.id, attachment);
      },
    },
  ];
  return (
    <ActionMenu label={`More for ${name}`} actions={actions}>
      <IconButton icon={Ellipsis} label={`More for ${name}`} onPress={() => undefined} />
    </ActionMenu>
  );
}
