/** No invocation throws, and none is still at work when its time is over: the engine gives up by itself what takes too long. */
import { minute, second } from '../../../src/core/basics/time';
import type { Checker } from './evidence';

/** An invocation that hangs is killed so much later. */
const killedAfterMs = 2 * minute - 10 * second;

export const orderly: Checker = ({ history, harms }) =>
  history.endings.flatMap(({ at, region, role, how, detail }) => {
    const isOfFault = harms.some(
      (harm) => harm.takes === 'code' && harm.region === region && harm.role === role && at >= harm.begins && at <= harm.ends + killedAfterMs,
    );
    return isOfFault ? [] : [{ promise: 'orderly', at, what: `${role} in ${region} ${how}: ${detail}` }];
  });
