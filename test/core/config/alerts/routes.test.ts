import { hour, minute } from '../../../../src/core/basics/time';
import { configOf, mistakesOf, textWith } from '../config-text';

const channels = '{ mail: { email: ops@example.com }, pager: { webhook: https://ops.example.com/hook } }';
const monitorsWith = (shop: string, docs = ''): string =>
  `{ shop: { http: https://shop.example.com/, ${shop} }, docs: { http: https://docs.example.com/${docs === '' ? '' : `, ${docs}`} } }`;
const file = (routes: string): string => textWith({ channels, monitors: monitorsWith('group: web'), routes: `[${routes}]` });

describe('routes', () => {
  it('say of what, how grave, what is said and which label, and who is told', () => {
    const written =
      '{ monitors: [docs], groups: [web], severity: [page], verdict: [down], labels: { team: a }, channels: [pager], continue: true, escalate: [{ after: 1h, channels: [mail] }, { after: 15m, channels: [pager] }] }';
    expect(configOf(file(written)).routes).toEqual([
      {
        of: { kind: 'some', monitors: ['docs'], groups: ['web'] },
        severities: ['page'],
        verdicts: ['down'],
        labels: { team: 'a' },
        channels: ['pager'],
        goesOn: true,
        escalations: [
          { afterMs: 15 * minute, channels: ['pager'] },
          { afterMs: hour, channels: ['mail'] },
        ],
      },
    ]);
    expect(configOf(file('{ channels: [mail] }')).routes).toEqual([{ channels: ['mail'], goesOn: false, escalations: [] }]);
  });

  it.each([
    ['{ channels: [pagr] }', 'routes[0].channels[0]: there is no channel "pagr"; did you mean pager?'],
    ['{ channels: [] }', 'routes[0].channels: [] tells nobody; write the names of channels such as [pager]'],
    ['{ severity: [page] }', 'routes[0].channels: `channels` is missing; write the names of channels such as [pager]'],
    ['{ severity: page, channels: [mail] }', 'routes[0].severity: "page" is no list of severities; write a list such as [page, ticket]'],
    ['{ severity: [pgae], channels: [mail] }', 'routes[0].severity[0]: "pgae" is no severity; did you mean page?'],
    ['{ verdict: [dwn], channels: [mail] }', 'routes[0].verdict[0]: "dwn" is no list of what may be said of a monitor; write a list such as [down, partial]'],
    ['{ monitors: [shap], channels: [mail] }', 'routes[0].monitors[0]: there is no monitor "shap"; did you mean shop?'],
    ['{ channels: [mail], escalate: [{ after: 15, channels: [mail] }] }', 'routes[0].escalate[0].after: 15 has no unit; write 15s'],
    [
      '{ channels: [mail], escalate: [{ after: 15m, channels: [boss] }] }',
      'routes[0].escalate[0].channels[0]: there is no channel "boss"; write one of mail, pager',
    ],
  ])('%s', (written, said) => {
    expect(mistakesOf(file(written))).toContain(said);
  });
});

describe('what monitors are called together', () => {
  it('groups, labels over those of the defaults, and what they depend on', () => {
    const text = textWith({ defaults: '{ labels: { team: a, tier: "1" } }', monitors: monitorsWith('group: web, labels: { team: b }, dependsOn: [docs]') });
    const [docs, shop] = configOf(text).monitors;
    expect(shop).toMatchObject({ group: 'web', labels: { team: 'b', tier: '1' }, dependsOn: ['docs'] });
    expect(docs?.labels).toEqual({ team: 'a', tier: '1' });
  });

  it('change the configuration, and not the history of the monitor', () => {
    const [plain, grouped] = ['severity: page', 'severity: page, group: web'].map((shop) => configOf(textWith({ monitors: monitorsWith(shop) })));
    expect(grouped!.hash).not.toBe(plain!.hash);
    expect(grouped!.monitors.map(({ hash }) => hash)).toEqual(plain!.monitors.map(({ hash }) => hash));
  });

  it.each([
    ['group: "a b"', '', 'monitors.shop.group: "a b" is no name of a group; write letters, digits, . _ or -, up to 64'],
    ['labels: { team: 5 }', '', 'monitors.shop.labels.team: 5 is no map of texts; write names and texts such as { team: payments }'],
    ['dependsOn: [dcs]', '', 'monitors.shop.dependsOn[0]: there is no monitor "dcs"; did you mean docs?'],
    ['dependsOn: docs', '', 'monitors.shop.dependsOn: "docs" is no list of names; write a list of names such as [shop]'],
    ['dependsOn: [shop]', '', 'monitors.shop.dependsOn: a monitor cannot depend on itself; leave out the one that can be well without the other'],
    [
      'dependsOn: [docs]',
      'dependsOn: [shop]',
      'monitors.docs.dependsOn: these depend on each other: docs on shop on docs; leave out the one that can be well without the other',
    ],
  ])('%s, %s', (shop, docs, said) => {
    expect(mistakesOf(textWith({ monitors: monitorsWith(shop, docs) }))).toEqual([said]);
  });
});

it('the cap of messages has its own numbers, and ours where one is left out', () => {
  expect(configOf(textWith({ cap: '{ messages: 5 }' })).cap).toEqual({ messages: 5, withinMs: 10 * minute });
  expect(mistakesOf(textWith({ cap: '{ messages: 0 }' }))).toEqual(['cap.messages: 0 is no whole number from 1 to 1000; write a whole number from 1 to 1000']);
});
