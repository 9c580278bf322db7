/** What is said while a drill goes on, and of it what the drill is about. */
import type { AnnouncementView, StatusView } from '../../src/core/views';
import type { LocalApi } from './local-api';
import type { Plan, ToBeTold } from './plan';
import { StatesSeen } from './states-seen';

export class Listener {
  readonly #api: Pick<LocalApi, 'status' | 'announcements'>;
  readonly #plan: Plan;
  readonly #since: string;
  readonly #states: StatesSeen;
  #lastRoundAt: string | undefined;

  constructor(api: Pick<LocalApi, 'status' | 'announcements'>, plan: Plan, since: string) {
    this.#api = api;
    this.#plan = plan;
    this.#since = since;
    this.#states = new StatesSeen(plan.regions);
  }

  get states(): StatesSeen {
    return this.#states;
  }

  /** ISO time. */
  get lastRoundAt(): string | undefined {
    return this.#lastRoundAt;
  }

  latest(): string {
    return this.#states.latest();
  }

  /** The first message of what must be told, once a topic has accepted it. */
  async told(): Promise<AnnouncementView | undefined> {
    const { expects } = this.#plan;
    const status = await this.#look();
    if (expects.kind === 'quiet') return undefined;
    const announcements = await this.#api.announcements();
    return announcements.filter((announcement) => this.#isWanted(announcement, expects, status)).at(-1);
  }

  /** The message that the same is over. */
  async resolved(since: string): Promise<AnnouncementView | undefined> {
    const { expects } = this.#plan;
    const status = await this.#look();
    if (expects.kind === 'quiet') return undefined;
    const ends = (await this.#api.announcements()).filter(({ kind, at, receipt }) => kind === 'resolved' && at >= since && receipt !== null);
    return ends.filter((end) => this.#isAbout(end, expects, status)).at(-1);
  }

  /** Whatever was opened since the drill began, once each, the first first. */
  async opened(): Promise<readonly AnnouncementView[]> {
    const opened = (await this.#api.announcements()).filter(({ kind, at }) => kind === 'opened' && at >= this.#since);
    return [...new Map(opened.map((announcement) => [announcement.incident, announcement])).values()].reverse();
  }

  async #look(): Promise<StatusView> {
    const status = await this.#api.status();
    this.#states.add(status.watches);
    this.#noteRound(status);
    return status;
  }

  #noteRound({ now, regions }: StatusView): void {
    const { expects } = this.#plan;
    const of = expects.kind === 'told' ? expects.lastRound?.of : undefined;
    const ageMs = regions?.find(({ name }) => name === of)?.lastBeatAgeMs;
    if (ageMs === undefined || ageMs === null) return;
    const at = new Date(Date.parse(now) - ageMs).toISOString();
    if (this.#lastRoundAt === undefined || at > this.#lastRoundAt) this.#lastRoundAt = at;
  }

  #isWanted(announcement: AnnouncementView, expects: ToBeTold, status: StatusView): boolean {
    if (announcement.kind !== 'opened' || announcement.at < this.#since || announcement.receipt === null) return false;
    return !expects.notBy.includes(announcement.region) && this.#isAbout(announcement, expects, status);
  }

  /** Where two regions open an incident at once it keeps the name of one of them: the other name is known by its subject alone. */
  #isAbout(announcement: AnnouncementView, { subject, family }: ToBeTold, { incidents }: StatusView): boolean {
    if (announcement.subject !== subject) return false;
    const named = incidents.find(({ id }) => id === announcement.incident);
    if (named !== undefined) return named.family === family;
    return incidents.some((incident) => incident.subject === subject && incident.family === family && incident.openedAt >= this.#since);
  }
}
