// The test site's page: forms, status, and the switch between Latchkey's passkeys and the browser's own.
// SPDX-License-Identifier: MIT

import { bridgedCredentials } from './bridge-credentials.ts';
import { describeFailure } from './sentences.ts';
import { SiteApi, type AccountView } from './site-api.ts';

const api = new SiteApi(
  document.querySelector<HTMLMetaElement>('meta[name="site-token"]')?.content ?? '',
);
let view: AccountView = { rpId: location.hostname, pretendsToBe: null, account: null };
let ceremony: AbortController | null = null;

function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no #${id}`);
  return element;
}

const useBrowser = byId('use-browser', HTMLInputElement);
const userVerification = byId('user-verification', HTMLSelectElement);

/** Puts the bridge in the place of the browser's own methods, or takes it away again. */
function installCredentials(): void {
  const { credentials } = navigator;
  if (useBrowser.checked) {
    Reflect.deleteProperty(credentials, 'create');
    Reflect.deleteProperty(credentials, 'get');
    return;
  }
  for (const [name, value] of Object.entries(bridgedCredentials(api.bridge))) {
    Object.defineProperty(credentials, name, { value, configurable: true });
  }
}

function showStatus(outcome: string, text: string, kind: 'good' | 'bad' | ''): void {
  const status = byId('status', HTMLParagraphElement);
  status.dataset.outcome = outcome;
  status.dataset.kind = kind;
  status.textContent = text;
}

function toDay(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

function passkeyItem(
  passkey: NonNullable<AccountView['account']>['passkeys'][number],
): HTMLElement {
  const item = document.createElement('li');
  const id = document.createElement('code');
  id.textContent = passkey.id;
  const facts = document.createElement('span');
  facts.className = 'hint';
  const used =
    passkey.lastUsedAt === null ? 'not used yet' : `last used ${toDay(passkey.lastUsedAt)}`;
  const kind = passkey.isSynced ? 'can be synced' : 'bound to one device';
  const verified = passkey.userVerified ? 'user verified' : 'user not verified';
  facts.textContent = [`made ${toDay(passkey.createdAt)}`, used, kind, verified].join(' · ');
  item.append(id, facts);
  return item;
}

function render(): void {
  const { account, rpId } = view;
  byId('rp-id', HTMLElement).textContent = rpId;
  byId('signed-in', HTMLElement).hidden = account === null;
  byId('signed-out', HTMLElement).hidden = account !== null;
  byId('waiting', HTMLElement).hidden = ceremony === null;
  for (const button of document.querySelectorAll('button')) {
    button.disabled = ceremony !== null && button.id !== 'cancel';
  }
  if (account === null) return;
  byId('account-name', HTMLElement).textContent = account.userName;
  byId('account-display-name', HTMLElement).textContent = account.displayName;
  const [initial = ''] = account.displayName || account.userName;
  byId('account-initial', HTMLElement).textContent = initial.toLocaleUpperCase();
  byId('passkeys', HTMLUListElement).replaceChildren(...account.passkeys.map(passkeyItem));
}

/** Runs one ceremony at a time and says how it ended. */
async function run(action: (signal: AbortSignal) => Promise<string>): Promise<void> {
  if (ceremony !== null) return;
  const running = new AbortController();
  ceremony = running;
  showStatus('waiting', '', '');
  render();
  try {
    const text = await action(running.signal);
    showStatus(text.startsWith('signed in') ? 'signed-in' : text, text, 'good');
  } catch (error) {
    const { name, sentence } = describeFailure(error, { rpId: view.rpId, host: location.hostname });
    showStatus(name, `${name}: ${sentence}`, 'bad');
  } finally {
    ceremony = null;
    render();
  }
}

/** Both kinds of credential, the browser's and the bridged, turn themselves into JSON. */
function toJson(credential: unknown): object {
  const isOne = typeof credential === 'object' && credential !== null && 'toJSON' in credential;
  if (!isOne || typeof credential.toJSON !== 'function') throw new DOMException('', 'UnknownError');
  return (credential as PublicKeyCredential).toJSON();
}

async function register(
  wish: { userName: string; displayName: string },
  signal: AbortSignal,
): Promise<string> {
  const json = await api.registrationOptions({ ...wish, userVerification: userVerification.value });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
  const credential = await navigator.credentials.create({ publicKey, signal });
  view = await api.verifyRegistration(toJson(credential));
  return 'registered';
}

async function signIn(userName: string, signal: AbortSignal): Promise<string> {
  const json = await api.signInOptions({ userName, userVerification: userVerification.value });
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
  const credential = await navigator.credentials.get({ publicKey, signal });
  view = await api.verifySignIn(toJson(credential));
  return `signed in as ${view.account?.userName ?? ''}`;
}

async function signOut(): Promise<void> {
  view = await api.signOut();
  showStatus('signed-out', 'signed out', '');
  render();
}

function listen(): void {
  useBrowser.addEventListener('change', installCredentials);
  byId('register-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const userName = byId('new-user-name', HTMLInputElement).value;
    const displayName = byId('new-display-name', HTMLInputElement).value;
    void run((signal) => register({ userName, displayName }, signal));
  });
  byId('add-passkey', HTMLButtonElement).addEventListener('click', () => {
    const { userName = '', displayName = '' } = view.account ?? {};
    void run((signal) => register({ userName, displayName }, signal));
  });
  byId('sign-in-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void run((signal) => signIn(byId('user-name', HTMLInputElement).value, signal));
  });
  byId('sign-in-any', HTMLButtonElement).addEventListener('click', () => {
    void run((signal) => signIn('', signal));
  });
  byId('sign-out', HTMLButtonElement).addEventListener('click', () => void signOut());
  byId('cancel', HTMLButtonElement).addEventListener('click', () => ceremony?.abort());
}

installCredentials();
listen();
view = await api.account();
render();
