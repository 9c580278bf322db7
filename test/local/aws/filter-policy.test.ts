import { isWanted } from '../../../local/aws/filter-policy';
import { channelPolicy } from '../../../src/core/names';

const named = (...names: string[]) => ({ channels: { Type: 'String.Array', Value: JSON.stringify(names) } });

describe('a subscription of a channel', () => {
  it.each([
    ['a message that names it', named('pager'), true],
    ['one that names it and others', named('mail', 'pager'), true],
    ['one that names others', named('mail'), false],
    ['one that names nobody', named(), false],
    ['one that is for everybody', named('~all'), true],
    ['one without names, as those of alarms are', {}, false],
    ['one with other attributes', { team: { Type: 'String', Value: 'a' } }, false],
    ['one whose names are no list', { channels: { Type: 'String.Array', Value: '{' } }, false],
    ['one with a single name', { channels: { Type: 'String', Value: 'pager' } }, true],
  ])('%s', (_what, attributes, wanted) => {
    expect(isWanted(channelPolicy('pager'), attributes)).toBe(wanted);
  });

  it('wants everything without a policy', () => {
    expect(isWanted(undefined, named('mail'))).toBe(true);
    expect(isWanted(undefined, {})).toBe(true);
    expect(isWanted({}, {})).toBe(true);
  });

  it('gets nothing that has no attribute at all, not even where it asks that one be absent', () => {
    const absent = { team: [{ exists: false }] };
    expect([isWanted(absent, {}), isWanted(absent, named('mail'))]).toEqual([false, true]);
  });
});
