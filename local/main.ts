/** `twinwatch up`: from the words of the command line to a running system, and to its end. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Closing } from './closing';
import { readOptions } from './options';
import { projectRoot } from './project-root';
import { StartRefused } from './refusal';
import { endBySignal } from './signals';
import { up } from './up';
import { createVoice, type Voice } from './voice';

/** Ends the process: with 0 when it was asked to stop, with 1 when it could not start. */
export async function main(argv: readonly string[]): Promise<void> {
  // The SDK would tell our user about the next version of Node at each start.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.stdout.on('error', ignoreClosedPipe);
  const closing = new Closing();
  try {
    await start(argv[0] === 'up' ? argv.slice(1) : argv, closing);
  } catch (error) {
    await closing.close();
    console.error(error instanceof StartRefused ? error.message : error);
    process.exit(1);
  }
}

async function start(words: readonly string[], closing: Closing): Promise<void> {
  const options = readOptions(words);
  const voice = voiceFor(options.isJson);
  endBySignal({ closing, onFirst: () => voice.notice('stopping; press Ctrl-C again to kill at once') });
  const root = projectRoot(dirname(fileURLToPath(import.meta.url)));
  voice.started(await up({ options, root, voice, closing }));
}

function voiceFor(isJson: boolean): Voice {
  const isStyled = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  return createVoice({ isJson, isStyled });
}

/** Whoever reads our output, such as `head`, may stop when it has enough; the system goes on. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
