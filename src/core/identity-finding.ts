/** From judgements of monitors to what would be written of who answers them: who should, who did, and who was mixed up with whom. */
import { targetLines, voiceLines } from './availability-finding';
import type { Instant, MonitorId, RegionId } from './basics/brand';
import type { Finding } from './conclusion';
import { severityOf } from './condition';
import type { Config, Monitor } from './config/config';
import { answererIn } from './identity';
import { type Incident, isOpen } from './incident';
import { dedupKey, monitorSubject } from './log';
import { type Impersonated, type MixUp, mixUps } from './mix-up';
import type { Judgement, Voice } from './verdict';

/** A monitor that was judged. */
export interface Judged {
  readonly monitor: Monitor;
  readonly judgement: Judgement;
  readonly voices: readonly Voice[];
}

export interface Question {
  readonly config: Config;
  readonly me: RegionId;
  readonly now: Instant;
  /** The newest incident of each key. */
  readonly latest: ReadonlyMap<string, Incident>;
}

const keyOf = ({ id }: Monitor): string => dedupKey(monitorSubject(id), 'identity');
const isImpersonated = ({ judgement }: Judged): boolean => judgement.verdict === 'misidentified';

/** Of monitors of which nothing is and was wrong in this way nothing has to be said. */
export function identityFindings(judged: readonly Judged[], question: Question): readonly Finding[] {
  const concerned = judged.filter((one) => isImpersonated(one) || question.latest.has(keyOf(one.monitor)));
  if (concerned.length === 0) return [];
  const impersonated = concerned.filter((one) => isImpersonated(one) && !one.judgement.isUnsure).map((one) => impersonatedOf(one, question));
  const found = mixUps(impersonated, question.config.monitors);
  return concerned.map((one) => identityFinding(one, found.get(one.monitor.id), question));
}

function impersonatedOf({ monitor, voices }: Judged, { latest }: Question): Impersonated {
  const incident = latest.get(keyOf(monitor));
  return { monitor, answerers: answerersOf(voices), told: incident !== undefined && isOpen(incident) ? incident.severity : undefined };
}

const answerersOf = (voices: readonly Voice[]): readonly string[] => [
  ...new Set(voices.flatMap((voice) => (voice.kind === 'fresh' && !voice.sample.ok ? (answererIn(voice.sample.detail) ?? []) : []))),
];

function identityFinding(one: Judged, mixUp: MixUp | undefined, { config, me, now }: Question): Finding {
  const { monitor, judgement, voices } = one;
  const subject = monitorSubject(monitor.id);
  const teller = mixUp?.teller ?? monitor.id;
  return {
    condition: conditionOf(judgement),
    undecided: judgement.isUnsure ? 'not-yet-confirmed' : undefined,
    reason: judgement.reason,
    evidence: judgement.evidence,
    about: {
      key: keyOf(monitor),
      subject,
      family: 'identity',
      severity: teller === monitor.id ? severityOf('misidentified', { lastsMs: 0, configured: monitor.severity }) : 'note',
      certainty: judgement.certainty,
      speaker: judgement.completedBy ?? me,
    },
    facts: () => [
      ...voiceLines(voices, { config, now }),
      ...(mixUp?.facts ?? []),
      ...toldLines(monitor.id, teller),
      ...targetLines(monitor, { voices, config, now }),
    ],
  };
}

function conditionOf({ verdict, isUnsure }: Judgement): Finding['condition'] {
  if (isUnsure) return undefined;
  if (verdict === 'misidentified') return verdict;
  return verdict === 'up' ? 'well' : undefined;
}

const toldLines = (id: MonitorId, teller: MonitorId): readonly string[] => (id === teller ? [] : [`told together with ${teller}`]);
