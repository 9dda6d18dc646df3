// The address of a page as the application knows it. On the stand-in Playwright's `page.url()` says
// https://latchkey/… where Electron says app://latchkey/…, because Chromium alone cannot load the latter.
// SPDX-License-Identifier: MIT

interface HasUrl {
  url: () => string;
}

export function appUrl(page: HasUrl): string {
  return page.url().replace(/^https:\/\/(?=latchkey(?:[/?#]|$))/, 'app://');
}
