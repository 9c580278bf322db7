/** What a person sees of a running system: one screen, and then a line whenever something is said. */

import type { RegionId } from '../src/core/basics/brand';
import { ageText } from '../src/core/basics/time';
import { shownEndpoint } from '../src/core/config/channels/channel';
import type { Config } from '../src/core/config/config';
import type { AnnouncementView } from '../src/core/views';
import type { AlarmNews } from './alarm-book';
import type { RegionView } from './region';

export interface StartedSystem {
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly regions: readonly RegionView[];
  readonly config: Config;
  readonly isDemo: boolean;
}

const defaultPort = 4300;

/** Styled where a terminal shows it, else plain lines. */
export function startScreen(started: StartedSystem, isStyled: boolean): string {
  const bold = (text: string): string => (isStyled ? `\u001b[1m${text}\u001b[22m` : text);
  const rows = [
    ['regions', started.regions.map(({ name, role, pid, port }) => `${name}  ${role}, pid ${pid}, port ${port}`)],
    ['watches', started.config.monitors.map(({ id, target, intervalMs }) => `${id}  ${target}  every ${ageText(intervalMs)}`)],
    ['tells', channelLines(started.config)],
    ['data', [`${started.dataFolder}  (mail/ holds mails, <region>/logs/ the logs)`]],
    ['drills', drillLines(started)],
    ['stop', ['Ctrl-C']],
  ] as const;
  const lines = rows.flatMap(([name, texts]) => texts.slice(0, mostListed).map((text, at) => `  ${(at === 0 ? name : '').padEnd(9)}${text}`));
  return ['', `  ${bold('twinwatch')} runs at ${bold(started.url)}`, '', ...lines, ''].join('\n');
}

const mostListed = 12;

/** What SNS would send to where this machine cannot. */
const writtenKinds: readonly string[] = ['email', 'sms', 'sqs'];

function channelLines({ channels }: Config): readonly string[] {
  if (channels.length === 0) return ['nobody yet: name channels in the configuration; the page shows everything'];
  return channels.map((channel) => `${channel.name}  ${shownEndpoint(channel)}${writtenKinds.includes(channel.kind) ? ' (a file in mail/)' : ''}`);
}

function drillLines({ config: { regions }, port, isDemo }: StartedSystem): readonly string[] {
  const [one, other] = regions.probers;
  if (one === undefined || other === undefined) return [];
  const suffix = port === defaultPort ? '' : ` --port ${port}`;
  const breaking = isDemo ? ['or break a service on the page'] : [];
  return [`npx twinwatch drill kill ${other}${suffix}`, `npx twinwatch drill cut ${one}:${other}${suffix}`, ...breaking];
}

/** `04:02:10 UTC  opened  shop: DOWN … (said by eu-west-1)` */
export function announcementLine({ at, kind, text, region }: AnnouncementView): string {
  return `  ${clock(at)}  ${kind.padEnd(9)}${text}  (said by ${region})`;
}

/** Undefined where the news is not worth a line. */
export function alarmText(region: RegionId, name: string, news: AlarmNews): string | undefined {
  if (news === 'nothing') return undefined;
  const said = { fired: 'ALARM, told to its own topic', well: 'OK again', 'lacks-data': 'INSUFFICIENT_DATA, told to its own topic' };
  return `CloudWatch in ${region}: ${name} is ${said[news]}`;
}

export const noticeLine = (text: string): string => `  ${clock(new Date().toISOString())}  ${text}`;

const clock = (iso: string): string => `${iso.slice(11, 19)} UTC`;

/** One object on one line, for programs. */
export function startJson({ url, port, dataFolder, regions, config }: StartedSystem): string {
  const views = regions.map((region) => ({ name: region.name, role: region.role, pid: region.pid, port: region.port }));
  return JSON.stringify({ url, port, pid: process.pid, data: dataFolder, regions: views, monitors: config.monitors.length });
}
