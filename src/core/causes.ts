/** What may be behind the trouble of a monitor, and behind that of others as well. */
import type { Monitor } from './config/config';
import type { Judgement, Voice } from './verdict';

/** Such as `host shop.example.com`, `certificates (tls-expired)`, `the view from eu-west-1`; the likeliest first. */
export function causesOf({ probe, hidden = [] }: Monitor, { verdict }: Pick<Judgement, 'verdict'>, voices: readonly Voice[]): readonly string[] {
  const failing = voices.flatMap((voice) => (voice.kind === 'fresh' && !voice.sample.ok ? [voice] : []));
  if (failing.length === 0) return [];
  const reasons = [...new Set(failing.map(({ sample }) => sample.reason))];
  const isOfCertificate = reasons.every((reason) => certificateReasons.includes(reason));
  const host = hostOf(probe);
  const isSecret = host !== undefined && hidden.some((text) => host.includes(text));
  return [
    ...(isOfCertificate ? [`certificates (${reasons.join(', ')})`] : []),
    ...(verdict === 'partial' ? [`the view from ${failing.map(({ region }) => region).join(' and ')}`] : []),
    ...(host === undefined || isSecret ? [] : [`host ${host}`]),
  ];
}

const certificateReasons: readonly string[] = ['tls-expired', 'tls-untrusted', 'tls-name', 'tls-days', 'tls-pin'];

function hostOf(probe: Monitor['probe']): string | undefined {
  if ('url' in probe) return /^[a-z]+:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#]+)/i.exec(probe.url)?.[1];
  if ('host' in probe) return probe.host;
  return undefined;
}
