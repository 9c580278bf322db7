/** No invocation throws, and none is still at work when its time is over: the engine gives up by itself what takes too long. */
import type { Checker } from './evidence';

export const orderly: Checker = ({ history }) =>
  history.endings.map(({ at, region, role, how, detail }) => ({ promise: 'orderly', at, what: `${role} in ${region} ${how}: ${detail}` }));
