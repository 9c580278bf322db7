/** One incident of one monitor, its page, and what each region decides from the log. */
import { decideAnnouncements } from '../../src/core/announcement';
import type { RegionId } from '../../src/core/basics/brand';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { at, east, entry, middle, opened, west } from './builders';

export const regions = [west, east, middle];
export const opening = entry(opened());
const [incident] = foldIncidents([opening]);
export const about = aboutStep(incident!, incident!.transitions[0]!);
export const announced = entry({ ...about, kind: 'announced', reason: 'first-speaker', text: '' }, { n: 2, at: at('00:10:01') });
export const receipt = entry({ ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 3, at: at('00:10:02') });

export function decide(entries: readonly LogEntry[], me: RegionId, time: string, finds: 'down' | 'well' = 'down') {
  return decideAnnouncements(foldIncidents(entries), entries, { me, now: at(time), regions, finds: new Map([['shop:availability', finds]]) });
}
