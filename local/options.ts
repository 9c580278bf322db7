/** What `twinwatch up` is asked for. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartRefused } from './refusal';

export interface UpOptions {
  readonly isDemo: boolean;
  /** As the user named it, for messages. */
  readonly configFile: string;
  /** Absolute. */
  readonly dataFolder: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** Nothing is scheduled: the tables alone are there, to be filled. */
  readonly isIdle: boolean;
  readonly isJson: boolean;
  /** Absolute. */
  readonly secretsFile?: string | undefined;
}

const usage = 'twinwatch up [--demo | --config FILE] [--secrets FILE] [--data DIR] [--port N] [--idle] [--json]';

/** Throws StartRefused for words that mean nothing. */
export function readOptions(words: readonly string[]): UpOptions {
  const { values } = parsed(words);
  if (values.demo === true && values.config !== undefined) throw new StartRefused('--demo brings its own configuration; leave out either --demo or --config');
  return {
    isDemo: values.demo === true,
    configFile: values.config ?? 'twinwatch.yaml',
    dataFolder: resolve(values.data ?? '.twinwatch'),
    port: readPort(values.port ?? '4300'),
    isIdle: values.idle === true,
    isJson: values.json === true,
    ...(values.secrets === undefined ? {} : { secretsFile: resolve(values.secrets) }),
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        demo: { type: 'boolean' },
        config: { type: 'string' },
        secrets: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        idle: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new StartRefused(`${problem}; it is called as: ${usage}`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new StartRefused(`"${text}" is no port; write a number from 1 to 65535 after --port, or 0 for a free one`);
}
