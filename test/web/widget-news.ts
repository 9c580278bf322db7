/** What a widget is told, as a running system would tell it: two regions and a witness, one monitor down. */
import { regionId } from '../../src/core/basics/brand';
import { day } from '../../src/core/basics/time';
import type { ReportView } from '../../src/core/views';
import type { WidgetView } from '../../src/core/widget/view';
import { ago, announcement, failing, incident, ireland, monitor, ohio, seen, status } from './news';
import { type Piece, past } from './past';

/** The last day of a monitor. */
export function lastDay(id: string, pieces: readonly Piece[] = [], figures: Partial<ReportView> = { known: 1, coverage: 1 }): readonly [string, ReportView] {
  const query = new URLSearchParams({ monitor: id, from: ago(day), to: ago(0), steps: '1' });
  return [id, { ...past(query, pieces), ...figures }];
}

export function widgetView(over: Partial<WidgetView> = {}): WidgetView {
  return {
    readIn: regionId(ireland),
    now: Date.now() as never,
    tookMs: 84,
    status: status(),
    isRead: true,
    unread: [],
    reports: new Map(['catalogue', 'payments', 'search'].map((id) => lastDay(id))),
    announcements: [],
    channels: [
      { name: 'ops-mail', kind: 'email' },
      { name: 'ops-hook', kind: 'webhook' },
    ],
    beatIntervalMs: 60_000,
    theme: 'light',
    ...over,
  };
}

/** One monitor is down, and had a bad night. */
export function troubledView(over: Partial<WidgetView> = {}): WidgetView {
  const regions = { [ireland]: failing({ ageMs: 12_000 }), [ohio]: failing({ ageMs: 41_000, latencyMs: 96 }) };
  const payments = monitor('payments', {
    target: 'https://pay.example.com/health',
    verdict: 'down',
    since: ago(130_000),
    reason: 'every-region-fails',
    regions,
  });
  const catalogue = monitor('catalogue', { target: 'https://shop.example.com/catalogue' });
  const search = monitor('search', {
    target: 'https://search.example.com/?q=ping',
    isFlaky: true,
    reason: 'fails-now-and-then',
    regions: { [ireland]: seen({ latencyMs: 31, ageMs: 12_000 }), [ohio]: seen({ latencyMs: 140, ageMs: 41_000 }) },
  });
  const night: readonly Piece[] = [
    { hours: [6, 6.8], state: 'unknown' },
    { hours: [11, 11.5], state: 'down' },
    { hours: [23.96, 24], state: 'down' },
  ];
  const resolved = incident({
    key: 'search:availability',
    subject: 'search',
    condition: 'down',
    state: 'resolved',
    openedAt: ago(4 * 3_600_000),
    resolvedAt: ago(3.5 * 3_600_000),
  });
  return widgetView({
    status: status({ monitors: [catalogue, payments, search], incidents: [incident(), resolved] }),
    reports: new Map([
      lastDay('catalogue'),
      lastDay('payments', night, { known: 0.97791, coverage: 0.96667 }),
      lastDay('search', [{ hours: [20, 20.5], state: 'down' }], { known: 0.97917, coverage: 1 }),
    ]),
    announcements: [
      announcement({ text: 'PAGE payments is DOWN (confirmed)', channel: 'sns:eu-west-1' }),
      announcement({ kind: 'resolved', text: 'RESOLVED search is up again', channel: 'sns:us-east-2', region: ohio, at: ago(3.5 * 3_600_000) }),
    ],
    runbookUrl: 'https://wiki.example.com/runbook',
    ...over,
  });
}
