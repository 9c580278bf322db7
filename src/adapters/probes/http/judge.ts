/** Whether an answer is a good one: everything that is expected, in a fixed order, the first that is wrong being told. */
import type { NumberRule } from '../../../core/config/conditions';
import type { HttpExpectation, HttpProbe } from '../../../core/config/kinds/http/probe';
import type { Phases } from '../../../core/observation';
import { numberWords, unmetNumber } from '../conditions/numbers';
import { daysText, daysUntil } from '../days-left';
import type { Failure } from '../failure';
import type { Means } from '../means';
import { quotedSeen } from '../printable';
import { slowFailure, tookText } from '../trying';
import type { Answer, Check } from './check';
import { bodyBytesMax } from './exchange';
import { statusFailure, statusWords, tooLargeFailure } from './status';

export type Judge = (answer: Answer, context: { readonly phases: Phases; readonly tell: Means['tell'] }) => Failure | undefined;

/** Loads what the conditions of a monitor need, and nothing else. */
export async function judgeOf(probe: HttpProbe): Promise<Judge> {
  const { expect } = probe;
  const needsTexts = expect.headers !== undefined || expect.url !== undefined || expect.address !== undefined;
  const texts = needsTexts ? (await import('./judge-texts')).textChecks(expect) : [];
  const bodies = expect.body === undefined ? [] : await (await import('./judge-body')).bodyChecks(expect.body);
  const checks = [
    statusCheck(expect),
    ...plainChecks(expect),
    ...texts,
    ...bodyFrame(probe),
    ...bodies,
    ...(expect.withinMs === undefined ? [] : [withinCheck(expect.withinMs)]),
  ];
  return (answer, { phases, tell }) => {
    if (tell !== undefined) for (const check of checks) explain(check, { answer, phases, tell });
    for (const check of checks) {
      const failure = check.failure(answer, phases);
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
}

function explain({ what, wanted, seen, failure }: Check, { answer, phases, tell }: { answer: Answer; phases: Phases; tell: NonNullable<Means['tell']> }): void {
  tell({ what, wanted, seen: seen(answer, phases), isGood: failure(answer, phases) === undefined });
}

const statusCheck = ({ status }: HttpExpectation): Check => ({
  what: 'status',
  wanted: statusWords(status),
  seen: ({ response }) => String(response.status),
  failure: ({ response, body }) => statusFailure({ ...response, body }, status),
});

function plainChecks({ tls, versions, daysLeft }: HttpExpectation): readonly Check[] {
  const overTls: Check = {
    what: 'tls',
    wanted: 'an answer over TLS',
    seen: ({ url }) => url.protocol.slice(0, -1),
    failure: ({ url }) => (url.protocol === 'https:' ? undefined : { reason: 'tls-missing', detail: `${url.host} answered over plain http, wanted TLS` }),
  };
  const spoken: Check = {
    what: 'HTTP version',
    wanted: versions?.join(' or ') ?? '',
    seen: ({ response }) => response.version,
    failure: ({ response }) =>
      versions?.includes(response.version) === true
        ? undefined
        : { reason: 'http-version', detail: `HTTP/${response.version}, wanted HTTP/${versions?.join(' or HTTP/')}` },
  };
  return [...(tls === true ? [overTls] : []), ...(daysLeft === undefined ? [] : [daysCheck(daysLeft)]), ...(versions === undefined ? [] : [spoken])];
}

const daysLeftOf = ({ response }: Answer): number => daysUntil(response.certificateEndsMs ?? Number.NaN, Date.now());

const daysCheck = (wanted: NumberRule): Check => ({
  what: 'days left',
  wanted: numberWords(wanted),
  seen: (answer) => daysText(daysLeftOf(answer)),
  failure(answer) {
    if (answer.url.protocol === 'http:') return { reason: 'tls-missing', detail: `${answer.url.host} answered over plain http, where no certificate is shown` };
    const days = daysLeftOf(answer);
    const unmet = unmetNumber(wanted, days);
    if (unmet === undefined) return undefined;
    return {
      reason: 'tls-days',
      detail: `the certificates have ${Number.isNaN(days) ? 'an end that cannot be read' : `${daysText(days)} days left`}, wanted ${unmet}`,
    };
  },
});

/** Whether there is a body that can be judged at all, and its size. */
function bodyFrame({ expect, request, limitBytes }: HttpProbe): readonly Check[] {
  const { size, body } = expect;
  const needsBody = size !== undefined || body !== undefined || request?.compression !== undefined;
  const packing: Check = {
    what: 'encoding',
    wanted: request?.compression?.join(' or ') ?? 'not packed',
    seen: ({ response }) => packingOf(response.headers['content-encoding']),
    failure: ({ trouble }) => trouble,
  };
  const limit: Check = {
    what: 'limit',
    wanted: `at most ${limitBytes ?? bodyBytesMax}`,
    seen: ({ response, isTooLarge }) => (isTooLarge ? 'more' : `a body of ${response.bytes} ${response.bytes === 1 ? 'byte' : 'bytes'}`),
    failure: (answer) => tooLargeFailure(answer.isTooLarge, answer.limitBytes),
  };
  return [...(needsBody ? [packing] : []), limit, ...(size === undefined ? [] : [sizeCheck(size)])];
}

const packingOf = (coding: unknown): string => (coding === undefined || coding === '' ? 'not packed' : quotedSeen(String(coding)));

const sizeCheck = (size: NonNullable<HttpExpectation['size']>): Check => ({
  what: 'size',
  wanted: `${numberWords(size)} bytes`,
  seen: ({ body }) => String(body.length),
  failure({ body }) {
    const wanted = unmetNumber(size, body.length);
    return wanted === undefined ? undefined : { reason: 'size', detail: `the body has ${body.length} bytes, wanted ${wanted}` };
  },
});

const withinCheck = (withinMs: number): Check => ({
  what: 'time',
  wanted: `within ${withinMs} ms`,
  seen: (_answer, phases) => tookText(phases),
  failure: (_answer, phases) => slowFailure(phases, withinMs),
});
