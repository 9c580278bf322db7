/**
 * Logs as regions really write them: each concludes from what it sees and knows, tells what is due, and learns from the others
 * when they can be reached. Clocks differ by minutes, views lag, and a month may begin at any moment.
 */
import fc from 'fast-check';
import { decideAnnouncements } from '../../src/core/announcement';
import { type Instant, instant, type RegionId, slotAt } from '../../src/core/basics/brand';
import { minute, monthOf, second } from '../../src/core/basics/time';
import { conclude, type Finding } from '../../src/core/conclusion';
import { foldIncidents, type Incident, latestByKey } from '../../src/core/incident';
import { entryId, type LogBody, type LogEntry } from '../../src/core/log';
import { restatementsDue } from '../../src/core/restatement';
import { east, entry, middle, opened, resolved, seconds, west } from './builders';

const regions: readonly RegionId[] = [west, east, middle];

export interface Drawn {
  readonly regions: number;
  readonly skewsMs: readonly number[];
  readonly events: readonly DrawnEvent[];
}

interface DrawnEvent {
  readonly region: number;
  readonly isSync: boolean;
  readonly condition: 'well' | 'down' | 'partial' | 'flaky';
  readonly severity: 'page' | 'ticket';
  readonly subject: string;
  /** How many slots each region's knowledge of the others lags behind. */
  readonly lag: number;
  readonly afterSeconds: number;
}

const beginsAt = Date.parse('2026-11-30T23:50:00Z');

const drawnEvent = (subjects: readonly string[]): fc.Arbitrary<DrawnEvent> =>
  fc.record({
    region: fc.nat(2),
    isSync: fc.boolean(),
    condition: fc.constantFrom('well', 'well', 'down', 'down', 'partial', 'flaky'),
    severity: fc.constantFrom('page', 'ticket'),
    subject: fc.constantFrom(...subjects),
    lag: fc.constantFrom(0, 0, 0, 1, 2, 4),
    afterSeconds: fc.constantFrom(1, 10, 40, 200),
  });

const drawn = (subjects: readonly string[]): fc.Arbitrary<Drawn> =>
  fc.record({
    regions: fc.constantFrom(2, 3),
    skewsMs: fc.array(fc.integer({ min: -5 * minute, max: 5 * minute }), { minLength: 3, maxLength: 3 }),
    events: fc.array(drawnEvent(subjects), { minLength: 3, maxLength: 26 }),
  });

/** The union of all regions' logs. */
export const histories = (subjects: readonly string[] = ['shop', 'search']): fc.Arbitrary<readonly LogEntry[]> => drawn(subjects).map(played);

function played({ regions: count, skewsMs, events }: Drawn): readonly LogEntry[] {
  const writers = regions.slice(0, count).map((region, index) => new Writer(region, skewsMs[index] ?? 0));
  let at = beginsAt;
  for (const event of events) {
    at += event.afterSeconds * second;
    const writer = writers[event.region % count];
    if (writer === undefined) continue;
    if (event.isSync) for (const other of writers) writer.learn(other);
    else writer.look(event, instant(at), writers.length);
  }
  return writers.flatMap((writer) => writer.written);
}

interface View {
  readonly entries: readonly LogEntry[];
  readonly incidents: readonly Incident[];
}

class Writer {
  readonly written: LogEntry[] = [];
  private readonly known = new Map<string, LogEntry>();
  private view: View | undefined;
  readonly region: RegionId;
  private readonly skewMs: number;

  constructor(region: RegionId, skewMs: number) {
    this.region = region;
    this.skewMs = skewMs;
  }

  learn(other: Writer): void {
    for (const entry of other.written) this.known.set(entryId(entry), entry);
    this.view = undefined;
  }

  /** What this region knows, put together again only after it has learnt or written something. */
  private knows(): View {
    const entries = [...this.known.values()];
    this.view ??= { entries, incidents: foldIncidents(entries) };
    return this.view;
  }

  look(event: DrawnEvent, trueTime: Instant, count: number): void {
    const now = instant(trueTime + this.skewMs);
    const finding = this.finding(event, trueTime, count);
    const conclusion = conclude(finding, latestByKey(this.knows().incidents).get(finding.about.key));
    if (conclusion.kind === 'write') this.write(conclusion.body, now);
    const listener = { me: this.region, now, regions: regions.slice(0, count), finds: new Map([[finding.about.key, finding.condition]]) };
    const { incidents, entries } = this.knows();
    for (const decision of decideAnnouncements(incidents, entries, listener)) {
      if (decision.kind === 'note') this.write({ ...decision.about, kind: 'noted' }, now);
      if (decision.kind === 'say') {
        this.write({ ...decision.about, kind: 'announced', reason: decision.reason, text: '' }, now);
        this.write({ ...decision.about, kind: 'receipt', level: 'accepted', topic: this.region, messageId: 'm' }, now);
      }
    }
    const month = monthOf(now);
    for (const body of restatementsDue({ ...this.knows(), region: this.region, month })) this.write(body, now);
  }

  /** This region sees itself as it is, and the others as they were. */
  private finding({ condition, severity, subject, lag }: DrawnEvent, trueTime: Instant, count: number): Finding {
    const slot = Math.floor(trueTime / second / 10);
    const evidence = Object.fromEntries(regions.slice(0, count).map((region) => [region, slotAt((region === this.region ? slot : slot - lag) * 10)]));
    const about = { key: `${subject}:availability`, subject, family: 'availability', severity, certainty: 'confirmed', speaker: this.region } as const;
    return { condition, reason: 'every-region-fails', evidence, about, facts: () => [`seen by ${this.region}`] };
  }

  private write(body: LogBody, now: Instant): void {
    const month = monthOf(now);
    const n = this.written.filter((entry) => entry.month === month).length + 1;
    const entry: LogEntry = { writer: this.region, region: this.region, month, n, at: now, by: 'watchdog', body };
    this.written.push(entry);
    this.known.set(entryId(entry), entry);
    this.view = undefined;
  }
}

/** Entries that no region would write like that: any evidence at any time. */
export const anyLogs: fc.Arbitrary<readonly LogEntry[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('opened', 'changed', 'resolved', 'known-end'),
      condition: fc.constantFrom('down', 'partial'),
      severity: fc.constantFrom('page', 'ticket'),
      evidence: fc.dictionary(fc.constantFrom(west, east, middle), fc.nat(6).map(slotAt), { noNullPrototype: true }),
      region: fc.constantFrom(west, east),
      second: fc.nat(60),
    }),
    { maxLength: 14 },
  )
  .map((drawn) =>
    drawn.map(({ kind, condition, severity, evidence, region, second }, index) => {
      const place = { region, n: index + 1, at: seconds(second) };
      const about = { key: 'shop:availability', incident: 'unknown' as never, transition: 'resolved', condition } as const;
      if (kind === 'resolved') return entry(resolved({ evidence }), place);
      if (kind === 'known-end') return entry({ ...about, kind: 'announced', reason: '', text: '', of: resolved({ evidence }) }, place);
      return entry({ ...opened({ condition, severity, evidence }), kind } as never, place);
    }),
  );
