/** What the dashboard shows: the widget of every region draws what is wrong, under its own role. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { functionName } from '../../src/core/names';
import type { Place } from './bridges/bridge';
import type { Steps } from './steps';
import { regions } from './world';

/** @param broken the monitor that is down */
export async function proveWidgets({ clients }: Place, steps: Steps, broken: string): Promise<void> {
  const drawn = await Promise.all(
    regions.map(async (region) => {
      const event = { widgetContext: { theme: 'light' } };
      const { Payload: payload, FunctionError: error } = await clients
        .lambda(region)
        .send(new InvokeCommand({ FunctionName: functionName('widget'), Payload: JSON.stringify(event) }));
      return { region, error, html: Buffer.from(payload ?? []).toString() };
    }),
  );
  const wrong = drawn.filter(({ error, html }) => error !== undefined || !html.includes(`${broken} is down`) || !html.includes('docs/runbook.md#monitor-down'));
  steps.fact(
    'the widget of every region draws it, with the way to the runbook',
    wrong.length === 0,
    wrong.map(({ region, html }) => `${region}: ${html.slice(0, 200)}`).join('; ') || undefined,
  );
}
