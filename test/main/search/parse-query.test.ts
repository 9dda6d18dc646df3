// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/main/search/fold.ts';
import { parseQuery } from '../../../src/main/search/parse-query.ts';
import type { SearchTerm } from '../../../src/main/search/search-query.ts';
import { anyQueryText } from './entries.ts';

/** One line per term: `-title=word`, `tag=work…` where it is open, `site=a|b<parents`. */
function written(text: string): string[] {
  return parseQuery(text).terms.map((term) => (term.negated ? '-' : '') + withoutSign(term));
}

function withoutSign(term: SearchTerm): string {
  if (term.by === 'text') return `${term.field}=${term.text}`;
  if (term.by === 'site') return `site=${term.hosts.join('|')}<${term.parents.join('|')}`;
  return `${term.by}=${term.name}${term.open ? '…' : ''}`;
}

describe('parseQuery', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['   \t\n ', []],
    ['git', ['any=git']],
    ['  git  hub ', ['any=git', 'any=hub']],
    ['git\u00a0hub\u3000x', ['any=git', 'any=hub', 'any=x']],
    ['MÜLLER', ['any=muller']],
    ['Straße', ['any=strasse']],
    ['\u0301', []],
    ['\u200b git', ['any=git']],
    ['銀行', ['any=銀行']],
    ['a.b/c@d', ['any=a.b/c@d']],
    ['"git hub"', ['any=git hub']],
    ['" git hub "', ['any=git hub']],
    ['"git hub', ['any=git hub']],
    ['"git ', ['any=git']],
    ['"', []],
    ['""', []],
    ['"" git', ['any=git']],
    ['"  "', []],
    ['"a"b', ['any=a', 'any=b']],
    ['"a""b"', ['any=a', 'any=b']],
    ['a"b', ['any=a"b']],
    ['5"', ['any=5"']],
    ['“git hub”', ['any=git hub']],
    ['"title:git"', ['any=title:git']],
    ['"-git"', ['any=-git']],
    ['-', []],
    ['- git', ['any=git']],
    ['git -', ['any=git']],
    ['git - hub', ['any=git', 'any=hub']],
    ['-git', ['-any=git']],
    ['-g', []],
    ['-g ', ['-any=g']],
    ['-g hub', ['-any=g', 'any=hub']],
    ['-"g"', ['-any=g']],
    ['-"g', []],
    ['-"git hub"', ['-any=git hub']],
    ['-"', []],
    ['--git', ['-any=-git']],
    ['--', []],
    ['-- ', ['-any=-']],
    ['a-b', ['any=a-b']],
    ['title:git', ['title=git']],
    ['TITLE:Git', ['title=git']],
    ['title:"git hub"', ['title=git hub']],
    ['title:"git', ['title=git']],
    ['title: git', ['any=git']],
    ['title:', []],
    ['title:"', []],
    ['title:""', []],
    ['-title:git', ['-title=git']],
    ['-title:g', []],
    ['-title:', []],
    ['title:-git', ['title=-git']],
    ['title:user:git', ['title=user:git']],
    ['user:alice', ['user=alice']],
    ['user:', []],
    ['-user:alice', ['-user=alice']],
    ['url:git', ['url=git']],
    ['url:http:', ['url=http:']],
    ['tag:work', ['tag=work…']],
    ['tag:work ', ['tag=work']],
    ['tag:"work"', ['tag=work']],
    ['tag:"my work', ['tag=my work…']],
    ['tag:Work/AWS x', ['tag=work/aws', 'any=x']],
    ['tag:work/', ['tag=work…']],
    ['tag:/work//', ['tag=work…']],
    ['tag:/', []],
    ['tag:', []],
    ['-tag:work', ['-tag=work']],
    ['-tag:w', ['-tag=w']],
    ['-tag:', []],
    ['kind:login', ['kind=login…']],
    ['kind:log ', ['kind=log…']],
    ['-kind:log', ['-kind=log']],
    ['-kind:log ', ['-kind=log…']],
    ['kind:', []],
    ['is:favourite', ['state=favourite…']],
    ['IS:Fav', ['state=fav…']],
    ['-is:trashed', ['-state=trashed']],
    ['is:weak', ['state=weak…']],
    ['is:', []],
    ['foo:bar', ['any=foo:bar']],
    ['-foo:bar', ['-any=foo:bar']],
    ['12:30', ['any=12:30']],
    [':', ['any=:']],
    ['titles:git', ['any=titles:git']],
    ['subtitle:git', ['any=subtitle:git']],
    ['https:', ['any=https:']],
    ['https://', ['any=https://']],
    ['https://g', ['site=g<']],
    ['https://github.com', ['site=github.com<']],
    ['https://github.com/a/b?c=d#e', ['site=github.com<']],
    ['HTTPS://WWW.GitHub.com:443/', ['site=github.com<']],
    ['https://www.', ['site=www.<']],
    ['www.github.com/x', ['site=github.com<']],
    ['www.', ['any=www.']],
    ['http://user:pass@a.b.example.com/', ['site=a.b.example.com<b.example.com|example.com']],
    [
      'https://a.b.c.d.e.f.example/',
      ['site=a.b.c.d.e.f.example<c.d.e.f.example|d.e.f.example|e.f.example|f.example'],
    ],
    ['https://müller.de/', ['site=muller.de|xn--mller-kva.de<']],
    ['https://192.168.1.10/x', ['site=192.168.1.10<']],
    ['https://[::1]:8080/', ['site=[::1]<']],
    ['https://[', ['site=[<']],
    ['https://exa mple.com', ['site=exa<', 'any=mple.com']],
    ['android://aGFzaA==@com.example.app/', ['site=com.example.app<example.app']],
    ['url:https://github.com/x', ['site=github.com<']],
    ['title:https://github.com', ['title=https://github.com']],
    ['"https://github.com"', ['any=https://github.com']],
    ['-https://github.com/', ['-site=github.com<']],
    ['-https://g', []],
    ['-https://', []],
    ['-https:', []],
    ['-https: ', ['-any=https:']],
    ['mailto:a@b.example', ['any=mailto:a@b.example']],
    ['git user:alice -tag:old is:code', ['any=git', 'user=alice', '-tag=old', 'state=code…']],
  ])('reads %j as %j', (text, terms) => {
    expect(written(text)).toEqual(terms);
  });

  it('never throws, and gives only texts that are folded and not empty', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), anyQueryText);
    fc.assert(
      fc.property(anyText, (text) => {
        const texts = parseQuery(text).terms.flatMap((term) => {
          if (term.by === 'site') return [term.hosts.at(0) ?? '', ...term.hosts, ...term.parents];
          return [term.by === 'text' ? term.text : term.name];
        });
        expect(texts).toEqual(texts.map(fold));
        expect(texts.includes('')).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the start of a pasted book, at once', () => {
    expect(parseQuery('word '.repeat(100_000)).terms).toHaveLength(32);
    const [term] = parseQuery('x'.repeat(1_000_000)).terms;
    expect(term).toMatchObject({ by: 'text', text: 'x'.repeat(512) });
    expect(parseQuery(`https://${'a.'.repeat(100_000)}example/`).terms).toHaveLength(1);
  });
});
