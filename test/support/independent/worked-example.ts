// The worked example of docs/vault-format.md: a vault with one login, every value on the way to it. The document holds
// what `workedExample` prints, and a test holds the document to it.
// SPDX-License-Identifier: MIT

import { canonical, hex, join, uint, utf8 } from './bytes.ts';
import { costOf, encodeCovered, secretOf, type Slot, SLOT, slotKeys } from './header.ts';
import { aadOf, mac, pad, ROLES, type Stretch } from './primitives.ts';
import { type Row, type Table, type Vault } from './rows.ts';
import { sampleItem } from './samples.ts';
import {
  bodyBound,
  bodyContent,
  encodeManifest,
  encodeRow,
  metaPlaintext,
  objectBound,
  packBound,
  packContent,
  vaultKey,
  wrapBound,
} from './sealing.ts';
import { VaultWriter } from './write.ts';

export const EXAMPLE_SECRET = { type: SLOT.password, password: utf8('correct horse') };
const COST = { memoryKib: 65_536, passes: 3, lanes: 1 };
const ITEM = sampleItem('login', {
  title: 'Example',
  fields: { username: 'ada', password: 'engine' },
});

export function exampleWriter(stretch: Stretch): VaultWriter {
  const slots = [{ secret: EXAMPLE_SECRET, cost: COST }];
  const made = new VaultWriter({ seed: 'worked example', slots, stretch });
  made.addItem(ITEM);
  return made;
}

/** The document's block, from the first random byte to the last row. */
export function workedExample(stretch: Stretch): string {
  const made = exampleWriter(stretch);
  const vault = made.build();
  const parts = [keysPart(made, vault, stretch), itemPart(made, vault), restPart(made, vault)];
  return ['```text', ...parts.flat(), '```'].join('\n');
}

/** A name and its value, in lines of 48 bytes. */
function line(name: string, value: Uint8Array | string | number): readonly string[] {
  if (!(value instanceof Uint8Array)) return [`${name} = ${String(value)}`];
  const lines = hex(value).match(/.{1,96}/g) ?? [];
  const size = `${name} (${String(value.length)})`;
  return lines.length === 1
    ? [`${size} = ${lines.join('')}`]
    : [`${size} =`, ...lines.map((one) => `  ${one}`)];
}

function keysPart(made: VaultWriter, vault: Vault, stretch: Stretch): readonly string[] {
  const [slot] = made.header.slots as readonly [Slot];
  const secret = secretOf(EXAMPLE_SECRET, slot, stretch);
  const { bound, root, macKey, kek, aad } = slotKeys(slot, made.header, secret);
  const { memoryKib, passes, lanes } = costOf(slot.kdfBlock);
  const labels = ['v1/header', 'v1/wrap', 'v1/passkey', 'v1/meta', 'v1/pack', 'v1/manifest'];
  return [
    '# genesis: random(32), then the statement; created 2026-01-01T00:00:00Z',
    ...line('genesis statement', made.statement),
    ...line('vaultId', made.place.vaultId),
    '# random: device id(16), VRK(32)',
    ...line('device id', made.deviceId),
    ...line('VRK', made.place.rootKey),
    '# a slot of type 1; random: salt(16), slotId(16), nonce(24)',
    ...line('password', '"correct horse"'),
    ...line('cost', `${String(memoryKib)} KiB, ${String(passes)} passes, ${String(lanes)} lane`),
    ...line('salt', slot.salt),
    ...line('slotId', slot.slotId),
    ...line('kdfBlock', slot.kdfBlock),
    ...line('secret = Argon2id', secret),
    ...line('SHA-256(suite, vaultId, slotId, type, kdfBlock)', bound),
    ...line('ROOT', root),
    ...line('slot MAC key', macKey),
    ...line('KEK', kek),
    ...line('slot AAD', aad),
    ...line('VRK, sealed', slot.sealed),
    ...line('slotMAC', slot.mac),
    '# keys of epoch 1',
    ...labels.flatMap((label) => line(label, vaultKey(made.place, label))),
    ...line('header', vault.header),
    ...line(
      'of which headerMAC',
      mac(vaultKey(made.place, 'v1/header'), encodeCovered(made.header)),
    ),
  ];
}

function itemPart(made: VaultWriter, vault: Vault): readonly string[] {
  const [wrap] = vault.wraps;
  const [body] = vault.items;
  const [item] = [...made.items.values()];
  if (!wrap || !body || !item) throw new Error('the example has one item');
  const { itemKey, passkeyKey, madeIn } = item.keys;
  return [
    '# random: item id(16), IK(32), PK(32), nonce of the item key(24), of the passkey key(24), of the body(24)',
    ...line('item id', item.id),
    ...line('IK and made in', join(itemKey, uint(madeIn, 4))),
    ...line('PK', passkeyKey),
    ...line('AAD of the item key', aadOf(wrapBound(wrap, made.place, 2))),
    ...line('wraps.item_key', wrap.itemKey),
    ...line('AAD of the passkey key', aadOf(wrapBound(wrap, made.place, 3))),
    ...line('wraps.passkey_key', wrap.passkeyKey),
    ...line('item as JSON', canonical(item.record)),
    ...line('body, padded', pad(bodyContent(item.record))),
    ...line('AAD of the body', aadOf(bodyBound(body, made.place, madeIn))),
    ...line('items.body', body.body),
  ];
}

function restPart(made: VaultWriter, vault: Vault): readonly string[] {
  const [pack] = vault.packs;
  const object = (role: number) => vault.objects.find((row) => row.role === role);
  const [meta, manifest] = [object(ROLES.meta), object(ROLES.manifest)];
  if (!pack || !meta || !manifest) throw new Error('the example has all of them');
  const key = vaultKey(made.place, 'v1/manifest');
  const digest = (table: Exclude<Table, 'chunks'>, row: Row) => mac(key, encodeRow(table, row));
  const counted = [
    ...vault.wraps.map((row) => ['wraps', row] as const),
    ...vault.items.map((row) => ['items', row] as const),
  ];
  const [entry] = made.entries();
  return [
    '# the pack; random: nonce(24)',
    ...line('overview as JSON', canonical(entry?.overview ?? null)),
    ...line('pack, padded', pad(packContent(made.entries()))),
    ...line('AAD of the pack', aadOf(packBound(pack, made.place))),
    ...line('packs.sealed', pack.sealed),
    '# the meta object; random: nonce(24)',
    ...line('meta, padded', metaPlaintext(made.statement, made.deviceId)),
    ...line('AAD of meta', aadOf(objectBound(meta, made.place))),
    ...line('objects.sealed of role 5', meta.sealed),
    '# the manifest; random: nonce(24)',
    ...line('HMAC of the row of objects', digest('objects', meta)),
    ...line('HMAC of the row of packs', digest('packs', pack)),
    ...counted.flatMap(([table, row]) => line(`HMAC of the row of ${table}`, digest(table, row))),
    ...line('manifest', encodeManifest(made.manifestOf(vault))),
    ...line('AAD of the manifest', aadOf(objectBound(manifest, made.place))),
    ...line('objects.sealed of role 6', manifest.sealed),
  ];
}
