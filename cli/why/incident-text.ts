/** The chain of an incident as people read it. */
import type { ChannelNewsView } from '../../src/core/views';
import type { ArrangedView, IncidentWhyView, StepWhyView, ToldWhyView } from '../../src/core/why/why-view';
import { row } from './layout';
import { clockText, reasonText, spanText, timeText } from './words';

export function incidentText(view: IncidentWhyView): readonly string[] {
  const { id, aliases, key, state, openedAt, resolvedAt, quiet, taken, again, steps } = view;
  const lasted = resolvedAt === null ? `open for ${spanText(openedAt, view.now)}` : `resolved ${timeText(resolvedAt)}, after ${spanText(openedAt, resolvedAt)}`;
  return [
    ...row('incident', `${id}  ${key}  ${state}`),
    ...row('', `since ${timeText(openedAt)}, ${lasted}`),
    ...(aliases.length === 0 ? [] : row('', `also known as ${aliases.join(', ')}`)),
    ...(taken === null ? [] : row('taken', arrangedText(taken))),
    ...(quiet === null ? [] : row('quiet', `${quiet.kind} ${arrangedText(quiet)}`)),
    ...steps.flatMap((step) => ['', ...stepText(step)]),
    ...(again.every(({ reason }) => tacit.includes(reason)) ? [] : ['', ...decisionsText('again', again)]),
  ];
}

/** Of most incidents it goes without saying. */
const tacit: readonly string[] = ['not-yet-due', 'not-told-yet'];

const arrangedText = ({ by, order, why, until }: ArrangedView): string =>
  `by ${by}${order === by ? '' : ` (${order})`} until ${timeText(until)}${why === null ? '' : `: ${why}`}`;

function stepText(step: StepWhyView): readonly string[] {
  const [first] = step.concluded;
  const what = step.course === 'resolved' ? '' : `${step.condition}, ${step.severity}`;
  return [
    ...row(step.course, [what, first === undefined ? '' : reasonText(first)].filter((text) => text !== '').join(': ')),
    ...step.concluded.flatMap((one, index) => {
      const evidence = Object.entries(one.evidence).map(([region, at]) => `${region} up to ${clockText(at)}`);
      return row(
        index === 0 ? '  written' : '',
        `${timeText(one.at)} by ${one.region} (${one.by}), on ${evidence.length === 0 ? 'no beat at all' : evidence.join(', ')}`,
      );
    }),
    ...(first?.facts ?? []).flatMap((fact, index) => row(index === 0 ? '  seen' : '', fact)),
    ...step.told.flatMap((told, index) => [
      ...row(index === 0 ? '  told' : '', toldText(told)),
      ...told.channels.flatMap((news) => row('', newsText(news), 2)),
    ]),
    ...decisionsText('  now', step.now),
  ];
}

/** Regions that do the same for the same reason are one line. */
function decisionsText(label: string, decisions: StepWhyView['now']): readonly string[] {
  const same = new Map<string, StepWhyView['now']>();
  for (const decision of decisions) {
    const name = `${decision.does} ${decision.reason}`;
    same.set(name, [...(same.get(name) ?? []), decision]);
  }
  return [...same.values()].flatMap((group, index) => {
    const [first] = group;
    if (first === undefined) return [];
    return row(index === 0 ? label : '', `${group.map(({ region }) => region).join(', ')}: ${first.does}, ${reasonText(first)}`);
  });
}

function toldText(told: ToldWhyView): string {
  const accepted =
    told.receipt === null ? 'no topic is known to have accepted it' : `accepted by the topic of ${told.receipt.topic} ${clockText(told.receipt.at)}`;
  const how = told.gathered === null ? '' : told.gathered === 'cap' ? ', gathered with others' : ', with others of one cause';
  return `${timeText(told.at)} by ${told.region}${how}, ${reasonText(told)}; ${accepted}`;
}

/** `slack ops-chat: delivered 14:02:11` */
function newsText({ channel, kind, state, region, at, why }: ChannelNewsView): string {
  const name = kind === null ? `${channel} (no longer in the configuration)` : `${kind} ${channel}`;
  switch (state) {
    case 'delivered':
      return `${name}: delivered ${clockText(at)} by the relay of ${region}`;
    case 'accepted':
      return `${name}: accepted ${clockText(at)} by SNS in ${region}; whether it came is not known`;
    case 'undelivered':
      return `${name}: not delivered, last tried ${clockText(at)} from ${region}: ${why ?? 'nobody knows why'}`;
    case 'under-way':
      return `${name}: under way since ${clockText(at)}, with the relay of ${region}`;
  }
}
