import { aboutStep, foldIncidents } from '../../src/core/incident';
import { announcementsView } from '../../src/engine/status';
import { at, east, entry, opened, west } from '../core/builders';

const none = { channels: [] };

it('an announcement names its incident as it is called now, whatever it was called when it was sent', () => {
  const known = entry(opened(), { at: at('00:12') });
  const learnt = entry(opened(), { region: east, at: at('00:11') });
  const [before] = foldIncidents([known]);
  const about = {
    key: 'shop:availability',
    incident: before!.id,
    transition: 'opened',
    condition: 'down',
    kind: 'announced',
    reason: 'first-speaker',
    text: 'PAGE',
  } as const;
  const announced = entry({ ...about, severity: 'page', entry: 'eu-west-1/2026-11/1' }, { n: 2, at: at('00:12:01') });
  const entries = [known, learnt, announced];
  const [incident] = foldIncidents(entries);
  expect(incident!.id).not.toBe(before!.id);
  expect(announcementsView({ entries, incidents: [incident!] }, none).map((view) => view.incident)).toEqual([incident!.id]);
  expect(announcementsView({ entries, incidents: [] }, none).map((view) => view.incident)).toEqual([before!.id]);
});

it('an announcement names what became of it at each channel, by whichever relay', () => {
  const [incident] = foldIncidents([entry(opened())]);
  const about = { ...aboutStep(incident!, incident!.transitions[0]!) };
  const taken = { ...about, kind: 'receipt', level: 'delivered', topic: west, messageId: 'm' } as const;
  const entries = [
    entry(opened()),
    entry({ ...about, kind: 'announced', reason: 'first-speaker', text: 'PAGE' }, { n: 2, at: at('00:12') }),
    entry(
      { ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm', relayed: ['chat', 'pager'], subscribed: ['mail'] },
      { n: 3, at: at('00:12:01') },
    ),
    entry({ ...taken, channel: 'chat' }, { n: 5, at: at('00:12:09') }),
    entry({ ...taken, channel: 'chat' }, { n: 4, at: at('00:12:04') }),
    entry({ ...taken, channel: 'pager' }, { region: east, n: 1, at: at('00:12:03') }),
    entry({ ...taken, channel: 'other', transition: 'resolved' }, { n: 6, at: at('00:12:05') }),
  ];
  const channels = [{ kind: 'email', name: 'mail', address: 'ops@example.com' }] as const;
  const channelsIn = (known: typeof entries) => announcementsView({ entries: known, incidents: [incident!] }, { channels })[0]!.channels;
  expect(channelsIn(entries)).toEqual([
    { channel: 'mail', kind: 'email', state: 'accepted', region: west, at: '2026-11-21T00:12:01.000Z', why: null },
    { channel: 'pager', kind: null, state: 'delivered', region: east, at: '2026-11-21T00:12:03.000Z', why: null },
    { channel: 'chat', kind: null, state: 'delivered', region: west, at: '2026-11-21T00:12:04.000Z', why: null },
  ]);
  expect(channelsIn(entries.slice(0, 2))).toEqual([]);
});
