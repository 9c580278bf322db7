/** How each fault is done to a world, and undone. */
import { instant, type RegionId } from '../../src/core/basics/brand';
import { isoTime, minute } from '../../src/core/basics/time';
import type { FunctionRole } from '../../src/core/names';
import { encodeOrder } from '../../src/core/orders/order';
import { bothWays, type Fault } from './faults';
import type { World } from './world';

type End = () => void;

/** Plans the beginning and the end of a fault. */
export function inflict(fault: Fault, world: World): void {
  const { events } = world;
  events.quietlyIn(fault.begins - world.elapsedMs, () => {
    const end = begin(fault, world);
    events.quietlyIn(fault.ends - fault.begins, end);
  });
}

/** Begins a fault now; the returned function ends it. */
function begin(fault: Fault, world: World): End {
  const { network, table, targets } = world;
  switch (fault.kind) {
    case 'link-cut':
      return together(fault.directions.map((direction) => network.cut(direction)));
    case 'replication-stalled':
      return together(fault.directions.map((direction) => network.stallReplication(direction)));
    case 'replication-disordered':
      return together(fault.directions.map((direction) => table.disarrange(direction, fault.upToMs)));
    case 'isolated':
      return together([
        ...fault.others.flatMap((other) => bothWays(fault.region, other)).map((direction) => network.cut(direction)),
        world.anchors.disconnect(fault.region),
      ]);
    case 'asleep':
      return world.sleep();
    case 'target-down':
      return targets.break(fault.monitor, fault.from, fault.symptom);
    case 'table-failing':
      return held(world.afflictions.tables, fault.region, fault.trouble);
    case 'topic-failing':
      return world.topics.fail(fault.region);
    case 'topic-dropping':
      return world.topics.drop(fault.region);
    case 'outside-failing':
      return world.outside.fail(fault.region, fault.how);
    case 'credentials-revoked':
      return marked(world.afflictions.revoked, fault.region);
    case 'names-gone':
      return marked(world.afflictions.withoutNames, fault.region);
    case 'inbox-dark':
      return marked(world.inboxes.dark, fault.region);
    case 'ordered':
      return order(fault, world);
    case 'skipping':
      return held(world.afflictions.skipped, fault.region, new Set(fault.monitors));
    default:
      return beginInRegion(fault, world);
  }
}

type OfRegion = Extract<
  Fault,
  {
    kind:
      | 'region-dark'
      | 'lost-minute'
      | 'schedule-stopped'
      | 'watchdog-dead'
      | 'prober-hung'
      | 'late-invocations'
      | 'duplicate-invocations'
      | 'crashes'
      | 'clock-skewed'
      | 'clock-stepping'
      | 'bad-deploy';
  }
>;

function beginInRegion(fault: OfRegion, world: World): End {
  const region = world.region(fault.region);
  switch (fault.kind) {
    case 'region-dark':
      return together([world.network.darken(fault.region, fault.darkness), region.stop()]);
    case 'lost-minute':
    case 'schedule-stopped':
      return region.scheduleOf(fault.role).suspend();
    case 'watchdog-dead':
      return region.lambdaOf('watchdog').doom();
    case 'prober-hung':
      return hang(fault, world);
    case 'late-invocations':
      return deliverLate(fault, world);
    case 'duplicate-invocations':
      return region.scheduleOf(fault.role).repeat(fault.afterMs);
    case 'crashes':
      return region.lambdaOf(fault.role).crashNext(fault.afterAnswers);
    case 'clock-skewed':
      return world.clocks.change(fault.region, fault.byMs);
    case 'clock-stepping':
      return stepClock(fault, world);
    case 'bad-deploy':
      return deploy(fault, world);
  }
}

/** It ends by itself. */
function order({ region, order: kind, monitors, begins, ends }: Extract<Fault, { kind: 'ordered' }>, { table, events, elapsedMs }: World): End {
  const [from, to] = [instant(events.now), instant(events.now + ends - begins)];
  const asked = { kind, of: { kind: 'some', monitors, groups: [] } } as const;
  table.writeFromOutside(region, encodeOrder({ id: `o-${elapsedMs}-${region}`, region, at: from, by: 'ana', from, to, asked }));
  return () => undefined;
}

/** What hangs when it ends is ended, as its timeout would do in the end. */
function hang({ region, isDeaf }: Extract<Fault, { kind: 'prober-hung' }>, world: World): End {
  const { hung, deaf } = world.afflictions;
  return together([marked(hung, region), ...(isDeaf ? [marked(deaf, region)] : []), () => world.region(region).restart('prober')]);
}

/** Every minute an event of so long ago. */
function deliverLate({ region, role, lateMs, isOnly }: Extract<Fault, { kind: 'late-invocations' }>, world: World): End {
  const lambda = world.region(region).lambdaOf(role);
  const resume = isOnly ? world.region(region).scheduleOf(role).suspend() : (): void => undefined;
  const stop = repeatedly(world, minute, () => {
    const scheduled = Math.floor((world.events.now - lateMs) / minute) * minute;
    if (!world.network.isDark(region)) lambda.invoke({ scheduledTime: isoTime(instant(scheduled)) });
  });
  return together([stop, resume]);
}

/** The clock is right again when it ends. */
function stepClock({ region, byMs, everyMs }: Extract<Fault, { kind: 'clock-stepping' }>, world: World): End {
  let back: End | undefined;
  const stop = repeatedly(world, everyMs, () => {
    if (back === undefined) {
      back = world.clocks.change(region, byMs);
    } else {
      back();
      back = undefined;
    }
  });
  return together([stop, () => back?.()]);
}

/** Now, and again and again until the returned function is called. */
function repeatedly({ events }: World, everyMs: number, act: () => void): End {
  let isOver = false;
  const next = (): void => {
    if (isOver) return;
    act();
    events.in(everyMs, next);
  };
  next();
  return () => {
    isOver = true;
  };
}

/** A deployment, bad or good, replaces what runs. */
function deploy({ region, deploy: bad }: Extract<Fault, { kind: 'bad-deploy' }>, world: World): End {
  const end = held(world.afflictions.deploys, region, bad);
  restartAll(region, world);
  return () => {
    end();
    restartAll(region, world);
  };
}

function restartAll(region: RegionId, world: World): void {
  for (const role of rolesOf(region, world)) world.region(region).restart(role);
}

const rolesOf = (region: RegionId, { config }: World): readonly FunctionRole[] =>
  config.regions.probers.includes(region) ? ['prober', 'watchdog'] : ['watchdog'];

function marked(regions: Set<RegionId>, region: RegionId): End {
  regions.add(region);
  return () => {
    regions.delete(region);
  };
}

function held<Value>(values: Map<RegionId, Value>, region: RegionId, value: Value): End {
  values.set(region, value);
  return () => {
    if (values.get(region) === value) values.delete(region);
  };
}

const together =
  (ends: readonly End[]): End =>
  () => {
    for (const end of ends) end();
  };
