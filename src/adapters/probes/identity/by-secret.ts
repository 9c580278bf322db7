/** Who has the secret of a host: whoever signs a nonce that was never sent before. No copy of an answer, and no clone of a disk without it, can. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HttpProbe } from '../../../core/config/kinds/http/probe';
import type { Identity } from '../../../core/config/kinds/identity/probe';
import { isFailure } from '../failure';
import { hop } from '../http/hop';
import type { Trying } from '../trying';
import type { Answerer, Unproven } from './answerer';

type BySecret = Extract<Identity, { by: 'secret' }>;

const answerBytesMax = 4096;

/**
 * Asks the host of the monitor at the address that gave the answer, over a connection of its own. What it takes is no time of the answer's.
 * `address` is unknown behind a proxy.
 */
export async function answererBySecret(probe: HttpProbe, identity: BySecret, asked: { trying: Trying; address: string | undefined }): Promise<Answerer> {
  const nonce = randomBytes(16).toString('hex');
  const url = new URL(`${identity.path}?n=${nonce}`, probe.url);
  const { course, means } = asked.trying;
  course.enter('aside');
  const trying: Trying = { means, course: { ...course, enter: () => undefined }, seen: {} };
  const headers = { 'user-agent': means.userAgent, accept: 'application/json', 'accept-encoding': 'identity' };
  const there: HttpProbe = asked.address === undefined ? probe : { ...probe, connectTo: asked.address };
  const response = await hop({ url, method: 'GET', headers, limitBytes: answerBytesMax, keepsBody: true }, { probe: there, isHome: true, trying });
  if (isFailure(response)) return unproven(identity, response.detail);
  if (response.status !== 200) return unproven(identity, `status ${response.status}`);
  return judged(Buffer.from(response.body).toString('utf8'), nonce, identity);
}

const unproven = ({ path }: BySecret, why: string): Unproven => ({ kind: 'unproven', why: `no proof at ${path} (${why})` });

/** `{ "id": "shop-eu-1", "hmac": "…" }`: HMAC-SHA256 in hex of `<nonce>|<id>`. */
function judged(text: string, nonce: string, identity: BySecret): Answerer {
  const { id, hmac } = parsed(text);
  if (id === undefined || hmac === undefined) return unproven(identity, 'no JSON with `id` and `hmac`');
  if (!identity.equals.includes(id)) return { kind: 'another', as: id };
  const wanted = createHmac('sha256', identity.secret).update(`${nonce}|${id}`).digest();
  const signed = Buffer.from(hmac, 'hex');
  const isSigned = signed.length === wanted.length && timingSafeEqual(signed, wanted);
  return isSigned ? { kind: 'itself', as: id } : { kind: 'another', as: `${id}, without its secret` };
}

function parsed(text: string): { readonly id?: string; readonly hmac?: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    return {
      ...('id' in value && typeof value.id === 'string' ? { id: value.id } : {}),
      ...('hmac' in value && typeof value.hmac === 'string' ? { hmac: value.hmac } : {}),
    };
  } catch {
    return {};
  }
}
