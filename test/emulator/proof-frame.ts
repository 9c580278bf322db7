/**
 * What every proof on an emulator has around it: a folder of its own, an end to all that it started, whatever happens, a limit, and what is said.
 * `--json` prints one JSON line; `--keep` leaves the logs. It exits with 77 where this machine lacks what is needed: skipped, and no success.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { columns } from '../../cli/drill/columns';
import { Missing } from './installation';
import { endAll, lastWords } from './processes';
import { createSteps, failedOf, type Steps } from './steps';

export interface Frame {
  readonly steps: Steps;
  /** Removed at the end. */
  readonly folder: string;
  /** Undone before the processes are ended, the last first; a failure stops nothing. */
  atEnd(undo: () => Promise<unknown>): void;
}

export interface Proof {
  readonly name: string;
  /** In its folder. */
  readonly emulatorLogName: string;
  readonly limitMinutes: number;
  readonly prove: (frame: Frame) => Promise<void>;
  /** Of the JSON line. */
  readonly more?: (() => object) | undefined;
  /** For people, with its header. */
  readonly table: (steps: Steps) => readonly (readonly string[])[];
}

const skippedCode = 77;

/** Sets the exit code. */
export async function runProof(proof: Proof): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } } });
  const folder = mkdtempSync(join(tmpdir(), `twinwatch-${proof.name}-`));
  const steps = createSteps((line) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`));
  const undos: (() => Promise<unknown>)[] = [];
  const startedAt = performance.now();
  const cleanUp = async (): Promise<void> => {
    for (const undo of undos.splice(0).reverse()) await undo().catch(() => undefined);
    await endAll();
    if (values.keep) steps.say(`logs are kept in ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const end = (failure?: string): void =>
    report(proof, { steps, folder, isJson: values.json, seconds: Math.round((performance.now() - startedAt) / 1000), failure });
  const stop = (why: string): void => {
    end(why);
    void cleanUp().finally(() => process.exit(1));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => void cleanUp().finally(() => process.exit(130)));
  process.once('uncaughtException', (error) => stop(error.message));
  setTimeout(() => stop(`the whole took longer than ${proof.limitMinutes} min`), proof.limitMinutes * 60_000).unref();
  try {
    await proof.prove({ steps, folder, atEnd: (undo) => void undos.push(undo) });
    end();
  } catch (error) {
    if (error instanceof Missing) skip(proof, error.message, values.json);
    else end(error instanceof Error ? error.message : String(error));
  } finally {
    await cleanUp();
  }
}

interface Ended {
  readonly steps: Steps;
  readonly folder: string;
  readonly isJson: boolean;
  readonly seconds: number;
  readonly failure: string | undefined;
}

function report(proof: Proof, { steps, folder, isJson, seconds, failure }: Ended): void {
  const ill = failedOf(steps.facts);
  const failed = ill + (failure === undefined ? 0 : 1);
  const passed = steps.facts.length - ill;
  const log = join(folder, proof.emulatorLogName);
  if (failure !== undefined) steps.say(`FAILED: ${failure}`);
  if (failed > 0 && existsSync(log)) steps.say(`the emulator's last words:\n${lastWords(log)}`);
  if (isJson) {
    const { done, facts } = steps;
    say(JSON.stringify({ proof: proof.name, ok: failed === 0, seconds, passed, failed, failure: failure ?? null, steps: done, facts, ...proof.more?.() }));
  } else {
    say(columns(proof.table(steps)));
    say(`${passed} passed, ${failed} failed, ${seconds} s`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

function skip({ name }: Proof, reason: string, isJson: boolean): void {
  say(isJson ? JSON.stringify({ proof: name, ok: false, skipped: reason }) : `SKIPPED: ${reason}`);
  process.exitCode = skippedCode;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
