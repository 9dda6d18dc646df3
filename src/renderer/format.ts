// Numbers, sizes and times as people read them, in the language of the system where it matters.
// SPDX-License-Identifier: MIT

const numbers = new Intl.NumberFormat('en');
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const clockTimes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export function formatCount(count: number): string {
  return numbers.format(count);
}

/** `1 item`, `2 items`; `plural` for words that do not just take an s. */
export function formatAmount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

export function formatDay(at: number): string {
  return days.format(at);
}

/** `today, 09:12`, `yesterday, 21:40` or the day. */
export function formatTime(at: number, now: number): string {
  const time = clockTimes.format(at);
  if (formatDay(at) === formatDay(now)) return `today, ${time}`;
  if (formatDay(at) === formatDay(now - 86_400_000)) return `yesterday, ${time}`;
  return `${formatDay(at)}, ${time}`;
}

export function formatSize(bytes: number): string {
  if (bytes < 1000) return formatAmount(bytes, 'byte');
  if (bytes < 1_000_000) return `${formatCount(Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `1:42` for 102 seconds; never negative. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
