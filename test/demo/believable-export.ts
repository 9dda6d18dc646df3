// A browser's export of a person's logins, made up, for pictures: names of imaginary or generic sites.
// SPDX-License-Identifier: MIT

const SITES: readonly (readonly [title: string, host: string, username: string])[] = [
  ['GitHub', 'github.com', 'anna.klein@example.org'],
  ['Nordbank', 'nordbank.example', '4711-0815'],
  ['Harbour Hosting', 'console.harbour.example', 'K0193344556'],
  ['Postbox', 'mail.postbox.example', 'anna@klein.example'],
  ['City Railways', 'tickets.cityrail.example', 'anna.klein@example.org'],
  ['Home router', '192.168.1.1', 'admin'],
  ['Mozilla account', 'accounts.firefox.com', 'anna.klein@example.org'],
  ['Team chat', 'chat.workshop.example', 'anna'],
  ['Town library', 'library.town.example', '20 114 883'],
  ['Wikipedia', 'en.wikipedia.org', 'AnnaK'],
  ['Tax office', 'portal.tax.example', 'AK-1979-0412'],
  ['Photo archive', 'photos.archive.example', 'anna.klein@example.org'],
  ['Bakery orders', 'orders.bakery.example', 'anna'],
  ['Electricity', 'my.current.example', '883-220-19'],
  ['Cinema club', 'members.cinema.example', 'anna.k'],
  ['npm', 'www.npmjs.com', 'annaklein'],
  ['Weather station', 'station.weather.example', 'klein'],
  ['School portal', 'parents.school.example', 'klein-family'],
  ['Insurance', 'service.shelter.example', 'P-4471-99'],
  ['Running shoes', 'shop.stride.example', 'anna.klein@example.org'],
  ['Video calls', 'meet.window.example', 'anna.klein'],
  ['Allotment garden', 'garden.green.example', 'plot 41'],
  ['Debian forum', 'forums.debian.net', 'annak'],
  ['Podcast host', 'studio.podcast.example', 'two-voices'],
];

/** `name,url,username,password,note`. */
export function believableExport(): string {
  const lines = SITES.map(([title, host, username], index) => {
    const password = `kT${index}#vqL${(index * 7919) % 97}-mzPw;eR${index % 9}`;
    const note = index === 0 ? '"Recovery codes are in the safe, second drawer."' : '';
    return `${title},https://${host}/login,${username},${password},${note}`;
  });
  return ['name,url,username,password,note', ...lines, ''].join('\r\n');
}
