// The QR code by which another device joins a network, shown large on request.
// SPDX-License-Identifier: MIT

import { QrCode as QrIcon } from 'lucide-react';
import { useState } from 'react';
import type { ItemDetail } from '../../../shared/model/item.ts';
import type { QrCode } from '../../../shared/model/keys.ts';
import { useServices } from '../../main/services.ts';
import { Button } from '../../ui/button.tsx';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import { QrPicture } from '../../ui/qr-picture.tsx';
import { shownTitle } from '../shown-title.ts';
import styles from './wifi-qr.module.css';

export function WifiQr({ item }: { readonly item: ItemDetail }) {
  const { api, report } = useServices();
  const [code, setCode] = useState<QrCode | null>(null);
  const { ssid = '' } = item.fields;
  const network = ssid === '' ? shownTitle(item) : ssid;
  return (
    <div className={styles.button}>
      <Button
        onPress={() => {
          api['items:wifi-qr']({ id: item.id }).then(setCode, report);
        }}
      >
        <QrIcon aria-hidden="true" /> Show QR code
      </Button>
      <ModalDialog
        title={`Join “${network}”`}
        width="s"
        isOpen={code !== null}
        onClose={() => {
          setCode(null);
        }}
      >
        {code && <QrPicture code={code} label={`QR code to join ${network}`} />}
        <p className={styles.words}>
          Point the camera of a phone at it. Whoever can photograph it can join too.
        </p>
      </ModalDialog>
    </div>
  );
}
