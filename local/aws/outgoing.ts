/** What the topic accepted and has not delivered yet, on disk: SNS outlives whoever publishes, so an edge that comes back delivers it. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, fieldsOf } from './aws-call';
import type { SnsMessage } from './sns-message';

/** One message on its way to one subscription. */
export interface Parcel extends Pick<SnsMessage, 'subject' | 'attributes'> {
  /** The name of the subscription. */
  readonly to: string;
  readonly messageId: string;
  /** ISO time. */
  readonly at: string;
  readonly body: string;
}

export class Outgoing {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Before anybody is told that it was accepted. A disk that takes nothing must not keep it from being sent. */
  keep(parcel: Parcel): void {
    const draft = `${this.#fileOf(parcel)}.new`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(draft, JSON.stringify(parcel));
      renameSync(draft, this.#fileOf(parcel));
    } catch (error) {
      console.error(`a message could not be kept, so it is lost if this region ends before it is delivered: ${error}`);
    }
  }

  /** It was delivered, or never will be. */
  forget(parcel: Parcel): void {
    rmSync(this.#fileOf(parcel), { force: true });
  }

  /** What an earlier edge left, oldest first. What a kill has torn was never accepted. */
  left(): readonly Parcel[] {
    const parcels = namesIn(this.#folder).flatMap((name) => parcelIn(join(this.#folder, name)) ?? []);
    return parcels.sort((one, other) => (one.at < other.at ? -1 : 1));
  }

  #fileOf({ messageId, to }: Parcel): string {
    return join(this.#folder, `${messageId}-${to}.json`);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function parcelIn(file: string): Parcel | undefined {
  try {
    const fields = fieldsOf(JSON.parse(readFileSync(file, 'utf8')));
    return isParcel(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

const isParcel = (fields: Fields): fields is Fields & Parcel =>
  [fields.to, fields.messageId, fields.at, fields.body].every((field) => typeof field === 'string') && typeof fields.attributes === 'object';
