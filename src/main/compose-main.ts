// The graph of the main process: windows, the door, the vault session, approval, clipboard, auto-lock and test site.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { shell } from 'electron/common';
import { app, clipboard, nativeTheme, net, powerMonitor, type BrowserWindow } from 'electron/main';
import { toHex } from '../shared/bytes.ts';
import { systemClock as clock } from '../shared/clock.ts';
import type { WindowKind } from '../shared/ipc/requests.ts';
import { ApprovalBroker } from './approvals/approval-broker.ts';
import { systemRandom } from './crypto/random.ts';
import {
  approvalHandlers,
  clipboardHandlers,
  settingsHandlers,
  testSiteHandlers,
} from './ipc/handlers/shell.ts';
import { filesHandlers } from './ipc/handlers/files.ts';
import { transferHandlers } from './ipc/handlers/transfer.ts';
import { vaultsHandlers } from './ipc/handlers/vaults.ts';
import { registerHandlers, type MainHandlers } from './ipc/register-handlers.ts';
import type { CallHandlers } from './link/process-link.ts';
import type { ShellCalls } from './link/vault-link.ts';
import { ceremonyBridge } from './relying-party/ceremony-bridge.ts';
import { TestSite } from './relying-party/server.ts';
import { readSiteAssets } from './relying-party/site-assets.ts';
import { TestSiteHost } from './relying-party/test-site-host.ts';
import { appProtocolHandler } from './shell/app-protocol.ts';
import { approvalWindows } from './shell/approval-windows.ts';
import { AutoLock } from './shell/auto-lock.ts';
import { fetchBreachRange } from './shell/breach-ranges.ts';
import {
  chooseAttachment,
  chooseAttachmentTarget,
  chooseAttachmentsFolder,
  chooseBreachList,
  chooseExportFile,
  chooseImportFile,
  chooseKeyFile,
  chooseNewKeyFile,
  choosePicture,
  chooseVaultFile,
  confirmLink,
} from './shell/dialogs.ts';
import { systemKeystore } from './shell/keystore.ts';
import { reportBug } from './shell/log.ts';
import { setApplicationMenu } from './shell/menu.ts';
import { openLink } from './shell/open-link.ts';
import { pastePicture } from './shell/paste-picture.ts';
import { QuickUnlock } from './shell/quick-unlock.ts';
import { readPicture } from './shell/read-picture.ts';
import { SecretClipboard } from './shell/secret-clipboard.ts';
import { SettingsFile } from './shell/settings-file.ts';
import { VaultFiles } from './shell/vault-files.ts';
import { startVaultProcess } from './shell/vault-process-host.ts';
import { VaultSession } from './shell/vault-session.ts';
import { Windows } from './shell/windows.ts';

/** What the lifecycle needs of the composed app. */
export interface Application {
  /** Opens the unlock window. Call once the app is ready. */
  start(): void;
  /** Brings the app to the front. */
  present(): void;
  /** Ends everything that must not outlive the app; resolves when it has. */
  shutDown(): Promise<void>;
}

const newToken = (): string => toHex(randomBytes(16));
const randomBytes = (length: number): Uint8Array => systemRandom.bytes(length);

/** Joins everything. `built` is the folder of the build: `main/`, `preload/`, `renderer/`, `site/`. */
export function composeMain(built: string): Application {
  return new MainGraph(built);
}

class MainGraph implements Application {
  readonly #built: string;
  readonly #settings: SettingsFile;
  readonly #files: VaultFiles;
  readonly #windows: Windows;
  readonly #broker: ApprovalBroker;
  readonly #clipboard: SecretClipboard;
  readonly #session: VaultSession;
  readonly #quickUnlock: QuickUnlock;
  readonly #autoLock: AutoLock;
  readonly #site: TestSiteHost;
  #server: TestSite | null = null;
  #isShuttingDown = false;

  constructor(built: string) {
    const userData = app.getPath('userData');
    this.#built = built;
    this.#settings = new SettingsFile(join(userData, 'settings.json'));
    this.#files = new VaultFiles(join(userData, 'vaults'), this.#settings);
    this.#windows = new Windows({
      preloadPath: (kind) => join(built, 'preload', `${kind}.cjs`),
      serveApp: appProtocolHandler(join(built, 'renderer'), randomBytes),
    });
    this.#broker = new ApprovalBroker({ windows: approvalWindows(this.#windows), clock });
    this.#clipboard = new SecretClipboard({
      clipboard,
      clock,
      onCleared: () => this.#windows.announce('clipboard:cleared', null),
    });
    this.#session = this.#composeSession();
    this.#quickUnlock = new QuickUnlock({
      session: this.#session,
      keystore: systemKeystore,
      clock,
      randomBytes,
    });
    this.#autoLock = new AutoLock({
      presence: powerMonitor,
      clock,
      lock: () => void this.#session.lock(),
      idleLimitSeconds: () => this.#settings.settings.autoLockMinutes * 60,
    });
    this.#site = new TestSiteHost({
      start: () => this.#startSite(),
      openInBrowser: (url) => shell.openExternal(url),
      onChanged: (status) => this.#windows.announce('test-site:changed', status),
    });
  }

  start(): void {
    nativeTheme.themeSource = this.#settings.settings.theme;
    setApplicationMenu((command) => this.#windows.announce('menu:chosen', { command }));
    registerHandlers({
      kindOf: (id) => this.#windows.kindOf(id),
      isUnlocked: () => this.#session.isUnlocked,
      handlers: this.#handlers(),
      forward: (channel, input) => this.#session.call(channel, input) as never,
      reportBug,
    });
    this.#showUnlock();
    void this.#session.prepare();
  }

  present(): void {
    if (this.#session.isUnlocked) this.#showMain();
    else this.#showUnlock();
  }

  async shutDown(): Promise<void> {
    this.#isShuttingDown = true;
    await this.#session.lock();
    // After the lock, so that a copy that was under way is taken back too.
    await Promise.allSettled([this.#clipboard.clear(), this.#site.stop()]);
  }

  #composeSession(): VaultSession {
    return new VaultSession({
      start: () =>
        startVaultProcess(
          join(this.#built, 'main', 'vault-process.js'),
          join(app.getPath('userData'), 'pins'),
        ),
      clock,
      calls: this.#shellCalls(),
      onProcessEnded: () => this.#onProcessEnded(),
      onApprovalClosed: ({ sessionId }) => this.#broker.close(sessionId),
      onItemsChanged: (payload) => this.#windows.announce('items:changed', payload),
      onSearchesChanged: () => this.#windows.announce('searches:changed', null),
      onTransferProgressed: (payload) => this.#windows.announce('transfer:progressed', payload),
      onWorkProgressed: (payload) => this.#windows.announce('work:progressed', payload),
      onIntegrityChecked: (payload) => this.#windows.announce('integrity:checked', payload),
      onRekeyed: () => this.#quickUnlock.forget(),
      onUnlocked: (path) => this.#onUnlocked(path),
      onLocked: () => this.#onLocked(),
      reportBug,
    });
  }

  #shellCalls(): CallHandlers<ShellCalls> {
    return {
      'approval:open': async (ceremony, signal) => {
        await this.#broker.open(ceremony, signal);
        return null;
      },
      'approval:ask': (shown, signal) => this.#broker.ask(shown, signal),
      'approval:quick-unlock': async ({ path, pin }, signal) => {
        await this.#quickUnlock.unlock(path, pin, { sealedFor: 'approval:answer', signal });
        return null;
      },
      'breach:fetch-range': ({ prefix }, signal) =>
        fetchBreachRange(prefix, signal, {
          fetch: (url, init) => net.fetch(url, init),
          isSwitchedOn: () => this.#settings.settings.onlineBreachCheck,
        }),
      'clipboard:write-secret': async ({ text }) => {
        await this.#clipboard.write(text, this.#clearAfterMs());
        return { clearAfterMs: this.#clearAfterMs() };
      },
    };
  }

  #handlers(): MainHandlers {
    const session = this.#session;
    return {
      ...vaultsHandlers({
        files: this.#files,
        session,
        quickUnlock: this.#quickUnlock,
        chooseVaultFile: () => this.#over('unlock', chooseVaultFile),
        chooseKeyFile: (sender, make) => {
          const kind = this.#windows.kindOf(sender);
          return kind === null
            ? Promise.resolve(null)
            : this.#over(kind, make ? chooseNewKeyFile : chooseKeyFile);
        },
        newToken,
      }),
      ...filesHandlers({
        session,
        chooseAttachment: () => this.#over('main', chooseAttachment),
        chooseTarget: (name) =>
          this.#over('main', (parent) => chooseAttachmentTarget(parent, name)),
        chooseFolder: () => this.#over('main', chooseAttachmentsFolder),
        choosePicture: () => this.#over('main', choosePicture),
        chooseBreachList: () => this.#over('main', chooseBreachList),
        readPicture,
        pastePicture,
        settings: () => this.#settings.settings,
        openLink: async (url) =>
          (await this.#over('main', (parent) =>
            openLink(url, {
              confirm: (link) => confirmLink(parent, link),
              open: (target) => shell.openExternal(target),
            }),
          )) ?? false,
      }),
      ...transferHandlers({
        session,
        chooseImportFile: () => this.#over('main', chooseImportFile),
        chooseExportFile: () => this.#over('main', chooseExportFile),
        newToken,
      }),
      ...settingsHandlers(this.#settings, (saved) => {
        nativeTheme.themeSource = saved.theme;
        this.#windows.announce('settings:changed', saved);
      }),
      ...clipboardHandlers(this.#clipboard, () => this.#clearAfterMs()),
      ...testSiteHandlers(this.#site),
      ...approvalHandlers({
        ...{ broker: this.#broker, session, quickUnlock: this.#quickUnlock, newToken },
        chooseKeyFile: () => this.#over('approval', chooseKeyFile),
      }),
    };
  }

  #onUnlocked(path: string): void {
    this.#showMain();
    this.#windows.destroy('unlock');
    this.#autoLock.start();
    try {
      this.#files.markOpened(path);
    } catch (error) {
      // Which vault was last is a convenience; that it cannot be remembered must keep nobody out.
      reportBug(error);
    }
  }

  /** A copy that was on its way when the vault locked has arrived by now. */
  #onProcessEnded(): void {
    this.#broker.abandon();
    void this.#clipboard.clear();
  }

  /** Windows first: what they showed is gone before the process that held the keys. */
  #onLocked(): void {
    this.#autoLock.stop();
    void this.#clipboard.clear();
    if (!this.#isShuttingDown) this.#showUnlock();
    this.#windows.destroy('main');
    this.#windows.destroy('approval');
    if (!this.#isShuttingDown) void this.#session.prepare();
  }

  #showUnlock(): void {
    this.#windows.open('unlock', () => undefined);
  }

  /** Behind an approval that unlocked the vault: the person is in the middle of answering it. */
  #showMain(): void {
    const behind = this.#windows.get('approval') !== null;
    this.#windows.open('main', () => this.#onMainClosed(), { behind });
  }

  /** Closing the main window is leaving: the vault does not stay open behind nothing. */
  #onMainClosed(): void {
    if (this.#session.isUnlocked && !this.#isShuttingDown) app.quit();
  }

  async #startSite() {
    this.#server ??= await this.#composeSite();
    const server = this.#server;
    const { urls } = await server.start();
    return { urls, stop: () => server.stop() };
  }

  async #composeSite(): Promise<TestSite> {
    const bridge = ceremonyBridge({
      ask: (operation, request, signal) =>
        this.#session.call(`ceremony:${operation}`, request, signal),
      vaultPath: () => this.#session.openPath ?? this.#files.lastPath,
      now: () => clock.now(),
      onEnded: (report) => {
        this.#site.record(report);
        this.#windows.announce('ceremony:ended', report);
      },
    });
    const assets = await readSiteAssets(join(this.#built, 'site'));
    return new TestSite({ bridge, assets, random: systemRandom, clock });
  }

  /** Runs a dialog over the window of `kind`; null where that is gone. */
  async #over<T>(
    kind: WindowKind,
    choose: (parent: BrowserWindow) => Promise<T>,
  ): Promise<T | null> {
    const parent = this.#windows.get(kind);
    return parent === null ? null : choose(parent);
  }

  #clearAfterMs(): number {
    return this.#settings.settings.clipboardClearSeconds * 1_000;
  }
}
