// What no page of ours may do: be granted anything, download, reach the network, leave its page, open another.
// SPDX-License-Identifier: MIT

import type { Session, WebContents } from 'electron/main';
import { isOwnUrl } from './is-own-url.ts';

/** Denies every permission and download and every request that is not to `app://latchkey`. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !isOwnUrl(details.url) });
  });
}

/** Refuses navigation, new windows and webviews for the life of `contents`. */
export function refuseNavigation(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
