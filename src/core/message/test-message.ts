/** The words of a numbered test: it says nothing of any service, and whoever gets it can say which one came. */
import type { Instant, RegionId } from '../basics/brand';
import { isoTime, utcTime } from '../basics/time';
import type { FunctionRole } from '../names';
import type { Words } from './message';

export interface TestMessage {
  readonly number: number;
  readonly by: RegionId;
  readonly role: FunctionRole;
  readonly now: Instant;
}

export function testWords({ number, by, role, now }: TestMessage): Words {
  const headline = `TEST ${number} of twinwatch in ${by}: nothing is wrong`;
  const lines = [
    headline,
    `This is test message ${number}. The topic of ${by} sends it to every channel, so whoever reads it can be reached from there.`,
    `sent: ${utcTime(now)} by the ${role} of ${by}`,
    'You need not do anything. Where this number does not arrive, that channel does not work: docs/runbook.md#test-messages',
  ];
  const json = { key: `channel:${by}:test`, kind: 'test', number, region: by, role, at: isoTime(now), headline };
  return { subject: headline, text: lines.join('\n'), json: JSON.stringify(json) };
}
