/** The environment of a widget: it reads its configuration once, and the table of its own region whenever a dashboard asks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionId } from '../../core/basics/brand';
import { configFromJson } from '../../core/config/config';
import { configFileName } from '../../core/names';
import type { LandingAnswer } from '../../engine/landing-answer';
import { answerWidget, answerWidgetLanding, type WidgetEvent, type WidgetWorld } from '../../engine/widget';
import { systemClock } from '../clock';
import { createReplica } from '../dynamodb/replica';
import { codeVersion } from './code-version';
import { required } from './required';

/** For each call of the table. Somebody waits for the picture. */
const callLimitMs = 2500;

/** Reads the configuration beside the bundle; throws when the environment is not one that Lambda sets up. */
export function createWidget(): (event: WidgetEvent | null) => Promise<string | LandingAnswer> {
  const config = configFromJson(readFileSync(join(required('LAMBDA_TASK_ROOT'), configFileName), 'utf8'));
  const region = regionId(required('AWS_REGION'));
  const replica = createReplica({ region, timeoutMs: callLimitMs, isConsistent: () => false });
  const world: WidgetWorld = { region, config, clock: systemClock, replica };
  return (event) => (event?.landing === undefined ? answerWidget(world, event ?? {}) : answerWidgetLanding({ ...world, codeVersion }, event.landing));
}
