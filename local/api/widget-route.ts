/** What stands on the dashboard in AWS, here as a page of its own: drawn by the same function. */
import type { RegionId } from '../../src/core/basics/brand';
import { type Answer, refused, writeDrawn } from './answer';
import { readRegion } from './region-name';
import type { ApiRequest, Route } from './route';

export const widgetPath = '/widget';

export interface WidgetParts {
  readonly regions: () => readonly { readonly name: RegionId; readonly state: string }[];
  /** Throws where the region does not answer. */
  readonly draw: (region: RegionId, event: object) => Promise<string>;
}

export const widgetRoutes = (parts: WidgetParts): readonly Route[] => [{ method: 'GET', path: widgetPath, answer: (request) => answerWidget(parts, request) }];

/** `?region=` names whose widget it is, else it is that of the first one that runs; `?theme=dark` as in the console. */
async function answerWidget({ regions, draw }: WidgetParts, { query, response }: ApiRequest): Promise<Answer | 'streamed'> {
  const wanted = query.get('region') ?? regions().find(({ state }) => state === 'running')?.name;
  if (wanted === undefined) return refused(503, 'no region is at work, so none can draw; bring one back on the page');
  const region = readRegion(regions(), wanted);
  if (region.kind === 'unknown') return refused(404, region.sentence);
  const event = { widgetContext: { theme: query.get('theme') === 'dark' ? 'dark' : 'light' } };
  try {
    writeDrawn(response, pageOf(region.name, await draw(region.name, event)));
    return 'streamed';
  } catch (error) {
    return refused(503, `${region.name} does not draw its widget (${error instanceof Error ? error.message : String(error)}); ask another one with ?region=`);
  }
}

const pageOf = (region: RegionId, widget: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${region} · twinwatch</title><body style="margin:0 auto;max-width:760px">${widget}</body></html>`;
