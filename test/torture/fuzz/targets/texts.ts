// Parsers of what people, sites and windows write: rules, queries, addresses, recovery words, names of revisions.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../../../src/shared/bytes.ts';
import { parseRecoveryWords, toRecoveryWords } from '../../../../src/main/crypto/recovery-words.ts';
import { parsePasswordRules } from '../../../../src/shared/password-rules/password-rules.ts';
import { parseHashLines } from '../../../../src/main/health/hash-lines.ts';
import { toWebAddress } from '../../../../src/main/health/web-address.ts';
import { parseQuery } from '../../../../src/main/search/parse-query.ts';
import { parseRevisionRef } from '../../../../src/main/services/revision-ref.ts';
import { toWifiText } from '../../../../src/main/services/wifi-text.ts';
import { openLink } from '../../../../src/main/shell/open-link.ts';
import { bytesTarget, type FuzzTarget, textTarget } from '../fuzz-target.ts';
import { recoverySecret } from '../../../support/unlock-secrets.ts';

const SHA1_DIGITS = 40;
const HASH = '000000005AD76BD555C1D6D771DE417A4B87E4B4';

export const textTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'password rules',
    // As many characters as the request table lets through.
    mostBytes: 1024,
    seeds: [
      'minlength: 20; required: lower; required: upper; required: digit; allowed: [-().&@?\'#,/"+];',
      'max-consecutive: 2; maxlength: 64; allowed: unicode',
    ],
    tokens: [';', ':', '[', ']', ',', '[]', '[-]', '[^]', 'required:', '99999999999', '\t'],
    parse: parsePasswordRules,
  }),
  textTarget({
    name: 'search query',
    seeds: ['user:ida -tag:"work/old" is:trash url:https://example.org/a "two words" ñ'],
    tokens: ['"', ':', '-', 'is:', '-"', 'tag:', 'İ', 'ﬃ', '\ud83d\ude00', '://', '[::1]', '@'],
    parse: parseQuery,
  }),
  textTarget({
    name: 'web address',
    seeds: ['https://ida@example.org:8443/a?b#c', 'android://hash@com.example/'],
    tokens: ['://', '@', ':', '[', ']', '%', 'xn--', '。', '..'],
    parse: toWebAddress,
  }),
  bytesTarget({
    name: 'breach lines',
    seeds: [toUtf8(`${HASH}:3\r\n${HASH}:12\n${HASH}:1`)],
    tokens: [':', '\n', '\r\n', '99999999999999999999', HASH],
    parse: (bytes) => parseHashLines(bytes, { from: 0, digits: SHA1_DIGITS, isEnd: true }),
  }),
  textTarget({
    name: 'recovery words',
    seeds: ['one', 'two'].map((label) => toRecoveryWords(recoverySecret(label).key).join(' ')),
    tokens: [' ', '\n', 'abandon', 'zoo', 'aban', 'İ', 'ﬁ', '\u0000', '1.'],
    parse: (text) => {
      parseRecoveryWords(text).dispose();
    },
  }),
  textTarget({
    name: 'revision ref',
    seeds: [`7-${'ab'.repeat(16)}`, `9007199254740991-${'00'.repeat(16)}`],
    tokens: ['-', '0', '9999999999999999', '\n', 'e9', '.'],
    parse: parseRevisionRef,
  }),
  {
    ...textTarget({
      name: 'Wi-Fi text',
      seeds: ['Home net\0wpa\0ida\0pass;word\0true', 'abcd\0none\0\0\0', 'x\0wep\0\0beef\0'],
      tokens: ['\0', ';', '\\', ':', '"', ',', '\0none', '\0wpa-enterprise', '__proto__'],
      parse: writeWifiText,
    }),
    // It only writes: there is nothing that it may refuse.
    isStated: () => false,
  },
  textTarget({
    name: 'link',
    seeds: ['https://example.org/a?b#c', 'example.org:8443/x', 'http://[::1]/'],
    tokens: ['javascript:', 'file:', 'data:', '//', '@', ':', '[', '%00', '\n', '\t', '。', 'xn--'],
    parse: followLink,
  }),
];

/** Throws what is no AppError where the text that a camera reads is not of its form. */
function writeWifiText(text: string): string {
  const [ssid = '', security = '', username = '', password = '', hidden = ''] = text.split('\0');
  const written = toWifiText({ ssid, security, username, password, isHiddenNetwork: hidden });
  if (/^WIFI:T:(WPA|WPA2-EAP|WEP|nopass);S:.*;;$/s.test(written)) return written;
  throw new Error('another form');
}

/** Throws what is no AppError where a browser would be handed anything but a web address. */
async function followLink(text: string): Promise<void> {
  await openLink(text, {
    confirm: () => Promise.resolve(true),
    open: (url) => {
      if (/^https?:\/\/[^/@]+\//.test(url)) return Promise.resolve();
      throw new Error('no web address');
    },
  });
}
