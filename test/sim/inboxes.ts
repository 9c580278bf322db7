/** The inboxes that simulated jobs call, one in each region: the engine's own, behind a door that can be shut. Only used where a monitor calls us. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import { takePing } from '../../src/engine/inbox';
import type { OwnInbox, Ports } from '../../src/engine/ports';
import { Environment } from './environment';
import type { Events } from './events';
import type { Network } from './network';

export interface InboxesParts {
  readonly events: Events;
  readonly network: Network;
  readonly config: Config;
  readonly portsFor: (environment: Environment) => Ports;
}

/** Of a call within a region. */
const halfWayMs = 10;

export class Inboxes {
  /** Calls to these are never answered. */
  readonly dark = new Set<RegionId>();
  private readonly environments = new Map<RegionId, Environment>();
  private readonly parts: InboxesParts;
  private isAsleep = false;
  private calls = 0;

  constructor(parts: InboxesParts) {
    this.parts = parts;
  }

  /** How a prober sees the inbox of its own region. */
  inboxFor(environment: Environment): OwnInbox {
    return {
      takes: (token, timeoutMs) =>
        new Promise((resolve) => {
          const answer = (takes: boolean): void => environment.deliver(() => resolve(takes));
          const given = this.parts.events.in(timeoutMs, () => answer(false));
          this.call(environment.region, `/ping/${token}/canary`, (status) => {
            given.cancel();
            answer(status === 200);
          });
        }),
    };
  }

  /** Somebody asks for this path. Nobody answers where the inbox is dark, its region is, or the machine of all of them sleeps. */
  call(region: RegionId, path: string, answered: (status: number) => void = () => undefined): void {
    const { events, network, config } = this.parts;
    this.calls += 1;
    const name = String(this.calls);
    events.quietlyIn(halfWayMs, () => {
      if (this.isAsleep || this.dark.has(region) || network.isDark(region)) return;
      const { clock, replica, diary } = this.parts.portsFor(this.environmentOf(region));
      void takePing({ region, config, clock, replica, diary }, { method: 'GET', path, body: '', name }).then(({ status }) =>
        events.quietlyIn(halfWayMs, () => answered(status)),
      );
    });
  }

  /** Nothing that is sent arrives until the returned function is called. */
  sleep(): () => void {
    this.isAsleep = true;
    for (const environment of this.environments.values()) environment.sleep();
    return () => {
      this.isAsleep = false;
      for (const environment of this.environments.values()) environment.wake();
    };
  }

  private environmentOf(region: RegionId): Environment {
    const known = this.environments.get(region);
    if (known !== undefined) return known;
    const made = new Environment({ region, role: 'inbox', bootId: `${region}/inbox`, now: () => this.parts.events.now });
    made.thaw();
    this.environments.set(region, made);
    return made;
  }
}
