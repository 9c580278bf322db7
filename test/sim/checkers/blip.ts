/** S2: a link that is lost for a while, a replication that stalls, a tick that never fires: one at a time, nobody hears of it. */
import { minute } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { roundSlackMs } from './bounds';
import type { Checker, Evidence } from './evidence';

/** The watch forgets what came before after this much calm. */
const apartMs = 3 * minute;

export const blip: Checker = (evidence) => {
  if (!isNothingButBlips(evidence)) return [];
  const said = evidence.history.announced.map((one) => ({ promise: 'S2', at: one.at, what: `a blip was announced: ${one.headline}` }));
  const opened = evidence.history.logged.filter(({ body }) => body.kind === 'opened');
  return [...said, ...opened.map(({ at, body }) => ({ promise: 'S2', at, what: `a blip became an incident: ${String(body.key)}` }))];
};

function isNothingButBlips(evidence: Evidence): boolean {
  const { faults, config } = evidence;
  if (config.regions.witness === undefined) return false;
  return faults.every((fault) => isBlip(fault, evidence)) && faults.every((fault) => faults.every((other) => fault === other || areApart(fault, other)));
}

function isBlip(fault: Fault, { config }: Evidence): boolean {
  const lastsMs = fault.ends - fault.begins;
  switch (fault.kind) {
    case 'link-cut':
      return lastsMs <= 10 * minute;
    case 'replication-stalled':
      return lastsMs < 5 * minute - roundSlackMs(config);
    case 'lost-minute':
      return config.watch.tolerateMs >= minute;
    case 'region-dark':
    case 'target-down':
      return false;
  }
}

const areApart = (one: Fault, other: Fault): boolean => one.begins - other.ends >= apartMs || other.begins - one.ends >= apartMs;
