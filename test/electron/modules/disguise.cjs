// Makes Node look like Electron to the application: the module that "electron" resolves to, and what the process
// says of itself.
// SPDX-License-Identifier: MIT

'use strict';

const { registerHooks } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const manifest = require('electron/package.json');

const NAMES = new Set(['electron', 'electron/main', 'electron/common']);

exports.disguise = function disguise(type, moduleFile) {
  const url = pathToFileURL(join(__dirname, moduleFile)).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (NAMES.has(specifier)) return { url, format: 'commonjs', shortCircuit: true };
      return next(specifier, context);
    },
  });
  setVersions({ electron: manifest.version });
  Object.defineProperty(process, 'type', { value: type, enumerable: true });
};

/** `process.versions` is read-only, so it is replaced. */
function setVersions(added) {
  Object.defineProperty(process, 'versions', {
    value: Object.freeze({ ...process.versions, ...added }),
    enumerable: true,
    configurable: true,
  });
}

exports.setVersions = setVersions;
