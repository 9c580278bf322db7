/** One try of an http monitor that wants more than a status: redirects, tunnels, packed bodies, and every condition. */
import type { HttpProbe } from '../../../core/config/kinds/http/probe';
import type { Attempt, Phases } from '../../../core/observation';
import { type Failure, isFailure } from '../failure';
import { discreet, without } from '../hidden-texts';
import type { Means } from '../means';
import { printable } from '../printable';
import { type Trying, tryOut } from '../trying';
import type { Answer } from './check';
import { type Cookies, noCookies } from './cookies';
import { bodyBytesMax, type Question } from './exchange';
import { hop } from './hop';
import { judgeOf } from './judge';
import { firstQuestion, isSameHost, nextQuestion, redirectIn } from './questions';
import { rehearsed } from './rehearsal';
import { unpack } from './unpack';

export async function probeInFull(probe: HttpProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  // What judges is loaded before the clock runs.
  const [judge] = await Promise.all([judgeOf(probe), rehearsed()]);
  const { identity } = probe;
  const answering = identity === undefined ? undefined : await import('../identity/in-http');
  const authorizing = probe.request?.oauth2 === undefined ? undefined : await import('./access-token');
  const hidden: string[] = [];
  const tell = discreet(means.tell, hidden);
  const attempt = await tryOut(
    timeoutMs,
    { ...means, tell },
    {
      async run(trying) {
        const token = await authorizing?.accessToken(probe, trying);
        if (token !== undefined && isFailure(token)) return token;
        if (token !== undefined) hidden.push(token.text);
        const found = await follow(token === undefined ? probe : withBearer(probe, token.text), trying);
        if (isFailure(found)) return found;
        if (found.response.status === 401) token?.forget();
        return answering === undefined ? found : answering.withAnswererOf(found, probe, trying);
      },
      judge(answer: Answer, phases: Phases) {
        const failure = judge(answer, { phases, tell });
        return answering === undefined ? failure : answering.judgeAnswerer(answer, failure, { identity, tell });
      },
    },
  );
  return { ...attempt, detail: without(hidden, attempt.detail) };
}

const withBearer = (probe: HttpProbe, bearer: string): HttpProbe => ({ ...probe, request: { ...probe.request, bearer } });

/** From redirect to redirect: each hop resolves, connects and secures anew, under the same rules of where a probe may lead. */
async function follow(probe: HttpProbe, trying: Trying): Promise<Answer | Failure> {
  const first = new URL(probe.url);
  const visited: string[] = [];
  let home: Pick<Answer, 'homeAddress' | 'answerer'> = { homeAddress: '' };
  let cookies: Cookies = noCookies;
  let question = firstQuestion(probe, trying.means);
  for (;;) {
    visited.push(question.url.href);
    const isHome = isSameHost(first, question.url);
    const response = await hop(cookies.on(question), { probe, isHome, trying });
    if (isFailure(response)) return visited.length === 1 ? response : afterRedirect(response, question);
    if (isHome) home = { homeAddress: addressIn(trying), answerer: response.answerer };
    const location = redirectIn(response);
    if (probe.redirects === undefined || location === undefined) {
      const unpacked = await unpack(response, { probe, method: question.method });
      return { ...unpacked, url: question.url, limitBytes: probe.limitBytes ?? bodyBytesMax, address: addressIn(trying), ...home };
    }
    cookies = await cookies.with(response, question.url);
    const next = nextQuestion(question, { status: response.status, location, first });
    if (isFailure(next)) return next;
    if (visited.length > probe.redirects) return tooMany(visited, next.url);
    question = next;
    trying.course.enter('dns');
  }
}

/** Without its port. */
const addressIn = ({ seen }: Trying): string => (seen.address ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

/** A target that sends its users where a probe may not go is no trouble of the prober. */
function afterRedirect({ reason, detail }: Failure, { url }: Question): Failure {
  return { reason: reason === 'address-refused' ? 'redirect' : reason, detail: `redirected to ${printable(url.host)}: ${detail}` };
}

function tooMany(visited: readonly string[], next: URL): Failure {
  const words = visited.includes(next.href) ? 'redirected in a circle' : 'redirected again';
  return { reason: 'redirect', detail: `${words} after ${visited.length - 1} redirects, to ${printable(next.origin + next.pathname)}` };
}
