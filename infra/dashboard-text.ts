/** What stands on top of the dashboard: who watches what, and where to go from here. */
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { functionName, runbookAddress } from '../src/core/names';

/** Markdown. */
export function dashboardText(config: Config): string {
  const { regions, monitors } = config;
  const witness = regions.witness === undefined ? 'There is no witness.' : `**${regions.witness}** is the witness.`;
  return [
    '# twinwatch',
    `${monitors.length === 1 ? '1 monitor is' : `${monitors.length} monitors are`} probed from **${regions.probers.join('**, **')}**. ${witness} Times are UTC; what is unknown is grey, never green.`,
    [whatToDo(config), ...allRegions(regions).map(consoleLinks)].join(' · '),
    `A widget that cannot be drawn means that its region, or this console's way to it, is in trouble: the others still show all of them. On the command line: \`twinwatch why NAME --aws\`, \`twinwatch report --aws\`, \`twinwatch doctor\`.`,
  ].join('\n\n');
}

/** What is asked most at night. */
const sections: readonly (readonly [title: string, section: string])[] = [
  ['a monitor is down', 'monitor-down'],
  ['down from some regions', 'monitor-partial'],
  ['a prober is silent', 'silent'],
  ['a watchdog is silent', 'watcher-silent'],
  ['nobody watches', 'unwatched'],
];

function whatToDo({ runbookUrl }: Config): string {
  if (runbookUrl === undefined) return '**What to do:** `docs/runbook.md` (with `runbook: URL` in twinwatch.yaml there are links here)';
  return `**What to do:** ${sections.map(([title, section]) => `[${title}](${runbookAddress(section, runbookUrl)})`).join(', ')}`;
}

function consoleLinks(region: RegionId): string {
  const home = `https://${region}.console.aws.amazon.com`;
  const log = `${home}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/$252Faws$252Flambda$252F${functionName('watchdog')}`;
  const alarms = `${home}/cloudwatch/home?region=${region}#alarmsV2:?search=twinwatch`;
  const table = `${home}/dynamodbv2/home?region=${region}#table?name=twinwatch`;
  return `**${region}:** [alarms](${alarms}), [log of the watchdog](${log}), [table](${table})`;
}
