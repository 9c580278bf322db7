/** What three regions say of one subject that changes now and then. */
import { decideAnnouncements } from '../../src/core/announcement';
import { type Instant, instant, type RegionId, slotAt } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { Finding } from '../../src/core/conclusion';
import { type Condition, rowOf } from '../../src/core/condition';
import type { Decision } from '../../src/core/decision';
import { foldIncidents } from '../../src/core/incident';
import { dedupKey, entryId, type LogBody, type LogEntry } from '../../src/core/log';
import { wordsFor } from '../../src/core/message/message';
import { type Arranged, nothingArranged, type Quiet } from '../../src/core/orders/arranged';
import type { Stretch } from '../../src/core/timeline';
import { at, east, entry, middle, opened, resolved, west } from './builders';

export const regions = [west, east, middle];
export const begins = at('06:00');

/** A world of three regions that share one log: what happened is written by the first, and each tells what is due. */
export class Story {
  readonly entries: LogEntry[] = [];
  readonly said: string[] = [];
  /** Regions that are away neither note nor say anything. */
  readonly away = new Set<RegionId>();
  now: Instant = begins;
  /** From when to when nobody wants to hear of it. */
  quiet: Stretch | undefined;
  private finds: Finding['condition'] = 'well';

  private readonly family: 'availability' | 'watch';

  constructor(family: 'availability' | 'watch' = 'availability') {
    this.family = family;
  }

  /** A change of the subject, so many minutes after the one before. */
  change(to: Condition | 'well', afterMinutes: number, by: RegionId = west): this {
    this.pass(afterMinutes);
    const slot = slotAt(Math.floor(this.now / second));
    const about = { key: dedupKey('shop', this.family), subject: 'shop', family: this.family, evidence: { [west]: slot, [east]: slot }, speaker: by } as const;
    const isOpen = foldIncidents(this.entries).some((incident) => incident.resolvedAt === undefined);
    const severity = to !== 'well' && rowOf(to).severity === 'ticket-at-most' ? ('ticket' as const) : ('page' as const);
    this.write(to === 'well' ? resolved(about) : ({ ...opened({ ...about, condition: to, severity }), kind: isOpen ? 'changed' : 'opened' } as LogBody), by);
    this.finds = to;
    return this.look();
  }

  /** Time without a change, in which everybody looks now and then. */
  pass(minutes: number): this {
    const until = instant(this.now + minutes * minute);
    const stepMs = minutes > 20 ? 5 * minute : minutes > 2 ? minute : 10 * second;
    while (this.now + stepMs < until) {
      this.now = instant(this.now + stepMs);
      this.look();
    }
    this.now = until;
    return this;
  }

  look(): this {
    for (const region of regions) if (!this.away.has(region)) this.speak(region);
    return this;
  }

  decisions(me: RegionId, entries: readonly LogEntry[] = this.entries): readonly Decision[] {
    const finds = new Map([[dedupKey('shop', this.family), this.finds]]);
    return decideAnnouncements(foldIncidents(entries), entries, { me, now: this.now, regions, finds, arranged: this.arranged() });
  }

  reasons = (): readonly string[] => this.decisions(west).map(({ reason }) => reason);

  private arranged(): Arranged {
    const { quiet } = this;
    if (quiet === undefined) return nothingArranged;
    const found: Quiet = { kind: 'maintenance', of: { kind: 'all' }, name: 'plan', by: 'plan', ...quiet };
    return {
      ...nothingArranged,
      quietAt: (_subject, time) => (time >= quiet.from && time < quiet.to ? found : undefined),
      quietEndedBefore: (_subject, time) => (time >= quiet.to ? quiet.to : undefined),
    };
  }

  private speak(me: RegionId): void {
    const incidents = foldIncidents(this.entries);
    for (const [index, decision] of this.decisions(me).entries()) {
      if (decision.kind === 'silence') continue;
      const { about } = decision;
      if (decision.kind === 'note') {
        this.write({ ...about, kind: 'noted' }, me);
        continue;
      }
      const steps = incidents.flatMap((incident) => incident.transitions.map((transition) => ({ incident, transition })));
      const words = wordsFor({ ...steps[index]!, flaps: decision.flaps, reason: decision.reason, by: me, now: this.now });
      this.said.push(`${me}: ${words.subject}`);
      const knows = about.transition === 'resolved' || about.as === 'flapping' ? { knows: this.receiptsOfOthers(me) } : {};
      this.write({ ...about, ...knows, kind: 'announced', reason: decision.reason, text: words.subject }, me);
      this.write({ ...about, ...knows, kind: 'receipt', level: 'accepted', topic: me, messageId: 'm' }, me);
    }
  }

  private receiptsOfOthers(me: RegionId): readonly string[] {
    return this.entries.filter(({ region, body }) => region !== me && body.kind === 'receipt').map(entryId);
  }

  private write(body: LogBody, region: RegionId): void {
    this.entries.push(entry(body, { region, n: this.entries.length + 1, at: this.now }));
  }
}

export const flapped = (story = new Story()): Story =>
  story.change('down', 0).change('well', 3).change('down', 3).change('well', 3).change('down', 3).change('well', 3).change('down', 3).change('well', 3);
