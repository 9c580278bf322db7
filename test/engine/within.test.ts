import { Refused } from '../../src/engine/ports';
import { within } from '../../src/engine/within';
import { smallWorld } from './small-world';

const { clock } = smallWorld().world.ports;

it.each([
  ['a value', Promise.resolve(7), { kind: 'done', value: 7 }],
  ['an error', Promise.reject(new Error('the line is dead')), { kind: 'failed', error: 'the line is dead', isRefused: false }],
  ['a refusal', Promise.reject(new Refused('not yours')), { kind: 'failed', error: 'not yours', isRefused: true }],
  ['what is no error', Promise.reject('odd'), { kind: 'failed', error: 'odd', isRefused: false }],
  ['silence', new Promise(() => undefined), { kind: 'failed', error: 'no answer within 50 ms', isRefused: false }],
])('work that ends with %s is a value', async (_case, work, outcome) => {
  expect(await within(clock, 50, work)).toEqual(outcome);
});
