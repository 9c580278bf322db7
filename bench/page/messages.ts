/** What the messages of each tool say: of which target, and whether it is down or well again. */

export interface Said {
  readonly target: string;
  readonly state: 'down' | 'well';
}

/** Reads one message. Some tools name the target only when it goes down, so a reader remembers. */
export type Reader = (body: string) => readonly Said[];

/** As a custom alert writes it, with the body that its configuration asks for. */
export const gatusBody = '{"target":"[ENDPOINT_NAME]","state":"[ALERT_TRIGGERED_OR_RESOLVED]"}';

export const readers = {
  twinwatch: () => readTwinwatch,
  gatus: () => readGatus,
  cloudprober: () => cloudproberReader(),
  blackbox: () => readAlertmanager,
} as const satisfies Readonly<Record<string, () => Reader>>;

interface Incident {
  readonly kind?: string;
  readonly monitor?: string;
  readonly family?: string;
}

/** SNS's envelope with our message in it, of one incident or of several. Anything else it tells is not about a target. */
const readTwinwatch: Reader = (body) => {
  const envelope = JSON.parse(body) as { readonly Message?: string };
  const message = JSON.parse(envelope.Message ?? '{}') as Incident & { readonly incidents?: readonly Incident[] };
  return (message.incidents ?? [message]).flatMap(({ kind, monitor, family }): readonly Said[] => {
    if (monitor === undefined || family !== 'availability') return [];
    if (kind === 'resolved') return [{ target: monitor, state: 'well' }];
    return kind === 'opened' ? [{ target: monitor, state: 'down' }] : [];
  });
};

const readGatus: Reader = (body) => {
  const { target, state } = JSON.parse(body) as { readonly target: string; readonly state: string };
  return [{ target, state: state === 'TRIGGERED' ? 'down' : 'well' }];
};

/** Events of PagerDuty's kind: of all its notifiers only two tell recoveries, and of those only this one can be sent here. */
function cloudproberReader(): Reader {
  const targets = new Map<string, string>();
  return (body) => {
    const event = JSON.parse(body) as { readonly event_action: string; readonly dedup_key: string; readonly payload?: { readonly summary?: string } };
    // With its port, where it has one.
    const named = / for "([^":]+)/.exec(event.payload?.summary ?? '')?.[1];
    if (named !== undefined) targets.set(event.dedup_key, named);
    const target = targets.get(event.dedup_key);
    return target === undefined ? [] : [{ target, state: event.event_action === 'trigger' ? 'down' : 'well' }];
  };
}

const readAlertmanager: Reader = (body) => {
  const { alerts } = JSON.parse(body) as { readonly alerts: readonly { readonly status: string; readonly labels: { readonly target?: string } }[] };
  return alerts.flatMap(({ status, labels }): readonly Said[] =>
    labels.target === undefined ? [] : [{ target: labels.target, state: status === 'firing' ? 'down' : 'well' }],
  );
};
