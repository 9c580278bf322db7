/** One try of an http monitor. Most only ask a URL and want a status: they pay for nothing else. */
import type { HttpProbe } from '../../../core/config/kinds/http/probe';
import type { Attempt, Phases } from '../../../core/observation';
import { secure } from '../connection';
import { type Failure, isFailure } from '../failure';
import type { Means } from '../means';
import { reach } from '../reach';
import { slowFailure, type Trying, tryOut } from '../trying';
import { bodyBytesMax, type Response } from './exchange';
import { exchangeSimply } from './exchange-simple';
import { statusFailure, tooLargeFailure } from './status';

export async function probeHttp(probe: HttpProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  if (!isSimple(probe) || means.tell !== undefined) return (await import('./full-probe')).probeInFull(probe, timeoutMs, means);
  const allowed = probe.mayBePrivate === true ? { ...means, allowPrivate: true } : means;
  return tryOut(timeoutMs, allowed, {
    run: (trying) => ask(new URL(probe.url), trying),
    judge: (response, phases) => judge(response, phases, probe.expect),
  });
}

const simpleKeys: readonly string[] = ['kind', 'url', 'mayBePrivate', 'expect'];
const simplyExpected: readonly string[] = ['status', 'withinMs'];

/** Asked anew each time: remembering it would cost as much. */
function isSimple(probe: HttpProbe): boolean {
  for (const key in probe) if (!simpleKeys.includes(key)) return false;
  for (const key in probe.expect) if (!simplyExpected.includes(key)) return false;
  return true;
}

async function ask(url: URL, trying: Trying): Promise<Response | Failure> {
  const { course, means } = trying;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const reached = await reach(host, Number(url.port || (isSecure ? 443 : 80)), trying);
  if (isFailure(reached)) return reached;
  const { socket, at } = reached;
  const ready = isSecure ? await secure(socket, host, { course, at, secureContext: means.secureContext(), tell: means.tell }) : socket;
  if (isFailure(ready)) return ready;
  const headers = { 'user-agent': means.userAgent, accept: '*/*', 'accept-encoding': 'identity' };
  return exchangeSimply({ url, method: 'GET', headers, limitBytes: bodyBytesMax, keepsBody: false }, ready, course);
}

/** The first thing that is wrong with a response, if anything is. */
function judge(response: Response, phases: Phases, { status, withinMs }: HttpProbe['expect']): Failure | undefined {
  return statusFailure(response, status) ?? tooLargeFailure(response.isTooLarge, bodyBytesMax) ?? slowFailure(phases, withinMs);
}
