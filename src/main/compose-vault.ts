// The graph of the vault process: services over the vault, the vault over its file, and the link to main.
// SPDX-License-Identifier: MIT

import { type Clock, systemClock } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { LongWork, WorkStage } from '../shared/ipc/events.ts';
import type { PresentedSecret } from '../shared/model/keys.ts';
import { readyAead } from './crypto/aead.ts';
import { derivePasswordKey, type KdfParameters } from './crypto/password-kdf.ts';
import { systemRandom } from './crypto/random.ts';
import { systemPace } from './health/pace.ts';
import { ThreadedStrength } from './health/threaded-strength.ts';
import { vaultCallHandlers, type VaultServices } from './ipc/handlers/vault-calls.ts';
import { ProcessLink, type MessagePipe } from './link/process-link.ts';
import type { BugReporter } from './link/to-ipc-error.ts';
import type { ShellCalls, VaultAnnouncements, VaultCalls } from './link/vault-link.ts';
import { AttachmentService } from './services/attachment-service.ts';
import { BackupService } from './services/backup-service.ts';
import { CeremonyService } from './services/ceremony-service.ts';
import { CodeService } from './services/code-service.ts';
import { ConsentService } from './services/consent-service.ts';
import { DamageService } from './services/damage-service.ts';
import { DuplicateService } from './services/duplicate-service.ts';
import { GeneratorService } from './services/generator-service.ts';
import { HealthService } from './services/health-service.ts';
import { HistoryService } from './services/history-service.ts';
import { ItemChanges } from './services/item-changes.ts';
import { ItemService } from './services/item-service.ts';
import { KdfPolicy } from './services/kdf-policy.ts';
import { KeyService } from './services/key-service.ts';
import { PasskeyService } from './services/passkey-service.ts';
import { PresentedSecrets } from './services/presented-secrets.ts';
import { QuickUnlockService } from './services/quick-unlock-service.ts';
import { SealedSecrets } from './services/sealed-secrets.ts';
import { SearchService } from './services/search-service.ts';
import { SecretCheck } from './services/secret-check.ts';
import { SshKeyService } from './services/ssh-key-service.ts';
import { TagService } from './services/tag-service.ts';
import { TransferService } from './services/transfer-service.ts';
import { UnlockService } from './services/unlock-service.ts';
import { UpkeepService } from './services/upkeep-service.ts';
import { nodeBackupFiles } from './storage/node-backup-files.ts';
import { openBreachList } from './storage/node-breach-list.ts';
import { nodePinFiles } from './storage/node-pin-file.ts';
import { nodeTransferFiles } from './storage/node-transfer-files.ts';
import { SqliteVaultStore } from './storage/sqlite-vault-store.ts';
import type { UnlockedVault } from './vault/unlocked-vault.ts';
import { WebAuthnClient } from './webauthn/client.ts';
import { SoftwareAuthenticator } from './webauthn/software-authenticator.ts';

type MainLink = ProcessLink<ShellCalls, VaultAnnouncements, VaultCalls, Record<string, never>>;

export interface VaultOptions {
  readonly reportBug: BugReporter;
  /** Where this machine remembers what it has seen of vaults. */
  readonly pinsFolder: string;
  /** Cost of new slots; measured on this machine where absent. */
  readonly kdf?: KdfParameters;
  /** The system's where absent. */
  readonly clock?: Clock;
}

export interface ComposedVault {
  /** Resolves when what an open vault does by itself has been done. */
  settled(): Promise<void>;
}

/** Joins everything behind `pipe`. */
export function composeVault(pipe: MessagePipe, options: VaultOptions): ComposedVault {
  return new VaultGraph(pipe, options);
}

const random = systemRandom;
const deriveKey = derivePasswordKey;
const newPace = systemPace;

class VaultGraph implements ComposedVault {
  readonly link: MainLink;
  readonly #options: VaultOptions;
  readonly #clock: Clock;
  readonly #secrets: PresentedSecrets;
  readonly #sealed = new SealedSecrets(random);
  readonly #unlock: UnlockService;
  readonly #changes: ItemChanges;
  readonly #kdf: KdfPolicy;
  readonly #backups: BackupService;
  readonly #upkeep: UpkeepService;

  constructor(pipe: MessagePipe, options: VaultOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#secrets = new PresentedSecrets({
      files: nodeTransferFiles,
      random,
      vaultPath: () => (this.#unlock.isUnlocked ? this.#unlock.path : ''),
    });
    this.#kdf = new KdfPolicy({
      deriveKey,
      random,
      clock: systemClock,
      fixed: options.kdf ?? null,
    });
    this.#unlock = this.#composeUnlock();
    this.#changes = new ItemChanges({
      vault: () => this.#unlock.vault,
      onChanged: (revision) => this.link.announce('items:changed', { revision }),
    });
    this.#backups = new BackupService({
      changes: this.#changes,
      files: nodeBackupFiles,
      vaultPath: () => this.#unlock.path,
      openStore: (path) => SqliteVaultStore.open(path),
      clock: this.#clock,
    });
    this.#upkeep = this.#composeUpkeep();
    // WebAssembly is compiled while the person types.
    void readyAead();
    this.link = new ProcessLink(pipe, {
      calls: vaultCallHandlers(this.#services()),
      announcements: {},
      reportBug: options.reportBug,
    });
  }

  settled(): Promise<void> {
    return this.#upkeep.settled;
  }

  #composeUnlock(): UnlockService {
    return new UnlockService({
      openStore: (path, mode) => SqliteVaultStore.open(path, mode),
      pins: nodePinFiles(this.#options.pinsFolder),
      secrets: this.#secrets,
      kdf: this.#kdf,
      ...{ deriveKey, random, clock: this.#clock },
      onUnlocked: (path) => {
        this.link.announce('vault:unlocked', { path });
        this.#upkeep.begin(this.#unlock.vault);
      },
    });
  }

  #composeUpkeep(): UpkeepService {
    return new UpkeepService({
      changes: this.#changes,
      backups: this.#backups,
      isOpen: (vault: UnlockedVault) => this.#unlock.isUnlocked && this.#unlock.vault === vault,
      isCostRaised: () => this.#unlock.isCostRaised,
      ...{ clock: this.#clock, newPace },
      onChecked: (integrity) => this.link.announce('integrity:checked', { integrity }),
      reportBug: this.#options.reportBug,
    });
  }

  #services(): VaultServices {
    const changes = this.#changes;
    const clock = this.#clock;
    const vault = () => this.#unlock.vault;
    const vaultPath = () => this.#unlock.path;
    const check = new SecretCheck({ vault, secrets: this.#secrets });
    const verify = (present: PresentedSecret) => check.verify(present);
    const copySecret = (text: string) => this.link.call('clipboard:write-secret', { text });
    const sshKeys = new SshKeyService(random);
    const items = new ItemService({ changes, sshKeys, clock, copySecret, verify });
    const onSearchesChanged = (): void => this.link.announce('searches:changed', null);
    const searches = new SearchService({ vault, onChanged: onSearchesChanged });
    return {
      unlock: this.#unlock,
      upkeep: this.#upkeep,
      check,
      damage: new DamageService({
        ...{ changes, verify },
        onChecked: (integrity) => this.link.announce('integrity:checked', { integrity }),
      }),
      secrets: this.#secrets,
      sealed: this.#sealed,
      backups: this.#backups,
      items,
      keys: this.#composeKeys(),
      quickUnlock: this.#composeQuickUnlock(),
      tags: new TagService({ changes, searches, newPace }),
      history: new HistoryService({ changes, clock, detailOf: (item) => items.detailOf(item) }),
      codes: new CodeService({ changes, clock }),
      duplicates: new DuplicateService({ changes, random, newPace }),
      attachments: new AttachmentService({
        ...{ changes, files: nodeTransferFiles, vaultPath, clock },
        onProgress: this.#progressOf('attachment'),
      }),
      searches,
      generator: new GeneratorService({ vault, random, clock }),
      health: this.#composeHealth(),
      transfer: this.#composeTransfer(),
      ceremonies: this.#composeCeremonies(),
    };
  }

  #composeKeys(): KeyService {
    return new KeyService({
      vault: () => this.#unlock.vault,
      secrets: this.#secrets,
      kdf: this.#kdf,
      ...{ random, newPace },
      onProgress: this.#progressOf('rekey'),
      onKeysChanged: async (change) => {
        if (change.isNewEpoch) this.link.announce('vault:rekeyed', null);
        await this.#backups.follow(change);
      },
    });
  }

  #composeQuickUnlock(): QuickUnlockService {
    return new QuickUnlockService({
      vault: () => this.#unlock.vault,
      secrets: this.#secrets,
      ...{ deriveKey, random },
      unlock: (path, by, acceptOlder) => this.#unlock.quickUnlock(path, by, acceptOlder),
    });
  }

  #composeHealth(): HealthService {
    return new HealthService({
      changes: this.#changes,
      ...{ random, clock: this.#clock, newPace, openBreachList },
      newMeter: () => new ThreadedStrength(strengthThread()),
      fetchRange: (prefix, signal) => this.link.call('breach:fetch-range', { prefix }, signal),
      onProgress: this.#progressOf('health'),
    });
  }

  #composeTransfer(): TransferService {
    return new TransferService({
      changes: this.#changes,
      vaultPath: () => this.#unlock.path,
      files: nodeTransferFiles,
      ...{ random, clock: this.#clock, newPace, deriveKey },
      ...(this.#options.kdf ? { exportKdf: this.#options.kdf } : {}),
      onProgress: (done, total) => this.link.announce('transfer:progressed', { done, total }),
    });
  }

  #composeCeremonies(): CeremonyService {
    const clock = this.#clock;
    const isUnlocked = (): boolean => this.#unlock.isUnlocked;
    const passkeys = new PasskeyService({ changes: this.#changes, isUnlocked });
    const clientFor = (vaultPath: string | null): WebAuthnClient => {
      const authenticator = new SoftwareAuthenticator({
        store: passkeys,
        gate: passkeys,
        ...{ random, clock },
      });
      return new WebAuthnClient({
        authenticator,
        consent: this.#consent(vaultPath),
        clock,
        random,
      });
    };
    return new CeremonyService({ clientFor, clock });
  }

  #consent(vaultPath: string | null): ConsentService {
    return new ConsentService({
      open: (ceremony, signal) =>
        this.link.call('approval:open', { ...ceremony, vaultPath }, signal),
      close: (sessionId) => this.link.announce('approval:closed', { sessionId }),
      ask: (shown, signal) => this.link.call('approval:ask', shown, signal),
      openPresented: (secret) => this.#sealed.openPresented('approval:answer', secret),
      unlock: (presented) => this.#unlock.unlock(vaultToOpen(vaultPath), presented),
      verify: (presented) => this.#unlock.verify(presented),
      quickUnlock: async (pin, signal) => {
        const path = vaultToOpen(vaultPath);
        await this.link.call('approval:quick-unlock', { path, pin }, signal);
      },
    });
  }

  #progressOf(work: LongWork): (stage: WorkStage, done: number, total: number) => void {
    return (stage, done, total) => {
      this.link.announce('work:progressed', { work, stage, done, total });
    };
  }
}

function vaultToOpen(path: string | null): string {
  if (path === null) throw new AppError('vault/not-found', 'there is no vault to unlock');
  return path;
}

/** Beside this module: as source, or as it was built. */
function strengthThread(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(
    isSource ? './health/strength-thread.ts' : './strength-thread.js',
    import.meta.url,
  );
}
