/** What happened, as an Atom feed (RFC 4287): any reader can subscribe to it. */
import type { Instant } from '../basics/brand';
import { isoTime } from '../basics/time';
import type { Happening } from './happenings';

export interface Feed {
  readonly title: string;
  /** Where it is published, if that is known: ids begin with its host, and readers learn its address. */
  readonly url?: string | undefined;
  /** Newest first. */
  readonly happenings: readonly Happening[];
  /** When it was changed last, where nothing has happened. */
  readonly since: Instant;
}

/** Readers ask again and again, and keep what they have. */
const mostEntries = 50;
/** A name that can belong to nobody. */
const nobodysHost = 'twinwatch.example';

export function atomFeed({ title, url, happenings, since }: Feed): string {
  const host = hostOf(url) ?? nobodysHost;
  const shown = happenings.slice(0, mostEntries);
  const updated = shown[0]?.updatedAt ?? since;
  const link = url === undefined ? [] : [`  <link rel="self" type="application/atom+xml" href="${escaped(url)}"/>`];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${tagOf(host, 'feed')}</id>`,
    `  <title>${escaped(title)}</title>`,
    `  <updated>${isoTime(updated)}</updated>`,
    '  <author><name>twinwatch</name></author>',
    ...link,
    ...shown.flatMap((happening) => entryLines(happening, host)),
    '</feed>',
    '',
  ].join('\n');
}

const entryLines = ({ id, state, title, lines, publishedAt, updatedAt }: Happening, host: string): readonly string[] => [
  '  <entry>',
  `    <id>${tagOf(host, id)}</id>`,
  `    <title>${escaped(title)}</title>`,
  `    <published>${isoTime(publishedAt)}</published>`,
  `    <updated>${isoTime(updatedAt)}</updated>`,
  `    <category term="${state}"/>`,
  `    <content type="text">${escaped(lines.join('\n'))}</content>`,
  '  </entry>',
];

/** A tag (RFC 4151): never an address that would change. */
const tagOf = (host: string, name: string): string => `tag:${escaped(host)},2026:${escaped(name)}`;

const hostOf = (url: string | undefined): string | undefined => /^https?:\/\/(?:[^/?#@]*@)?([a-z0-9.-]+)/i.exec(url ?? '')?.[1]?.toLowerCase();

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** What XML has no way to write: most control characters, and half of a pair, which is no character at all. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string => text.replace(unwritable, '\ufffd').replace(/[&<>"']/g, (letter) => references[letter] ?? letter);
