/** The result as a person reads it. */
import { columns } from '../../cli/drill/columns';
import { second } from '../../src/core/basics/time';
import type { Row, Spread } from './rows';
import type { Spent } from './spent';

export function tableOf(rows: readonly Row[]): string {
  const head = ['tool', 'outage', 'n', 'page s: least / median / most', 'untold', 'recovery s: least / median / most', 'untold'];
  return columns([head, ...rows.map(wordsOf)]);
}

const wordsOf = ({ tool, kind, outages, page, recovery, untold, unrecovered }: Row): readonly string[] => [
  ...[tool, kind, String(outages)],
  ...[spreadText(page), String(untold), spreadText(recovery), String(unrecovered)],
];

export function spentText({ firstLook, secondLook, judgement, telling, by }: Spent): string {
  const concluded = Object.entries(by).map(([name, times]) => `the ${name} ${times} times`);
  return [
    'where our own time goes, s: least / median / most',
    columns([
      ['until the first place looks', spreadText(firstLook)],
      ['until the second place looks', spreadText(secondLook)],
      ['probing, storing, judging', spreadText(judgement)],
      ['recording, sending, receiving', spreadText(telling)],
    ]),
    `concluded first by ${concluded.join(', ') || 'nobody'}`,
  ].join('\n');
}

const spreadText = ({ least, median, most }: Spread): string => [least, median, most].map(secondsText).join(' / ');

const secondsText = (ms: number): string => (Number.isNaN(ms) ? '–' : (ms / second).toFixed(1));
