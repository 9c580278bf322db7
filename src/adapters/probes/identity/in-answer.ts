/** Who gave an answer, by what stands in it. */
import type { Identity } from '../../../core/config/kinds/identity/probe';
import type { Answer } from '../http/check';
import { type Answerer, answererOf } from './answerer';

type Said = Extract<Identity, { by: 'header' | 'json' }>;

export async function answererInAnswer(answer: Answer, identity: Said): Promise<Answerer> {
  return identity.by === 'header' ? byHeader(answer, identity) : byBody(answer, identity);
}

/** One host has one name: of several values none is believed. */
function byHeader({ response }: Answer, identity: Said & { by: 'header' }): Answerer {
  const values = [response.headers[identity.name] ?? []].flat();
  const [said] = values;
  if (said === undefined || said.trim() === '') return { kind: 'unproven', why: `the answer has no header ${identity.name}` };
  if (values.length > 1) return { kind: 'unproven', why: `the answer has ${values.length} headers ${identity.name}` };
  return answererOf(said.trim(), identity);
}

async function byBody({ body, trouble }: Answer, identity: Said & { by: 'json' }): Promise<Answerer> {
  if (trouble !== undefined) return { kind: 'unproven', why: `the body cannot be read (${trouble.detail})` };
  const { valuesIn } = await import('../http/json-values');
  const values = valuesIn(Buffer.from(body).toString('utf8'), identity.path);
  if (typeof values === 'string') return { kind: 'unproven', why: values };
  const [said] = values;
  if (values.length === 1 && (typeof said === 'string' || typeof said === 'number') && said !== '') return answererOf(String(said), identity);
  return { kind: 'unproven', why: values.length === 0 ? `there is nothing at ${identity.path}` : `${identity.path} leads to no one text or number` };
}
