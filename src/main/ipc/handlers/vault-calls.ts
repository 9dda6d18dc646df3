// The vault process's side of the link: each call to the service that answers it.
// SPDX-License-Identifier: MIT

import { AppError } from '../../../shared/errors.ts';
import type { RandomSource } from '../../crypto/random.ts';
import type { CallHandlers } from '../../link/process-link.ts';
import type { VaultCalls } from '../../link/vault-link.ts';
import type { CeremonyService } from '../../services/ceremony-service.ts';
import type { ItemService } from '../../services/item-service.ts';
import type { TransferService } from '../../services/transfer-service.ts';
import type { UnlockService } from '../../services/unlock-service.ts';
import { generatePassword } from '../../vault/password-generator.ts';

export interface VaultServices {
  readonly unlock: UnlockService;
  readonly items: ItemService;
  readonly transfer: TransferService;
  readonly ceremonies: CeremonyService;
  readonly random: RandomSource;
}

export function vaultCallHandlers(services: VaultServices): CallHandlers<VaultCalls> {
  const { ceremonies, random } = services;
  return {
    ...vaultHandlers(services.unlock),
    ...itemHandlers(services.items),
    ...transferHandlers(services.transfer),
    'generator:generate': (rules) => generatePassword(rules, random),
    'ceremony:create': (request, signal) => ceremonies.create(request, signal),
    'ceremony:get': (request, signal) => ceremonies.get(request, signal),
  };
}

type HandlersOf<Room extends string> = Pick<
  CallHandlers<VaultCalls>,
  Extract<keyof VaultCalls, `${Room}:${string}`>
>;

function vaultHandlers(unlock: UnlockService): HandlersOf<'vault'> {
  return {
    'vault:create-file': async ({ path, password }) => {
      await unlock.create(path, password);
      return null;
    },
    'vault:open-file': async ({ path, password }) => {
      if (!(await unlock.unlock(path, password))) {
        throw new AppError('vault/wrong-password', 'the password does not open this vault');
      }
      return null;
    },
    'vault:close': async () => {
      await unlock.close();
      return null;
    },
    'vault:verify-password': ({ password }) => unlock.verifyPassword(password),
  };
}

function itemHandlers(items: ItemService): HandlersOf<'items'> {
  return {
    'items:list': (query) => items.list(query),
    'items:count': () => items.count(),
    'items:get': ({ id }) => items.get(id),
    'items:save': (draft) => items.save(draft),
    'items:set-favourite': ({ id, favourite }) => {
      items.setFavourite(id, favourite);
      return null;
    },
    'items:trash': ({ ids }) => {
      items.trash(ids);
      return null;
    },
    'items:restore': ({ ids }) => {
      items.restore(ids);
      return null;
    },
    'items:reveal-field': ({ id, field }) => items.reveal(id, field),
    'items:copy-field': ({ id, field }) => items.copy(id, field),
  };
}

function transferHandlers(transfer: TransferService): HandlersOf<'transfer'> {
  return {
    'transfer:open-import': ({ path, token }) => transfer.open(path, token),
    'transfer:preview-import': ({ token, password }) => transfer.preview(token, password),
    'transfer:commit-import': ({ token }) => transfer.commit(token),
    'transfer:discard-import': ({ token }) => {
      transfer.discard(token);
      return null;
    },
    'transfer:write-export': ({ path, exportPassword }) => transfer.export(path, exportPassword),
  };
}
