/** One try of an http monitor. Most only ask a URL and want a status: they pay for nothing else. */
import type { HttpProbe } from '../../../core/config/kinds/http/probe';
import type { Attempt, Phases } from '../../../core/observation';
import { type Failure, isFailure } from '../failure';
import type { Place } from '../heard-connection';
import type { Means } from '../means';
import { contextOf } from '../own-context';
import { resolveAddress } from '../resolve';
import { slowFailure, type Trying, tryOut } from '../trying';
import { askBriefly, type BriefQuestion, briefly } from './ask-briefly';
import { bodyBytesMax, type Response } from './exchange';
import { statusFailure, tooLargeFailure } from './status';

export function probeHttp(probe: HttpProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  const plan = planOf(probe, means);
  if (plan === 'in-full' || means.tell !== undefined) return import('./full-probe').then(({ probeInFull }) => probeInFull(probe, timeoutMs, means));
  const allowed = probe.mayBePrivate === true ? { ...means, allowPrivate: true } : means;
  // Authorities are read before the clock runs.
  const security = securityOf(plan, means);
  return tryOut(timeoutMs, allowed, {
    run: (trying) => ask(plan, security, trying),
    judge: (response, phases) => judge(response, phases, probe.expect),
  });
}

interface Plan {
  readonly probe: HttpProbe;
  readonly question: BriefQuestion;
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
}

const simpleKeys: readonly string[] = ['kind', 'url', 'mayBePrivate', 'connectTo', 'tls', 'expect'];
const simplyExpected: readonly string[] = ['status', 'withinMs'];

/** For the life of what the file says: the same is asked in each round. */
const plans = new WeakMap<HttpProbe, Plan | 'in-full'>();

function planOf(probe: HttpProbe, means: Means): Plan | 'in-full' {
  let plan = plans.get(probe);
  if (plan === undefined || (plan !== 'in-full' && plan.question.headers['user-agent'] !== means.userAgent)) {
    plan = isSimple(probe) ? planned(probe, means) : 'in-full';
    plans.set(probe, plan);
  }
  return plan;
}

function isSimple(probe: HttpProbe): boolean {
  for (const key in probe) if (!simpleKeys.includes(key)) return false;
  for (const key in probe.expect) if (!simplyExpected.includes(key)) return false;
  return true;
}

function planned(probe: HttpProbe, { userAgent }: Means): Plan {
  const url = new URL(probe.url);
  const isSecure = url.protocol === 'https:';
  const headers = { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity' };
  return {
    probe,
    question: briefly({ url, method: 'GET', headers, limitBytes: bodyBytesMax, keepsBody: false }),
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 443 : 80)),
    isSecure,
  };
}

/** Whose handshake failed by what we offered, for all that is known: they are offered everything from then on, by the second try of the same round first. */
const demanding = new WeakSet<HttpProbe>();

function securityOf({ probe, host, isSecure }: Plan, means: Means): Place['security'] {
  if (!isSecure) return undefined;
  const { tls } = probe;
  const usual = demanding.has(probe) ? means.secureContext : means.openContext;
  const name = (tls?.serverName ?? host).replace(/\.$/, '');
  return { name, secureContext: contextOf(tls, means, usual), certificate: tls?.insecure === true ? 'any' : 'judged' };
}

async function ask({ probe, question, host, port }: Plan, security: Place['security'], trying: Trying): Promise<Response | Failure> {
  const { course, means, seen } = trying;
  const resolving = resolveAddress(probe.connectTo ?? host, means);
  const found = resolving instanceof Promise ? await resolving : resolving;
  if (isFailure(found)) return found;
  const { address, family } = found;
  const at = family === 6 ? `[${address}]:${port}` : `${address}:${port}`;
  seen.address = at;
  const answer = await askBriefly(question, { address, port, at, security }, course);
  if (isFailure(answer) && answer.reason === 'tls-error') demanding.add(probe);
  return answer;
}

/** The first thing that is wrong with a response, if anything is. */
function judge(response: Response, phases: Phases, { status, withinMs }: HttpProbe['expect']): Failure | undefined {
  return statusFailure(response, status) ?? tooLargeFailure(response.isTooLarge, bodyBytesMax) ?? slowFailure(phases, withinMs);
}
