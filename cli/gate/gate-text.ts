/** The answer of the gate for people. */
import { row, table } from '../why/layout';
import type { GateMonitor, GateVerdict, GateView } from './verdict';

const words: Readonly<Record<GateVerdict, string>> = {
  go: 'GO: every region saw every monitor well, every time',
  'no-go': 'NO-GO: something fails',
  'not-asked': 'NOT ASKED: nothing is known to fail, but not everything could be seen',
};

/** Where many monitors are well, only what is not well is listed. */
const mostListed = 20;

export function gateText({ verdict, times, regions, monitors }: GateView): string {
  const lines = [...row('gate', words[verdict])];
  for (const { region, trouble, isSameConfig, configHash } of regions) {
    if (trouble !== null) lines.push(...row(region, trouble));
    else if (!isSameConfig) lines.push(...row(region, `runs another configuration (${configHash}) than this file; only monitors that are the same count`));
  }
  const answering = monitors.filter(({ region }) => regions.some((one) => one.region === region && one.configHash !== null));
  const unwell = answering.filter(({ ok }) => ok < times);
  const listed = answering.length > mostListed ? unwell : answering;
  for (const id of new Set(listed.map(({ monitor }) => monitor))) {
    lines.push(
      ...table(
        id,
        listed.filter(({ monitor }) => monitor === id).map((one) => cells(one, times)),
      ),
    );
  }
  const well = answering.length - unwell.length;
  if (listed.length < answering.length) lines.push(...row('', `and ${well} more that were well ${times} of ${times} times`));
  return `${lines.join('\n')}\n`;
}

function cells({ region, ok, ms, said, address }: GateMonitor, times: number): readonly string[] {
  const count = `${ok} of ${times} ok`;
  if (said !== '') return [region, count, said];
  return [region, count, [ms === null ? '' : `${Math.round(ms)} ms`, address === '' ? '' : `at ${address}`].filter((word) => word !== '').join(' ')];
}
