/** What a region remembers of its alarms, on disk: an edge that comes back tells nothing twice and has no second warm-up. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Fields, fieldsOf } from '../aws-call';
import type { AlarmMemory } from './definition';

export class AlarmFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** By the name of the alarm. What cannot be read is forgotten, and its alarms begin anew. */
  read(): ReadonlyMap<string, AlarmMemory> {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return new Map();
    }
    const remembered = Object.entries(fieldsOf(parsed(text))).filter((entry): entry is [string, AlarmMemory] => isMemory(fieldsOf(entry[1])));
    if (remembered.length === 0) console.error(`${this.#file} holds no alarms that can be read; they begin anew, with their warm-up`);
    return new Map(remembered);
  }

  /** Whole or not at all. A disk that takes nothing must not end the region. */
  write(memories: ReadonlyMap<string, AlarmMemory>): void {
    const draft = `${this.#file}.new`;
    try {
      writeFileSync(draft, `${JSON.stringify(Object.fromEntries(memories), undefined, 2)}\n`);
      renameSync(draft, this.#file);
    } catch (error) {
      console.error(`the state of the alarms could not be kept, so a restart may tell it again: ${error}`);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const states: readonly unknown[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

const isMemory = ({ state, reason, since, createdAt, isWarm }: Fields): boolean =>
  states.includes(state) && typeof reason === 'string' && Number.isFinite(since) && Number.isFinite(createdAt) && typeof isWarm === 'boolean';
