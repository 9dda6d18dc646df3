// The floor plan as rules: ARCHITECTURE.md, section "Floors". A failure names the section to read.
// SPDX-License-Identifier: MIT

const main = (room) => `^src/main/${room}(/|\\.ts$)`;
const NODE_BUILTINS = { dependencyTypes: ['core'] };

/** A room and the only places it may import from; packages are the doors' business. */
const room = (name, from, allowed, comment) => ({
  name,
  comment: `ARCHITECTURE.md, "Floors": ${comment}`,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed] },
});

const shared = '^src/shared/';
const primitives = [main('crypto'), main('codec')];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
      comment: 'ARCHITECTURE.md, "Floors": no cycles',
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Dead file: ARCHITECTURE.md, "Floors"',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['\\.d\\.ts$', '^src/main/preload/', '^src/main/relying-party/pages/'],
      },
      to: {},
    },
    room('shared', shared, [], 'ground imports only ground'),
    room('crypto', main('crypto'), [shared, main('codec')], 'primitives over bytes'),
    room('codec', main('codec'), [shared], 'primitives over bytes'),
    room('vault', main('vault'), [shared, ...primitives], 'domain: no storage, no services'),
    room(
      'webauthn',
      main('webauthn'),
      [shared, ...primitives],
      'protocol: ports, not imports, towards the vault',
    ),
    room(
      'transfer',
      main('transfer'),
      [shared, ...primitives, main('vault')],
      'formats: item types of the vault',
    ),
    room(
      'one-time-codes',
      main('one-time-codes'),
      [shared, main('crypto')],
      'pure: texts to codes',
    ),
    room('generator', main('generator'), [shared, main('crypto')], 'pure: rules to values'),
    room('search', main('search'), [shared], 'pure: texts and queries'),
    room('ssh', main('ssh'), [shared, ...primitives], 'formats of keys'),
    room('health', main('health'), [shared, main('crypto')], 'pure over ports'),
    room(
      'storage',
      main('storage'),
      [shared, ...primitives, main('vault'), main('transfer'), main('health')],
      'adapters: their own port and package',
    ),
    room('link', main('link'), [shared], 'the pipe between the two processes'),
    room(
      'services',
      main('services'),
      [
        shared,
        ...primitives,
        ...['vault', 'webauthn', 'transfer', 'one-time-codes', 'generator'].map(main),
        ...['search', 'ssh', 'health', 'link'].map(main),
      ],
      'stories over ports',
    ),
    room('approvals', main('approvals'), [shared], 'shared and ports'),
    room(
      'relying-party',
      main('relying-party'),
      [shared, main('link'), '^src/main/crypto/random\\.ts$'],
      'shared and ports',
    ),
    room(
      'shell',
      main('shell'),
      [shared, main('link'), main('approvals')],
      'Electron without vault, crypto or sync',
    ),
    room(
      'ipc',
      main('ipc'),
      [
        shared,
        main('link'),
        main('services'),
        main('approvals'),
        main('shell'),
        main('relying-party'),
      ],
      'translate, forward, call',
    ),
    room('preload', main('preload'), ['^src/shared/ipc/'], 'one function per channel'),
    room('renderer', '^src/renderer/', [shared], 'the face knows nothing of main'),
    {
      name: 'electron-in-shell-alone',
      severity: 'error',
      comment:
        'ARCHITECTURE.md, "One door per risky package": Electron is spoken to in shell, ipc, preload and the join',
      from: {
        path: '^src/',
        pathNot: [
          main('shell'),
          main('ipc'),
          main('preload'),
          '^src/main/(main|compose-main)\\.ts$',
        ],
      },
      to: { path: '^(node_modules/)?electron' },
    },
    {
      name: 'no-node-in-shared-or-renderer',
      severity: 'error',
      comment: 'ARCHITECTURE.md, "Floors": ground and face have no Node',
      from: {
        path: [
          '^src/shared/',
          '^src/renderer/',
          '^src/main/preload/',
          '^src/main/relying-party/pages/',
        ],
      },
      to: NODE_BUILTINS,
    },
    {
      name: 'no-disk-in-domain',
      severity: 'error',
      comment: 'ARCHITECTURE.md, "Floors": domain and protocol do no I/O',
      from: {
        path: [
          main('vault'),
          main('webauthn'),
          main('transfer'),
          main('codec'),
          main('services'),
          main('approvals'),
          ...['one-time-codes', 'generator', 'search', 'ssh', 'health'].map(main),
        ],
      },
      to: { path: '^(node:)?(fs|fs/promises|http|https|net|child_process)$' },
    },
    {
      name: 'join-is-imported-by-nobody',
      severity: 'error',
      comment: 'ARCHITECTURE.md, "Floors": the join is the top',
      from: { path: '^src/', pathNot: '^src/main/(main|vault-process)\\.ts$' },
      to: { path: '^src/main/(compose-main|compose-vault|main|vault-process)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
