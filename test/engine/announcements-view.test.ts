import { foldIncidents } from '../../src/core/incident';
import { announcementsView } from '../../src/engine/status';
import { at, east, entry, opened } from '../core/builders';

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
  expect(announcementsView(entries, [incident!]).map((view) => view.incident)).toEqual([incident!.id]);
  expect(announcementsView(entries, []).map((view) => view.incident)).toEqual([before!.id]);
});
