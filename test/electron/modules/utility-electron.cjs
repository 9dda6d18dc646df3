// What `electron` is in a utility process: two modules, neither of which the stand-in has. `app`, `ipcMain` and all
// else of the main process are not exported, so that importing them fails there as it does in Electron.
// SPDX-License-Identifier: MIT

'use strict';

const { absent } = require('../api/not-implemented.ts');

exports.net = absent('net in a utility process');
exports.systemPreferences = absent('systemPreferences in a utility process');
