import { configOf, mistakesOf, textWith } from '../config-text';

const monitors = '{ shop: { http: https://shop.example.com/, group: web }, docs: { http: https://docs.example.com/ } }';
const file = (feed: string): string => textWith({ monitors, feed });

it.each([
  ['{}', { of: { kind: 'all' }, title: 'twinwatch' }],
  ['{ title: Status of Example, monitors: [shop] }', { of: { kind: 'some', monitors: ['shop'], groups: [] }, title: 'Status of Example' }],
  [
    '{ groups: [web], url: "https://status.example.com/feed.atom" }',
    { of: { kind: 'some', monitors: [], groups: ['web'] }, title: 'twinwatch', url: 'https://status.example.com/feed.atom' },
  ],
])('the feed %s', (written, expected) => {
  expect(configOf(file(written)).feed).toEqual(expected);
});

it('is of nothing that is observed or decided', () => {
  expect(configOf(file('{ monitors: [shop] }')).hash).toBe(configOf(file('{ title: x }')).hash);
});

it.each([
  ['{ monitors: [shpo] }', 'there is no monitor "shpo"; did you mean shop?'],
  ['{ groups: [wbe] }', 'there is no group "wbe"; did you mean web?'],
  ['{ url: status.example.com }', 'feed.url'],
  ['{ tilte: x }', 'tilte'],
])('%s is a mistake', (written, said) => {
  expect(mistakesOf(file(written)).join('\n')).toContain(said);
});

it('who only has subscribers has nobody who is told', () => {
  const subscribers = '{ post: { url: "https://status.example.com/hook", public: true } }';
  expect(configOf(textWith({ monitors, channels: `{ all: ${subscribers} }` })).channels).toEqual([
    { kind: 'post', name: 'all', url: 'https://status.example.com/hook', method: 'POST', headers: {}, isPublic: true },
  ]);
});

describe('a dead-man service that a region tells each hour', () => {
  const channels = (region: string): string => textWith({ monitors, channels: `{ pulse: { post: { url: "https://hc-ping.com/x", alwaysOn: ${region} } } }` });

  it('is a channel of its own', () => {
    expect(configOf(channels('eu-west-1')).channels).toMatchObject([{ name: 'pulse', alwaysOn: 'eu-west-1' }]);
  });

  it.each([
    ['ap-south-1', 'twinwatch does not run in ap-south-1'],
    ['mars', 'channels.pulse.post'],
  ])('%s', (region, said) => {
    expect(mistakesOf(channels(region)).join('\n')).toContain(said);
  });
});
