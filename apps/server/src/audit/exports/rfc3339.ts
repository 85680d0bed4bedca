/** PostgreSQL's `2026-11-28 07:05:09.123456+00` in RFC 3339 with milliseconds, as JSON pages have it. */
export function rfc3339(text: string): string {
  const [, day, time, fraction = ''] = /^(\S+) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text)!;
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
