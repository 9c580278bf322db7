/** A region on a laptop: every part of the small AWS, wired together. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { functionName } from '../../src/core/names';
import { Alarms } from './alarms';
import { type Fields, fieldsOf } from './aws-call';
import { AwsDesk } from './aws-desk';
import { CallRecord } from './call-record';
import { Children } from './children';
import type { EdgeSpec, Ready, Tell, ToEdge } from './edge-messages';
import { Engine } from './engine';
import { engineProgram } from './engine-program';
import { Expiry } from './expiry';
import type { Faults } from './faults';
import { FrontDoor } from './front-door';
import { type Answer, type Exchange, jsonAnswer, type Reply } from './http-exchange';
import { failed } from './invocation';
import { ItemClock } from './item-time';
import { Lambda } from './lambda';
import { Link } from './link';
import { Metrics } from './metrics';
import { Outbox } from './outbox';
import { servePing } from './ping-room';
import { Replicator, replicatePath } from './replicator';
import { Schedule } from './schedule';
import { serveSecret } from './secret-store';
import { certificatePath } from './sns-envelope';
import { Table } from './table';
import { Topic } from './topic';

/** Months of beats pass by within the hour, and no page is felt. */
const usualExpiryPageMs = 2000;

export class Edge {
  readonly #spec: EdgeSpec;
  readonly #children: Children;
  readonly #links: ReadonlyMap<string, Link>;
  readonly #engine: Engine;
  readonly #engineName: Ready['engine'];
  readonly #replicators: ReadonlyMap<string, Replicator>;
  readonly #table: Table;
  readonly #expiry: Expiry;
  readonly #lambda: Lambda;
  readonly #topic: Topic;
  readonly #metrics = new Metrics(Date.now);
  readonly #alarms: Alarms;
  readonly #record: CallRecord;
  readonly #door: FrontDoor;
  readonly #schedules: ReadonlyMap<string, Schedule>;

  constructor(spec: EdgeSpec, tell: Tell) {
    mkdirSync(spec.dataDir, { recursive: true });
    const program = engineProgram(spec);
    this.#spec = spec;
    this.#children = new Children(spec.dataDir, tell);
    this.#links = new Map(spec.replicas.map((region) => [region, new Link(region)]));
    this.#engineName = program.name;
    this.#engine = new Engine(program, this.#children);
    this.#replicators = new Map([...this.#links].map(([region, link]) => [region, this.#replicatorTo(region, link)]));
    this.#table = new Table({
      engine: this.#engine,
      clock: new ItemClock(spec.region, Date.now),
      replicators: [...this.#replicators.values()],
      onTrouble: (problem) => tell({ kind: 'trouble', problem }),
    });
    this.#expiry = new Expiry({ engine: this.#engine, now: Date.now, pageEveryMs: spec.expiryPageMs ?? usualExpiryPageMs });
    this.#lambda = new Lambda({ spec, children: this.#children, tell, port: () => this.#door.port });
    this.#topic = new Topic({
      spec,
      tell,
      edgeUrl: () => this.#door.url,
      invoke: async (name, payload) => this.#lambda.function(name)?.invoke(payload) ?? failed('ResourceNotFoundException', `there is no function ${name}`),
    });
    this.#alarms = new Alarms({
      spec,
      tell,
      now: Date.now,
      pointsOf: (metric) => this.#metrics.pointsOf(metric),
      publish: ({ subject, json, email }) =>
        this.#topic.publishAlarm({ subject, attributes: {}, bodyFor: (protocol) => (protocol === 'email' ? email : json) }),
    });
    this.#record = new CallRecord(spec.functions.map(({ name }) => name));
    this.#door = new FrontDoor(this.#rooms());
    this.#schedules = this.#makeSchedules();
  }

  /** Throws when the port or the engine cannot be had. */
  async start(): Promise<Ready> {
    await this.#children.endLeftovers();
    await this.#engine.start();
    await this.#door.listen(this.#spec.port);
    this.#topic.start();
    this.#alarms.start();
    for (const schedule of this.#schedules.values()) schedule.start();
    this.#expiry.start();
    return { kind: 'ready', port: this.#door.port, engine: this.#engineName };
  }

  take(message: Exclude<ToEdge, { kind: 'start' | 'stop' }>): void {
    if (message.kind === 'link') this.#setLink(message);
    else if (message.kind === 'faults') this.#afflict(message.faults);
    else if (message.kind === 'schedule') this.#schedules.get(message.function)?.set(message.on);
    else this.#meetPeers(message.peers);
  }

  /** What the children had in hand is lost, as with a region that loses its power. */
  stop(): void {
    this.#alarms.stop();
    for (const schedule of this.#schedules.values()) schedule.stop();
    for (const replicator of this.#replicators.values()) replicator.stop();
    this.#expiry.stop();
    this.#engine.stop();
    this.#lambda.stop();
    this.#children.killAll();
    this.#door.close();
    for (const link of this.#links.values()) link.close();
  }

  #meetPeers(peers: Readonly<Record<string, string>>): void {
    for (const [region, url] of Object.entries(peers)) this.#links.get(region)?.leadsTo(url);
    for (const replicator of this.#replicators.values()) replicator.wake();
  }

  #setLink(link: Extract<ToEdge, { kind: 'link' }>): void {
    this.#links.get(link.to)?.set(link);
    this.#replicators.get(link.to)?.setLag(link.lagMs ?? 0);
  }

  #afflict(faults: Faults): void {
    this.#lambda.afflict(faults);
    this.#table.afflict(faults.table);
    this.#topic.setMute(faults.topic === 'mute');
    this.#schedules.get(functionName('prober'))?.set(faults.schedule === 'on');
  }

  #replicatorTo(region: string, link: Link): Replicator {
    const outbox = new Outbox(join(this.#spec.dataDir, `outbox-${region}.log`));
    return new Replicator({ link, outbox, engine: this.#engine, lagMs: this.#spec.replicationLagMs });
  }

  #makeSchedules(): ReadonlyMap<string, Schedule> {
    const schedules = new Map<string, Schedule>();
    for (const { name, schedule } of this.#spec.functions) {
      const invoked = this.#lambda.function(name);
      if (schedule === undefined || invoked === undefined) continue;
      schedules.set(name, new Schedule({ ...schedule, now: Date.now, fire: (payload) => void invoked.invoke(payload) }));
    }
    return schedules;
  }

  #rooms(): ConstructorParameters<typeof FrontDoor>[0] {
    const desk = new AwsDesk({
      region: this.#spec.region,
      links: this.#links,
      record: this.#record,
      services: {
        dynamodb: (call) => this.#table.serve(call),
        monitoring: (call) => this.#metrics.serve(call),
        sns: (call) => this.#topic.serve(call),
        lambda: (call, exchange) => this.#lambda.serve(call, exchange),
        secretsmanager: (call) => serveSecret(call, this.#spec.secretsFile),
        ssm: (call) => serveSecret(call, this.#spec.secretsFile),
      },
    });
    return {
      aws: (exchange) => desk.serve(exchange),
      runtime: (exchange) => this.#lambda.serveRuntime(exchange),
      own: (exchange) => this.#serveOwn(exchange),
      pings: (exchange) => servePing(this.#lambda.function(functionName('inbox')), exchange),
    };
  }

  async #serveOwn(exchange: Exchange): Promise<Reply> {
    switch (`${exchange.method} ${exchange.target}`) {
      case `POST ${replicatePath}`:
        return this.#takeReplicated(exchange);
      case `GET ${certificatePath}`:
        return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: this.#topic.certificate };
      case 'GET /_twinwatch/calls':
        return jsonAnswer(200, this.#record.list());
      case 'GET /_twinwatch/metrics':
        return jsonAnswer(200, this.#metrics.list());
      case 'GET /_twinwatch/state':
        return jsonAnswer(200, this.#state());
      default:
        return jsonAnswer(404, { message: `there is no ${exchange.method} ${exchange.target}` });
    }
  }

  async #takeReplicated(exchange: Exchange): Promise<Answer> {
    const { items } = fieldsOf(JSON.parse(exchange.body.toString()));
    await this.#table.storeReplicated(items as readonly Fields[]);
    return jsonAnswer(200, {});
  }

  #state(): unknown {
    return {
      region: this.#spec.region,
      engine: this.#engineName,
      environments: this.#lambda.views(),
      outboxes: Object.fromEntries([...this.#replicators].map(([region, replicator]) => [region, replicator.length])),
      links: [...this.#links.values()].map((link) => link.view()),
    };
  }
}
