/** What really happened in a run, as the world saw it: the checkers and the story are told from here. */
import type { RegionId } from '../../src/core/basics/brand';
import type { FunctionRole } from '../../src/core/names';
import { type Announced, announcedFrom } from './announced';
import type { HeardAt } from './hearing';
import type { Ending } from './lambda';
import type { Write } from './table';
import type { Accepted } from './topics';

/** Something that a region's functions did at a time, known from what they wrote. */
export interface Deed {
  readonly at: number;
  readonly region: RegionId;
}

/** What others may come to know of, and from when each of them could. Whoever never could is missing. */
export interface Sign extends Deed {
  readonly heardAt: HeardAt;
}

/** A round that was begun: its slot, as the table numbers it. */
export interface Claim extends Deed {
  readonly seq: number;
}

/** A finished round. `isShown`: its head was stored, which is what others look at; `seq` is the slot of that head. */
export interface Round extends Sign {
  readonly isShown: boolean;
  readonly seq: number;
}

/** An entry that a region added to its log. */
export interface Logged {
  readonly at: number;
  readonly region: RegionId;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Note {
  readonly at: number;
  readonly region: RegionId;
  readonly role: FunctionRole | 'inbox';
  readonly what: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const sameRoundMs = 2000;
/** No beat is on its way to a store for so long: what comes later was tried before, and no store took it. */
const lateBeatMs = 10_000;

export class History {
  readonly rounds: Round[] = [];
  /** Rounds that were begun: each claims its slot first. */
  readonly claims: Claim[] = [];
  /** Records of watchdogs: each was written after a look around. */
  readonly vigils: Sign[] = [];
  /** Each time a function read what shows others at work, whether or not it could write that down. */
  readonly looks: Deed[] = [];
  /** The same, and each time that it was not answered, or not in time. */
  readonly questions: Deed[] = [];
  readonly announced: Announced[] = [];
  readonly logged: Logged[] = [];
  /** When a dead-man service outside of all regions was told by one of them, and when it missed it. */
  readonly outsidePings: Deed[] = [];
  readonly outsidePages: Deed[] = [];
  readonly endings: (Ending & { readonly at: number })[] = [];
  readonly notes: Note[] = [];
  /** Keeps what the engine noted down, too; it is much. */
  keepsNotes = false;
  /** A fingerprint of everything recorded, notes included. */
  digest = 0x811c9dc5;
  /** When each round asked first that its beat be stored, by region and slot. */
  private readonly tries = new Map<string, number>();
  private readonly newestVigils = new Map<RegionId, number>();
  private readonly elapsedMs: () => number;

  /** All times of the history are milliseconds since the story began. */
  constructor(elapsedMs: () => number) {
    this.elapsedMs = elapsedMs;
  }

  /** `listen`: notes who comes to know of it. */
  recordWrite({ writer, item }: Write, listen: (heardAt: HeardAt) => void): void {
    this.mix(`${item.pk}/${item.sk}/${String(item.seq ?? '')}`);
    const at = this.elapsedMs();
    const kind = item.pk.slice(0, item.pk.indexOf('#'));
    const begun = { at, region: writer, seq: Number(item.seq) };
    const triedAt = kind === 'BEAT' ? (this.tries.get(`${writer} ${begun.seq}`) ?? at) : at;
    if (at - triedAt > lateBeatMs) this.recordLateRound({ ...begun, at: triedAt });
    else if (kind === 'HEAD' || kind === 'BEAT') this.recordRound(begun, kind === 'HEAD' ? listen : undefined);
    if (kind === 'WATCH') this.recordVigil({ at, region: writer }, listen);
    if (kind === 'CLAIM') this.claims.push(begun);
    if (kind === 'LOG') this.recordLogged(writer, String(item.body));
  }

  /** When the watchdog of a region wrote its newest record. */
  lastVigilOf(region: RegionId): number | undefined {
    return this.newestVigils.get(region);
  }

  /** The beat of this slot is to be stored, whether or not a replica takes it. */
  recordTry(region: RegionId, seq: number): void {
    const name = `${region} ${seq}`;
    if (!this.tries.has(name)) this.tries.set(name, this.elapsedMs());
  }

  recordLook(region: RegionId): void {
    this.looks.push({ at: this.elapsedMs(), region });
  }

  recordQuestion(region: RegionId): void {
    this.questions.push({ at: this.elapsedMs(), region });
  }

  recordAccepted(accepted: Accepted): void {
    this.mix(accepted.message.json);
    this.announced.push(...announcedFrom(accepted, this.elapsedMs()));
  }

  recordOutsidePing(region: RegionId): void {
    this.mix(`outside told by ${region}`);
    this.outsidePings.push({ at: this.elapsedMs(), region });
  }

  recordOutsidePage(region: RegionId): void {
    this.mix(`outside ${region}`);
    this.outsidePages.push({ at: this.elapsedMs(), region });
  }

  recordEnding(ending: Ending): void {
    this.mix(`${ending.region}/${ending.role}/${ending.how}`);
    this.endings.push({ ...ending, at: this.elapsedMs() });
  }

  recordNote(note: Omit<Note, 'at'>): void {
    this.mix(note.what);
    if (this.keepsNotes) this.notes.push({ ...note, at: this.elapsedMs() });
  }

  /** A round is stored twice, at about the same time; either shows that it was finished, but others look at its head alone. */
  private recordRound({ at, region, seq }: Claim, listen: ((heardAt: HeardAt) => void) | undefined): void {
    const known = this.rounds.findLastIndex((round) => round.region === region);
    const last = this.rounds[known];
    const isSame = last !== undefined && at - last.at <= sameRoundMs;
    const heardAt: HeardAt = isSame ? last.heardAt : new Map();
    if (!isSame) this.rounds.push({ at, region, heardAt, seq, isShown: listen !== undefined });
    else if (listen !== undefined) this.rounds[known] = { ...last, isShown: true, seq: last.isShown ? Math.max(last.seq, seq) : seq };
    listen?.(heardAt);
  }

  /** Its beat is stored now: it was finished when that was tried first. Its head may have been stored then. */
  private recordLateRound({ at, region, seq }: Claim): void {
    if (this.rounds.some((round) => round.region === region && Math.abs(round.at - at) <= lateBeatMs)) return;
    const later = this.rounds.findIndex((round) => round.at > at);
    const place = later < 0 ? this.rounds.length : later;
    this.rounds.splice(place, 0, { at, region, heardAt: new Map(), seq, isShown: false });
  }

  private recordVigil({ at, region }: Deed, listen: (heardAt: HeardAt) => void): void {
    const heardAt: HeardAt = new Map();
    this.newestVigils.set(region, at);
    this.vigils.push({ at, region, heardAt });
    listen(heardAt);
  }

  private recordLogged(region: RegionId, json: string): void {
    this.mix(json);
    this.logged.push({ at: this.elapsedMs(), region, body: JSON.parse(json) });
  }

  private mix(text: string): void {
    let digest = this.digest ^ this.elapsedMs();
    for (let index = 0; index < text.length; index += 1) digest = Math.imul(digest ^ text.charCodeAt(index), 0x01000193);
    this.digest = digest ^ (digest >>> 13);
  }
}
