/** Draws what may go wrong with the functions of a region: they hang, stop, crash, come late, or were deployed badly. */
import { hour, minute, second } from '../../src/core/basics/time';
import { allRegions } from '../../src/core/config/config';
import type { BadDeploy } from './afflictions';
import { type Draw, type Drawing, during } from './draw';
import type { Fault } from './faults';

export const drawsOfFunctions: Readonly<Record<string, Draw>> = {
  hung: (drawing) => [hung(drawing, false)],
  deaf: (drawing) => [hung(drawing, true)],
  stopped: (drawing) => [stopped(drawing)],
  watchdogDead: (drawing) => [watchdogDead(drawing)],
  late: (drawing) => [late(drawing)],
  duplicate: (drawing) => [duplicate(drawing)],
  crashes: (drawing) => [crashes(drawing)],
  skipping: (drawing) => [skipping(drawing)],
  badDeploy: (drawing) => badDeploy(drawing, [drawing.random.pick(drawing.config.regions.probers)]),
  anotherBadDeploy: (drawing) => badDeploy(drawing, [drawing.random.pick(drawing.config.regions.probers)]),
  badDeployEverywhere: (drawing) => badDeploy(drawing, drawing.config.regions.probers),
};

const prober = ({ random, config }: Drawing) => random.pick(config.regions.probers);

export function anyFunction(drawing: Drawing) {
  const { random, config } = drawing;
  const region = random.pick(allRegions(config.regions));
  const role = config.regions.probers.includes(region) ? random.pick(['prober', 'watchdog'] as const) : ('watchdog' as const);
  return { region, role };
}

const hung = (drawing: Drawing, isDeaf: boolean): Fault => ({
  kind: 'prober-hung',
  region: prober(drawing),
  isDeaf,
  ...during(drawing, drawing.random.between(30 * second, 7 * minute)),
});

const stopped = (drawing: Drawing): Fault => ({
  kind: 'schedule-stopped',
  ...anyFunction(drawing),
  ...during(drawing, drawing.random.between(1 * minute, 7 * minute)),
});

const watchdogDead = (drawing: Drawing): Fault => ({
  kind: 'watchdog-dead',
  region: drawing.random.pick(allRegions(drawing.config.regions)),
  ...during(drawing, drawing.random.between(1 * minute, 7 * minute)),
});

/** Held back for a moment, or delivered again after minutes or hours. */
function late(drawing: Drawing): Fault {
  const { random } = drawing;
  const isOnly = random.chance(0.4);
  const lateMs = Math.round(random.chance(0.5) ? random.between(2 * minute, 10 * minute) : random.between(10 * minute, 6 * hour));
  const lastsMs = isOnly ? random.between(20 * second, 70 * second) : random.between(1 * minute, 5 * minute);
  return { kind: 'late-invocations', ...anyFunction(drawing), lateMs, isOnly, ...during(drawing, lastsMs) };
}

const duplicate = (drawing: Drawing): Fault => ({
  kind: 'duplicate-invocations',
  ...anyFunction(drawing),
  afterMs: Math.round(drawing.random.between(0, 8 * second)),
  ...during(drawing, drawing.random.between(1 * minute, 5 * minute)),
});

function crashes(drawing: Drawing): Fault {
  const { random } = drawing;
  return {
    kind: 'crashes',
    ...anyFunction(drawing),
    afterAnswers: Array.from({ length: random.integer(1, 4) }, () => random.integer(0, 40)),
    ...during(drawing, random.between(1 * minute, 5 * minute)),
  };
}

function skipping(drawing: Drawing): Fault {
  const { random, config } = drawing;
  const monitors = config.monitors.filter(() => random.chance(0.5)).map(({ id }) => id);
  const region = prober(drawing);
  const lasts = during(drawing, random.between(30 * second, 7 * minute));
  return { kind: 'skipping', region, monitors: monitors.length > 0 ? monitors : config.monitors.slice(0, 1).map(({ id }) => id), ...lasts };
}

const deploys: readonly BadDeploy[] = ['throws', 'hangs', 'lies-up', 'lies-down', 'empty'];

function badDeploy(drawing: Drawing, regions: readonly ReturnType<typeof prober>[]): readonly Fault[] {
  const { random } = drawing;
  const deploy = random.pick(deploys);
  const lasts = during(drawing, random.between(1 * minute, 7 * minute));
  return regions.map((region): Fault => ({ kind: 'bad-deploy', region, deploy, ...lasts }));
}
