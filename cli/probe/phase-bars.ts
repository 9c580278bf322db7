/** The phases of a probe below each other, each with a bar where it stands in time. */
import { type Phases, totalMs } from '../../src/core/observation';

export const phaseNames: Readonly<Record<keyof Phases, string>> = {
  dnsMs: 'name',
  connectMs: 'connect',
  tlsMs: 'TLS',
  firstByteMs: 'first byte',
  transferMs: 'transfer',
};

const barWidth = 40;

/** Rows of name, time and bar; a phase that was not reached has none. */
export function phaseBars(phases: Phases): readonly (readonly string[])[] {
  const perMs = barWidth / Math.max(totalMs(phases), 1);
  const widest = Math.max(...Object.values(phases).map((ms: number) => timeText(ms).length));
  let begun = 0;
  return (Object.keys(phaseNames) as (keyof Phases)[]).flatMap((phase) => {
    const ms = phases[phase];
    if (ms === 0) return [];
    const [from, to] = [Math.round(begun * perMs), Math.round((begun + ms) * perMs)];
    begun += ms;
    const bar = to > from ? '█'.repeat(to - from) : '▏';
    return [[phaseNames[phase], timeText(ms).padStart(widest), `${'\u00a0'.repeat(Math.min(from, barWidth - 1))}${bar}`]];
  });
}

export const timeText = (ms: number): string => `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
