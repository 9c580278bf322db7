import { AlarmBook } from '../../local/alarm-book';
import type { AlarmEvent } from '../../local/aws/edge-messages';
import { alarmText } from '../../local/screen';
import { regionId } from '../../src/core/basics/brand';

const [eu, us] = [regionId('eu-west-1'), regionId('us-east-2')];
const name = 'twinwatch-prober-silent-us-east-2';
const event = (state: AlarmEvent['state'], isNews = true): AlarmEvent => ({ kind: 'alarm', name, description: 'd', state, reason: 'r', since: '', isNews });

it('keeps what each region said last', () => {
  const book = new AlarmBook();
  book.hear(eu, event('OK'));
  book.hear(us, event('OK'));
  book.hear(eu, event('ALARM'));
  expect(book.list().map(({ region, state }) => [region, state])).toEqual([
    [eu, 'ALARM'],
    [us, 'OK'],
  ]);
});

it('has a line for what fires and what is well again, and none for how things begin', () => {
  const book = new AlarmBook();
  const steps = [event('INSUFFICIENT_DATA', false), event('OK'), event('ALARM'), event('ALARM', false), event('OK'), event('INSUFFICIENT_DATA')];
  expect(steps.map((step) => alarmText(eu, name, book.hear(eu, step)))).toEqual([
    undefined,
    undefined,
    `CloudWatch in eu-west-1: ${name} is ALARM, told to its own topic`,
    undefined,
    `CloudWatch in eu-west-1: ${name} is OK again`,
    `CloudWatch in eu-west-1: ${name} is INSUFFICIENT_DATA, told to its own topic`,
  ]);
});
