// What the main window is made of, joined once: stores that follow the main side's events, and the actions on items.
// Components get it through a context; tests make it over a fake connection and a clock turned by hand.
// SPDX-License-Identifier: MIT

import { createContext, useContext } from 'react';
import { announceUnlock } from '../keys/unlock-notice.ts';
import type { Clock } from '../../shared/clock.ts';
import type { TestSiteStatus } from '../../shared/model/ceremony.ts';
import type { ItemCounts } from '../../shared/model/item.ts';
import { DEFAULT_SETTINGS, type Settings, type VaultStatus } from '../../shared/model/vault.ts';
import { toApiError, type Api, type Connection } from '../api.ts';
import { AttachmentTransfer } from '../attachments/attachment-transfer.ts';
import { BulkActions } from '../bulk/bulk-actions.ts';
import { BulkSelection, MOST_SELECTED } from '../bulk/bulk-selection.ts';
import { announceCeremony } from '../test-site/announce-ceremony.ts';
import { toErrorLine } from '../error-sentences.ts';
import { formatCount } from '../format.ts';
import { GeneratorSession } from '../generator/generator-session.ts';
import { HealthCheck } from '../health/health-check.ts';
import { ItemActions } from '../items/item-actions.ts';
import { ItemDrafts } from '../items/item-drafts.ts';
import { ItemPages } from '../items/item-pages.ts';
import { OpenItem } from '../items/open-item.ts';
import { Revealer } from '../items/revealer.ts';
import { SavedSearches } from '../searches/saved-searches.ts';
import { Store } from '../store.ts';
import { Toasts } from '../ui/toasts.ts';
import type { DialogRequest } from './dialog-request.ts';
import { initialView, sectionKey, type View } from './view.ts';

export interface MainServices {
  readonly api: Api<'main'>;
  readonly events: Connection<'main'>['events'];
  readonly clock: Clock;
  readonly isMac: boolean;
  readonly view: Store<View>;
  readonly pages: ItemPages;
  readonly openItem: OpenItem;
  readonly drafts: ItemDrafts;
  readonly revealer: Revealer;
  readonly actions: ItemActions;
  readonly selection: BulkSelection;
  readonly bulk: BulkActions;
  readonly files: AttachmentTransfer;
  readonly searches: SavedSearches;
  readonly generator: GeneratorSession;
  readonly health: HealthCheck;
  /** The dialog that stands over the window; null where none does. */
  readonly dialog: Store<DialogRequest | null>;
  readonly counts: Store<ItemCounts | null>;
  readonly status: Store<VaultStatus | null>;
  readonly settings: Store<Settings>;
  readonly testSite: Store<TestSiteStatus>;
  readonly toasts: Toasts;
  /** Says of a failure what happened, what was kept and what to do. */
  readonly report: (error: unknown) => void;
}

const STOPPED: TestSiteStatus = { isRunning: false, urls: [], recent: [] };

export function createMainServices(connection: Connection<'main'>, clock: Clock): MainServices {
  const { api, events, platform } = connection;
  const toasts = new Toasts(clock);
  const report = (error: unknown): void => {
    toasts.show({ text: toErrorLine(toApiError(error).code), tone: 'bad' });
  };
  const view = new Store<View>(initialView);
  const pages = new ItemPages(api['items:list'], report);
  const openItem = new OpenItem(api['items:get']);
  const drafts = new ItemDrafts();
  const revealer = new Revealer(api['items:reveal-field'], clock);
  const actions = new ItemActions({ api, view, pages, openItem, revealer, toasts, report });
  const onCut = (): void => {
    toasts.show({ text: `One change takes at most ${formatCount(MOST_SELECTED)} items.` });
  };
  const selection = new BulkSelection({ list: api['items:list'], pages, view, report, onCut });
  return {
    ...{ api, events, clock, view, pages, openItem, drafts, revealer, actions, toasts, report },
    ...{ selection, bulk: new BulkActions({ api, view, selection, actions }) },
    files: new AttachmentTransfer({ api, actions, toasts, report }),
    searches: new SavedSearches({ api, view, actions, report }),
    generator: new GeneratorSession(api, report),
    health: new HealthCheck({ api, events, clock }),
    dialog: new Store<DialogRequest | null>(null),
    isMac: platform.os === 'darwin',
    counts: new Store<ItemCounts | null>(null),
    status: new Store<VaultStatus | null>(null),
    settings: new Store<Settings>(DEFAULT_SETTINGS),
    testSite: new Store<TestSiteStatus>(STOPPED),
  };
}

/** Loads what the window shows first and follows the events; the returned function stops that. */
export function startMainServices(services: MainServices): () => void {
  const { api, events, view, pages, openItem, revealer, selection } = services;
  load(services);
  let before = view.get();
  const follow = (): void => {
    const { section, text, sort, selectedId, mode } = view.get();
    selection.follow(view.get(), isSameList(view.get(), before));
    if (!isSamePlace(view.get(), before)) services.dialog.set(null);
    before = view.get();
    pages.show({ section, text, sort });
    openItem.show(mode === 'new' ? null : selectedId);
    revealer.hideUnless(selectedId);
  };
  follow();
  const stops = [
    view.subscribe(follow),
    pages.state.subscribe(() => {
      selection.renew();
    }),
    events['items:changed'](() => {
      // What is in sight may have been replaced.
      services.revealer.hide();
      pages.refresh();
      openItem.refresh();
      loadInto(services.counts, api['items:count']({}), services);
    }),
    events['integrity:checked'](({ integrity }) => {
      services.counts.update((counts) => counts && { ...counts, integrity });
    }),
    events['work:progressed'](({ work, stage, done, total }) => {
      if (work === 'attachment') services.files.progressed({ stage, done, total });
    }),
    events['searches:changed'](() => {
      void services.searches.load();
    }),
    events['settings:changed']((settings) => {
      services.settings.set(settings);
    }),
    events['test-site:changed']((status) => {
      services.testSite.set(status);
    }),
    events['ceremony:ended']((ceremony) => {
      announceCeremony(ceremony, services);
    }),
    events['clipboard:cleared'](() => {
      services.toasts.show({ text: 'The clipboard was cleared.' });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function load(services: MainServices): void {
  const { api } = services;
  loadInto(services.counts, api['items:count']({}), services);
  loadInto(services.status, api['vault:status']({}), services);
  loadInto(services.settings, api['settings:get']({}), services);
  loadInto(services.testSite, api['test-site:status']({}), services);
  announceUnlock(services);
  void services.searches.load();
}

function isSameList(a: View, b: View): boolean {
  return sectionKey(a.section) === sectionKey(b.section) && a.text === b.text;
}

/** Whether what a dialog is about is still where it was. */
function isSamePlace(a: View, b: View): boolean {
  const { room, mode, selectedId } = a;
  return isSameList(a, b) && room === b.room && mode === b.mode && selectedId === b.selectedId;
}

function loadInto<T>(
  store: Store<T> | Store<T | null>,
  value: Promise<T>,
  { report }: Pick<MainServices, 'report'>,
): void {
  value.then((loaded) => {
    store.set(loaded);
  }, report);
}

const ServicesContext = createContext<MainServices | null>(null);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): MainServices {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices: outside of the main window');
  return services;
}
