/** `twinwatch probe`: probes something once from this machine, and shows everything that it looked at. */
import { statSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { version } from '../package.json';
import type { Functions } from '../src/adapters/lambda/functions';
import type { ProberOptions } from '../src/adapters/probes/means';
import { createProber } from '../src/adapters/probes/prober';
import { readSecretFile, secretsInFile } from '../src/adapters/secrets/secret-file';
import { createSecrets, type Secrets } from '../src/adapters/secrets/secrets';
import { regionId } from '../src/core/basics/brand';
import { outcomeOf } from '../src/core/observation';
import { CannotAsk, usualPort } from './local-http';
import { type Chosen, chosenMonitors } from './probe/chosen';
import { probeFrom } from './probe/from-region';
import { probeJson } from './probe/probe-json';
import { callingWords, type Probed, probeOnce } from './probe/probe-once';
import { probeText } from './probe/probe-text';
import { seenJson, seenText } from './probe/seen-text';

export interface ProbeOptions {
  readonly config: string;
  readonly from?: string | undefined;
  /** Where what monitors refer to as secrets stands. */
  readonly secrets?: string | undefined;
  /** For --from: the deployed probers, in place of those of the local system at this port. */
  readonly aws?: boolean | undefined;
  readonly port?: string | undefined;
  readonly json?: boolean;
  readonly explain?: boolean;
}

const more = `
<what> is a monitor in the configuration, a file whose monitors are all probed, or a URL:
https://shop.example.com/health   dns://192.0.2.53/example.com?type=MX (dns:/// asks this machine's resolver)
grpc://api.example.com:50051 (over TLS)   domain://example.com
A failure is tried once more, as in a round. What a URL leads to may be private; for monitors the configuration rules.

Exit code: 0 all are up, 1 something fails, 2 it could not be probed.`;

export function registerProbe(program: Command): void {
  program
    .command('probe')
    .description('probe something once from this machine, and show all that was looked at')
    .argument('<what>', 'a monitor, a URL, or a file')
    .option('--config <file>', 'the configuration that has the monitor', 'twinwatch.yaml')
    .option('--secrets <file>', 'what references to secrets stand for: `name: value` lines')
    .option('--from <region>', 'a monitor, by the prober of that region: of the system that runs on this machine, or with --aws of what is deployed')
    .option('--aws', 'with --from: ask what is deployed, with your own AWS credentials (lambda:InvokeFunction)')
    .addOption(new Option('--port <n>', 'with --from: where the page of the local system is').default(usualPort))
    .option('--explain', 'also what is meant by each phase and when a failure counts')
    .option('--json', 'print one JSON object')
    .addHelpText('after', more)
    .action(async (what: string, options: ProbeOptions) => {
      const { text, exitCode } = await probe(what, { ...options, environment: process.env });
      (text.startsWith('twinwatch: ') ? process.stderr : process.stdout).write(text);
      process.exitCode = exitCode;
    });
}

export interface Ran {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

export type Asked = ProbeOptions &
  Pick<Chosen, 'environment'> &
  Pick<ProberOptions, 'lookup' | 'trusted'> & {
    /** Instead of the real ones, in tests. */
    readonly functions?: Functions | undefined;
  };

export async function probe(what: string, asked: Asked): Promise<Ran> {
  try {
    if (asked.from !== undefined) return await fromRegion(what, { ...asked, from: asked.from });
    const { monitors, allowPrivate } = await chosenMonitors(what, { ...asked, isFile });
    const { lookup, trusted } = asked;
    const secrets = asked.secrets === undefined ? undefined : secretsIn(asked.secrets);
    const proberWith = (tell: ProberOptions['tell']) => createProber({ region: thisMachine, version, allowPrivate, lookup, trusted, tell, secrets });
    const probed: Probed[] = [];
    const calling = monitors.filter(({ probe }) => probe.kind === 'heartbeat');
    for (const monitor of monitors) if (!calling.includes(monitor)) probed.push(await probeOnce(monitor, proberWith));
    if (probed.length === 0) throw new CannotAsk(`${calling.map(({ id }) => `${id} cannot be probed: ${callingWords(id)}`).join('; ')}`);
    const all = { probed, calling };
    return { text: asked.json === true ? probeJson(all) : probeText(all, { isExplained: asked.explain === true }), exitCode: exitCodeOf(probed) };
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    return { text: `twinwatch: ${error.message}\n`, exitCode: 2 };
  }
}

/** What cannot be read at all is said at once, and not as an outcome of each monitor. */
function secretsIn(file: string): Secrets {
  try {
    readSecretFile(file);
  } catch (error) {
    throw new CannotAsk(error instanceof Error ? error.message : String(error));
  }
  return createSecrets({ readSecret: secretsInFile(file), elapsedMs: () => performance.now() });
}

/** Targets see it in the User-Agent, where a region stands otherwise. */
const thisMachine = regionId('this-machine');

async function fromRegion(monitor: string, asked: Asked & { readonly from: string }): Promise<Ran> {
  const found = await probeFrom(monitor, { ...asked, port: asked.port ?? usualPort }, asked.functions);
  return {
    text: asked.json === true ? seenJson(found) : seenText(found, { isExplained: asked.explain === true }),
    exitCode: exitCodes[found.canaries === 'right' ? found.seen.outcome : 'not-covered'],
  };
}

const exitCodes = { ok: 0, failed: 1, 'not-covered': 2 } as const;

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function exitCodeOf(probed: readonly Probed[]): Ran['exitCode'] {
  const outcomes = probed.map(({ attempts }) => outcomeOf(attempts.at(-1) ?? attempts[0]));
  if (outcomes.includes('not-covered')) return 2;
  return outcomes.includes('failed') ? 1 : 0;
}
