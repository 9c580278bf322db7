import { turnOf } from '../../src/adapters/lambda/turn';

const turn = { kind: 'schedule', scheduledTime: '2026-11-21T04:02:00Z' };
const queued = (body: string) => ({ Records: [{ messageId: 'm', eventSource: 'aws:sqs', body }] });

it.each<[string, unknown, string | undefined]>([
  ['the schedule itself', turn, '2026-11-21T04:02:00.000Z'],
  ['a queue', queued(JSON.stringify({ ...turn, delaySeconds: 30 })), '2026-11-21T04:02:30.000Z'],
  ['a queue that held nothing back', queued(JSON.stringify(turn)), '2026-11-21T04:02:00.000Z'],
  ['a schedule that filled nothing in', { ...turn, scheduledTime: '<aws.scheduler.scheduled-time>' }, undefined],
  ['a queue with what is no turn', queued('<html>'), undefined],
  ['a queue with nothing', { Records: [] }, undefined],
  ['somebody by hand', {}, undefined],
  ['nobody knows what', null, undefined],
])('a turn that comes from %s has the time for which it was meant', (_from, event, scheduledTime) => {
  expect(turnOf(event)).toEqual({ scheduledTime });
});
