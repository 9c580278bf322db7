/** The chain from the evidence to what was said, as people read it in a terminal. */
import type { FoundWhyView, MonitorWhyView, ObserverWhyView, RegionWhyView, VoiceWhyView, WhyView } from '../../src/core/why/why-view';
import { incidentText } from './incident-text';
import { row, table } from './layout';
import { agoText, reasonText, spanText, timeText } from './words';

export function whyText(view: WhyView): string {
  const lines = view.kind === 'monitor' ? monitorText(view) : view.kind === 'region' ? regionText(view) : incidentText(view);
  return `${lines.join('\n')}\n`;
}

function monitorText(view: MonitorWhyView): readonly string[] {
  const { verdict, written, incident } = view;
  return [
    ...row('monitor', `${view.id}  ${view.target}`),
    ...row('at', timeText(view.now)),
    '',
    ...table('evidence', view.voices.flatMap(voiceRows)),
    '',
    ...row('identity', identityText(view.identity)),
    ...row('verdict', `${verdict.verdict} (${verdict.certainty}): ${reasonText(verdict)}`),
    ...row('log', `${written.transition === null ? 'nothing to write' : `${written.transition} is about to be written`}: ${reasonText(written)}`),
    '',
    ...(incident === null ? row('incident', 'none is known, so there is nothing to tell') : incidentText(incident)),
  ];
}

function identityText(identity: MonitorWhyView['identity']): string {
  if (identity === undefined) return 'not proven: the monitor names nobody who must answer';
  return `${identity.words}; wanted ${identity.wanted}`;
}

function voiceRows(voice: VoiceWhyView): readonly (readonly string[])[] {
  const { region, says, reason, why, run, ageMs, address, phases, health } = voice;
  if (says === '?') return [[region, '?', `${reasonText({ reason, why })}, last seen ${agoText(ageMs)}`]];
  const symptom = why === '' ? '' : `${why.startsWith(reason) ? '' : `${reason}: `}${why}; `;
  const detail = [`${symptom}${run ?? 0} in a row, newest ${agoText(ageMs)}; by itself it calls it ${health}`];
  const how = [address === null ? '' : `from ${address}`, phases === null ? '' : phasesText(phases)].filter((text) => text !== '').join(': ');
  return [[region, says, ...detail], ...(how === '' ? [] : [['', '', how]])];
}

function phasesText({ dnsMs, connectMs, tlsMs, firstByteMs, transferMs }: NonNullable<VoiceWhyView['phases']>): string {
  return `name ${dnsMs}, connect ${connectMs}, TLS ${tlsMs}, first byte ${firstByteMs}, transfer ${transferMs} ms`;
}

function regionText(view: RegionWhyView): readonly string[] {
  const { beat, observers, incidents } = view;
  return [
    ...row('region', `${view.name}  ${view.role}`),
    ...row('at', timeText(view.now)),
    '',
    ...row('beat', beat === null ? (view.role === 'witness' ? 'none: a witness probes nothing' : 'none was ever seen') : beatText(beat)),
    ...(beat === null ? [] : row('coverage', `${beat.covered} of ${beat.expected} monitors that were due; canaries: ${beat.canaries}`)),
    ...(observers.length === 0
      ? row('watch', 'no region has written what it sees of it')
      : observers.flatMap((observer) => ['', ...observerText(observer, view)])),
    '',
    ...(incidents.length === 0 ? row('incident', 'none is known, so there is nothing to tell') : []),
    ...incidents.flatMap((incident, index) => [...(index === 0 ? [] : ['']), ...incidentText(incident)]),
  ];
}

function beatText({ slot, ageMs, codeVersion, configHash, isOutdated }: NonNullable<RegionWhyView['beat']>): string {
  const configuration = isOutdated ? `${configHash}, which is not the newest` : configHash;
  return `${timeText(slot)}, ${agoText(ageMs)}; version ${codeVersion}, configuration ${configuration}`;
}

function observerText({ observer, ageMs, self, prober, watchdog }: ObserverWhyView, { name, now }: RegionWhyView): readonly string[] {
  const remark = observer === name ? 'of itself, ' : '';
  return [
    ...row('seen by', `${observer}, ${remark}written ${agoText(ageMs)}; it finds itself ${self}`),
    ...(prober === null ? [] : foundRows('prober', prober, now)),
    ...(watchdog === null ? [] : foundRows('watchdog', watchdog, now)),
  ];
}

const foundRows = (label: string, found: FoundWhyView, now: string): readonly string[] => [
  ...row(`  ${label}`, `${found.state} for ${spanText(found.since, now)}: ${found.paths}`),
  ...row('', `log: ${reasonText(found.written)}`),
];
