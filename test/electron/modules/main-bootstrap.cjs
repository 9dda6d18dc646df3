// Where `dist/electron` begins: starts the browser, loads what `-r` names (a test driver's loader), then the
// application's main module, and says when the application is ready.
// SPDX-License-Identifier: MIT

'use strict';

const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { disguise, setVersions } = require('./disguise.cjs');

const executable = join(__dirname, '..', 'dist', 'electron');

/** Takes `-r module` out of the arguments, as Electron's own start does. */
function takeRequired(args) {
  const required = [];
  const rest = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-r' || args[i] === '--require') required.push(args[++i]);
    else rest.push(args[i]);
  }
  return { required, rest };
}

function explain(error) {
  process.stderr.write(`${error.name === 'ChromiumError' ? error.message : error.stack}\n`);
  process.exit(1);
}

async function start() {
  const { required, rest } = takeRequired(process.argv.slice(2));
  process.argv = [executable, ...rest];
  disguise('browser', 'electron.cjs');
  Object.defineProperty(process, 'resourcesPath', {
    value: join(__dirname, '..', 'dist', 'resources'),
  });
  Object.defineProperty(process, 'defaultApp', { value: true });

  const { startStandIn } = require('../api/stand-in.ts');
  const { options, browser } = startStandIn((reason) => {
    process.stderr.write(`Chromium has ended: ${reason}\n`);
    process.exit(1);
  });
  process.on('exit', () => browser.end());
  process.stderr.write('This is not Electron: a stand-in for it runs over Chromium.\n');

  const { app, forTests } = require('../api/electron.ts');
  globalThis.electronStandIn = forTests;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.quit());
  const becomeReady = app.becomeReady.bind(app);
  for (const file of required) require(file);

  const loaded = import(pathToFileURL(options.mainModule).href);
  // A main module may wait for `ready` at its top level, so it is given a turn and not waited for to the end.
  await Promise.race([loaded, browser.connected.then(() => new Promise(setImmediate))]);
  await browser.connected;
  setVersions({ chrome: browser.chromeVersion });
  becomeReady();
  await loaded;
}

start().catch(explain);
