// The vault process's side of the link: each call to the service that answers it.
// SPDX-License-Identifier: MIT

import { fromUtf8 } from '../../../shared/bytes.ts';
import { AppError } from '../../../shared/errors.ts';
import type { CallHandlers } from '../../link/process-link.ts';
import type { VaultCalls } from '../../link/vault-link.ts';
import type { AttachmentService } from '../../services/attachment-service.ts';
import type { BackupService } from '../../services/backup-service.ts';
import type { CeremonyService } from '../../services/ceremony-service.ts';
import type { CodeService } from '../../services/code-service.ts';
import type { DamageService } from '../../services/damage-service.ts';
import type { DuplicateService } from '../../services/duplicate-service.ts';
import type { GeneratorService } from '../../services/generator-service.ts';
import type { HealthService } from '../../services/health-service.ts';
import type { HistoryService } from '../../services/history-service.ts';
import type { ItemService } from '../../services/item-service.ts';
import type { KeyService } from '../../services/key-service.ts';
import type { PresentedSecrets } from '../../services/presented-secrets.ts';
import type { QuickUnlockService } from '../../services/quick-unlock-service.ts';
import type { SealedSecrets } from '../../services/sealed-secrets.ts';
import type { SearchService } from '../../services/search-service.ts';
import type { SecretCheck } from '../../services/secret-check.ts';
import type { TagService } from '../../services/tag-service.ts';
import type { TransferService } from '../../services/transfer-service.ts';
import type { UnlockService } from '../../services/unlock-service.ts';
import type { UpkeepService } from '../../services/upkeep-service.ts';

export interface VaultServices {
  readonly unlock: UnlockService;
  readonly upkeep: UpkeepService;
  readonly damage: DamageService;
  readonly check: SecretCheck;
  readonly secrets: PresentedSecrets;
  readonly sealed: SealedSecrets;
  readonly keys: KeyService;
  readonly quickUnlock: QuickUnlockService;
  readonly backups: BackupService;
  readonly items: ItemService;
  readonly tags: TagService;
  readonly history: HistoryService;
  readonly codes: CodeService;
  readonly duplicates: DuplicateService;
  readonly attachments: AttachmentService;
  readonly searches: SearchService;
  readonly generator: GeneratorService;
  readonly health: HealthService;
  readonly transfer: TransferService;
  readonly ceremonies: CeremonyService;
}

type Handlers = CallHandlers<VaultCalls>;
type HandlersOf<Room extends string> = Pick<
  Handlers,
  Extract<keyof VaultCalls, `${Room}:${string}`>
>;

export function vaultCallHandlers(services: VaultServices): Handlers {
  return {
    ...vaultHandlers(services),
    ...keyHandlers(services),
    ...quickUnlockHandlers(services),
    ...backupHandlers(services.backups),
    ...itemHandlers(services),
    ...tagHandlers(services.tags),
    ...attachmentHandlers(services.attachments),
    ...searchHandlers(services.searches),
    ...generatorHandlers(services.generator),
    ...healthHandlers(services.health),
    ...transferHandlers(services),
    ...ceremonyHandlers(services.ceremonies),
  };
}

function vaultHandlers(services: VaultServices): HandlersOf<'vault'> {
  const { unlock, upkeep, damage, check, sealed } = services;
  return {
    'vault:create-file': async ({ path, password }) => {
      await unlock.create(path, sealed.open('vault:create', password));
      return null;
    },
    'vault:open-file': async ({ path, secret, acceptOlder }) => {
      const presented = sealed.openPresented('vault:unlock', secret);
      if (!(await unlock.unlock(path, presented, acceptOlder))) {
        throw new AppError('vault/wrong-password', 'the secret does not open this vault');
      }
      return null;
    },
    'vault:slot-types': ({ path }) => unlock.slotTypes(path),
    'vault:presentable-types': ({ path }) => unlock.presentableTypes(path),
    'vault:close': async () => {
      await unlock.close();
      return null;
    },
    'vault:verify': async ({ present }) => {
      await check.verify(sealed.openPresented('transfer:export', present));
      return null;
    },
    'vault:notice': () => upkeep.notice(),
    'vault:sealing-key': () => sealed.key,
    'vault:damage': () => damage.report(),
    'vault:accept-damage': ({ present }) =>
      damage.accept(sealed.openPresented('vault:accept-damage', present)),
  };
}

function keyHandlers({ keys, secrets, sealed }: VaultServices): HandlersOf<'keys'> {
  return {
    'keys:list': () => keys.list(),
    'keys:open-key-file': ({ path, token, make }) =>
      make ? secrets.makeKeyFile(path, token) : secrets.openKeyFile(path, token),
    'keys:change-password': async ({ present, password }) => {
      const opened = sealed.openAll('keys:change-password', (request) => ({
        present: request.presented(present),
        password: request.secret(password),
      }));
      await keys.changePassword(opened.present, opened.password);
      return null;
    },
    'keys:add-key-file': async ({ present, keyFile, name }) => {
      await keys.addKeyFile(sealed.openPresented('keys:add-key-file', present), keyFile, name);
      return null;
    },
    'keys:drop-key-file': async ({ present }) => {
      await keys.dropKeyFile(sealed.openPresented('keys:drop-key-file', present));
      return null;
    },
    'keys:prepare-recovery': ({ present }) =>
      keys.prepareRecovery(sealed.openPresented('keys:prepare-recovery', present)),
    'keys:confirm-recovery': async ({ token, words, name }) => {
      const typed = sealed.open('keys:confirm-recovery', words);
      try {
        await keys.confirmRecovery(token, fromUtf8(typed).split(' '), name);
      } finally {
        typed.fill(0);
      }
      return null;
    },
    'keys:discard-recovery': ({ token }) => {
      keys.discardRecovery(token);
      return null;
    },
    'keys:rename': async ({ present, slot, name }) => {
      await keys.rename(sealed.openPresented('keys:rename', present), slot, name);
      return null;
    },
    'keys:remove': async ({ present, slot }) => {
      await keys.remove(sealed.openPresented('keys:remove', present), slot);
      return null;
    },
    'keys:rekey': async ({ secrets: presented }) => {
      const opened = sealed.openAll('keys:rekey', (request) =>
        presented.map((one) => request.presented(one)),
      );
      return { removed: await keys.rekey(opened) };
    },
  };
}

function quickUnlockHandlers({ quickUnlock, sealed }: VaultServices): HandlersOf<'quick-unlock'> {
  return {
    'quick-unlock:seal': ({ present, pin, guarded }) =>
      quickUnlock.seal({
        ...sealed.openAll('quick-unlock:set', (request) => ({
          present: request.presented(present),
          pin: request.secretOrNull(pin),
        })),
        guarded,
      }),
    'quick-unlock:open': ({ pin, sealedFor = 'vault:quick-unlock', ...rest }) =>
      quickUnlock.unlock({ ...rest, pin: sealed.openOrNull(sealedFor, pin) }),
  };
}

function backupHandlers(backups: BackupService): HandlersOf<'backups'> {
  return {
    'backups:list': () => backups.list(),
    'backups:make': () => backups.make(),
    'backups:compare': ({ key }) => backups.compare(key),
    'backups:restore': ({ key, ids }) => backups.restore(key, ids),
  };
}

function itemHandlers(services: VaultServices): HandlersOf<'items'> {
  const { items, history, codes, duplicates, sealed, upkeep } = services;
  return {
    'items:list': async (query) => {
      await upkeep.prepared();
      return items.list(query);
    },
    'items:place': async ({ id, ...query }) => {
      await upkeep.prepared();
      return items.place(id, query);
    },
    'items:count': async () => {
      await upkeep.prepared();
      return items.count();
    },
    'items:summaries': ({ ids }) => items.summaries(ids),
    'items:get': ({ id }) => items.get(id),
    'items:save': (draft) => items.save(sealed.openDraft('items:save', draft)),
    'items:set-favourite': ({ ids, favourite }) => items.setFavourite(ids, favourite),
    'items:set-archived': ({ ids, archived }) => items.setArchived(ids, archived),
    'items:tag': ({ ids, add, remove }) => items.tag(ids, add, remove),
    'items:trash': ({ ids }) => items.trash(ids),
    'items:restore': ({ ids }) => items.restore(ids),
    'items:undo': ({ change }) => items.undo(change),
    'items:erase': async ({ ids, present }) => {
      await items.erase(ids, sealed.openPresented('items:erase', present));
      return null;
    },
    'items:reveal-field': ({ id, field, revision }) => items.reveal(id, field, revision),
    'items:copy-field': ({ id, field }) => items.copy(id, field),
    'items:history': ({ id }) => history.list(id),
    'items:revision': ({ id, ref }) => history.get(id, ref),
    'items:restore-revision': ({ id, ref }) => history.restore(id, ref),
    'items:duplicates': () => duplicates.find(),
    'items:one-time-code': ({ id }) => codes.current(id),
    'items:advance-code': ({ id }) => codes.advance(id),
    'items:read-one-time-code': ({ text }) => codes.read(text),
    'items:wifi-qr': ({ id }) => items.wifiQr(id),
  };
}

function tagHandlers(tags: TagService): HandlersOf<'tags'> {
  return {
    'tags:rename': ({ tag, name }) => tags.rename(tag, name),
    'tags:remove': ({ tag }) => tags.remove(tag),
  };
}

function attachmentHandlers(attachments: AttachmentService): HandlersOf<'attachments'> {
  return {
    'attachments:add-file': ({ id, path }) => attachments.add(id, path),
    'attachments:name': ({ id, attachment }) => attachments.nameOf(id, attachment),
    'attachments:write-file': ({ id, attachment, path }) =>
      attachments.saveAs(id, attachment, path),
    'attachments:write-all': ({ id, folder }) => attachments.saveAll(id, folder),
    'attachments:preview': ({ id, attachment }) => attachments.preview(id, attachment),
    'attachments:remove': ({ id, attachment }) => attachments.remove(id, attachment),
    'attachments:rename': ({ id, attachment, name }) => attachments.rename(id, attachment, name),
    'attachments:cancel': () => {
      attachments.cancel();
      return null;
    },
  };
}

function searchHandlers(searches: SearchService): HandlersOf<'searches'> {
  return {
    'searches:list': () => searches.list(),
    'searches:save': (search) => searches.save(search),
    'searches:remove': ({ id }) => {
      searches.remove(id);
      return null;
    },
  };
}

function generatorHandlers(generator: GeneratorService): HandlersOf<'generator'> {
  return {
    'generator:generate': (request) => generator.generate(request),
    'generator:history': () => generator.history(),
    'generator:remember': ({ value }) => {
      generator.remember(value);
      return null;
    },
    'generator:clear-history': () => {
      generator.clear();
      return null;
    },
  };
}

function healthHandlers(health: HealthService): HandlersOf<'health'> {
  return {
    'health:assess': () => health.assess(),
    'health:check-breaches': ({ path }) => health.checkBreaches(path),
    'health:cancel': () => {
      health.cancel();
      return null;
    },
  };
}

function transferHandlers({ transfer, sealed }: VaultServices): HandlersOf<'transfer'> {
  return {
    'transfer:open-import': ({ path, token }) => transfer.open(path, token),
    'transfer:preview-import': ({ token, password }) =>
      transfer.preview(token, sealed.openOrNull('transfer:preview-import', password)),
    'transfer:commit-import': ({ token }) => transfer.commit(token),
    'transfer:discard-import': ({ token }) => {
      transfer.discard(token);
      return null;
    },
    'transfer:write-export': ({ path, exportPassword }) =>
      transfer.export(path, sealed.open('transfer:export', exportPassword)),
  };
}

function ceremonyHandlers(ceremonies: CeremonyService): HandlersOf<'ceremony'> {
  return {
    'ceremony:create': (request, signal) => ceremonies.create(request, signal),
    'ceremony:get': (request, signal) => ceremonies.get(request, signal),
  };
}
