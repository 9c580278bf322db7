/** The JSON of `/api/why`: the chain behind what is said: evidence, verdict, what was written down, what was told, and every silence with its reason. */
import type { Severity } from '../config/config';
import type { ChannelNewsView, IdentityView, IncidentView, MonitorView } from '../views';

export type WhyView = MonitorWhyView | RegionWhyView | IncidentWhyView;

/** A reason of a closed set, and the same in words. */
export interface ReasonView {
  readonly reason: string;
  readonly why: string;
}

export interface MonitorWhyView {
  readonly kind: 'monitor';
  readonly now: string;
  readonly id: string;
  readonly target: string;
  readonly voices: readonly VoiceWhyView[];
  /** Who must answer, and when that was last proven; absent where nobody is named. */
  readonly identity?: IdentityView | undefined;
  readonly verdict: ReasonView & Pick<MonitorView, 'verdict' | 'certainty'>;
  /** What whoever sees the same writes down now: a transition, or nothing. */
  readonly written: ReasonView & { readonly transition: 'opened' | 'changed' | 'resolved' | null };
  /** The open one, or the one that was resolved last. */
  readonly incident: IncidentWhyView | null;
}

export interface VoiceWhyView {
  readonly region: string;
  readonly says: 'ok' | 'fails' | '?';
  /** Own health, once enough samples in a row have shown it. */
  readonly health: 'up' | 'down' | 'unknown';
  /** How the newest sample ended; of a `?`, why there is none that counts. */
  readonly reason: string;
  readonly why: string;
  /** Samples in a row with this outcome, and since when. */
  readonly run: number | null;
  readonly since: string | null;
  readonly ageMs: number | null;
  readonly address: string | null;
  readonly phases: Readonly<Record<'dnsMs' | 'connectMs' | 'tlsMs' | 'firstByteMs' | 'transferMs', number>> | null;
}

export interface RegionWhyView {
  readonly kind: 'region';
  readonly now: string;
  readonly name: string;
  readonly role: 'prober' | 'witness';
  /** The newest beat that anyone can read. */
  readonly beat: BeatWhyView | null;
  readonly observers: readonly ObserverWhyView[];
  /** Open ones first, then the newest resolved ones. */
  readonly incidents: readonly IncidentWhyView[];
}

export interface BeatWhyView {
  readonly slot: string;
  readonly ageMs: number;
  readonly covered: number;
  readonly expected: number;
  readonly canaries: string;
  readonly codeVersion: string;
  readonly configHash: string;
  /** Whether another region has a newer configuration. */
  readonly isOutdated: boolean;
}

export interface ObserverWhyView {
  readonly observer: string;
  /** Age of its watch record: old words are shown as old. */
  readonly ageMs: number;
  /** What it finds of itself. */
  readonly self: string;
  readonly prober: FoundWhyView | null;
  readonly watchdog: FoundWhyView | null;
}

export interface FoundWhyView {
  readonly state: string;
  readonly since: string;
  /** The evidence in words, path by path. */
  readonly paths: string;
  /** What that means for the log. */
  readonly written: ReasonView;
}

export interface IncidentWhyView extends IncidentView {
  readonly kind: 'incident';
  readonly now: string;
  readonly aliases: readonly string[];
  /** Why nothing new is told of it now, and who sees to it. */
  readonly quiet: ArrangedView | null;
  readonly taken: ArrangedView | null;
  /** Whether it is said again, by each region. */
  readonly again: StepWhyView['now'];
  readonly steps: readonly StepWhyView[];
}

export interface ArrangedView {
  readonly kind: 'ack' | 'silence' | 'maintenance';
  readonly by: string;
  /** The id of the order, or the file in which it is planned. */
  readonly order: string;
  readonly why: string | null;
  readonly until: string;
}

export interface StepWhyView {
  readonly course: 'opened' | 'worsened' | 'eased' | 'changed' | 'resolved';
  readonly condition: string;
  readonly severity: Severity;
  readonly concluded: readonly ConcludedWhyView[];
  readonly told: readonly ToldWhyView[];
  /** What each region does about it now, silence included. */
  readonly now: readonly (ReasonView & { readonly region: string; readonly does: 'speaks' | 'notes' | 'keeps silent' })[];
}

export interface ConcludedWhyView extends ReasonView {
  readonly region: string;
  readonly by: 'prober' | 'watchdog' | 'relay';
  readonly at: string;
  /** Up to which time each region had been seen. */
  readonly evidence: Readonly<Record<string, string>>;
  readonly facts: readonly string[];
}

/** Of what was told before this month only the receipt may be known. */
export interface ToldWhyView extends ReasonView {
  readonly region: string;
  readonly at: string;
  /** Told together with others: of one cause, or because there were too many messages. */
  readonly gathered: 'cause' | 'cap' | null;
  readonly receipt: { readonly topic: string; readonly at: string; readonly messageId: string } | null;
  readonly channels: readonly ChannelNewsView[];
}
