/** The words of the sign of life that a region sends each hour. */
import type { Instant, RegionId } from '../basics/brand';
import { isoTime, utcTime } from '../basics/time';
import type { Words } from './message';
import { alwaysOnKind } from './notice';

export function alwaysOnWords({ by, now }: { readonly by: RegionId; readonly now: Instant }): Words {
  const headline = `ALWAYS ON: ${by} can tell what it has to tell`;
  const lines = [headline, 'Where this stays away for more than an hour, incidents do not come this way either.', `sent: ${utcTime(now)}`];
  const json = { version: 1, key: `channel:${by}:${alwaysOnKind}`, kind: alwaysOnKind, region: by, at: isoTime(now), headline };
  return { subject: headline, text: lines.join('\n'), json: JSON.stringify(json) };
}
