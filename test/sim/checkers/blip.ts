/** S2: a link that is lost for a while, a replication that stalls, a tick that never fires: one at a time, nobody hears of it. */
import { minute } from '../../../src/core/basics/time';
import { roundSlackMs } from './bounds';
import type { Checker, Evidence } from './evidence';
import type { Harm } from './harm';

/** The watch forgets what came before after this much calm. */
const apartMs = 3 * minute;

export const blip: Checker = (evidence) => {
  if (!isNothingButBlips(evidence)) return [];
  const said = evidence.history.announced.map((one) => ({ promise: 'S2', at: one.at, what: `a blip was announced: ${one.headline}` }));
  const opened = evidence.history.logged.filter(({ body }) => body.kind === 'opened');
  return [...said, ...opened.map(({ at, body }) => ({ promise: 'S2', at, what: `a blip became an incident: ${String(body.key)}` }))];
};

/** One fault may take several things at once, as a link does; of two faults each must be over for long enough. */
function isNothingButBlips(evidence: Evidence): boolean {
  const { faults, harms, config } = evidence;
  if (config.regions.witness === undefined) return false;
  const areApart = faults.every((one, index) => faults.slice(index + 1).every((other) => Math.abs(one.begins - other.begins) === 0 || isApart(one, other)));
  return areApart && harms.every((harm) => isBlip(harm, evidence));
}

function isBlip(harm: Harm, { config }: Evidence): boolean {
  const lastsMs = harm.ends - harm.begins;
  switch (harm.takes) {
    case 'calls':
      return lastsMs <= 10 * minute;
    case 'replication':
      return lastsMs < 5 * minute - roundSlackMs(config);
    case 'some-rounds':
    case 'ticks':
    case 'some-looks':
      return lastsMs <= minute && config.watch.tolerateMs >= minute;
    case 'clock':
    case 'anchors':
    case 'topic':
      return true;
    default:
      return false;
  }
}

const isApart = (one: Harm | Evidence['faults'][number], other: Harm | Evidence['faults'][number]): boolean =>
  one.begins - other.ends >= apartMs || other.begins - one.ends >= apartMs;
