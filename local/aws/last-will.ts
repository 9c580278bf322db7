/** Ends the children of an edge that was killed: a frozen child cannot notice it, and the database would never ask. */
import { type ChildProcess, spawn } from 'node:child_process';

/** A tiny shell keeps the list of pids and acts when its input ends, which the kernel sees to when the edge dies. */
const script = `
alive=' '
while read -r sign pid; do
  case $sign in
    +) alive="$alive$pid " ;;
    -) case $alive in *" $pid "*) alive="\${alive%% $pid *} \${alive#* $pid }" ;; esac ;;
  esac
done
for pid in $alive; do kill -9 "$pid" 2>/dev/null; done
`;

export class LastWill {
  readonly #executor: ChildProcess;

  constructor() {
    this.#executor = spawn('/bin/sh', ['-c', script], { detached: true, env: {}, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#executor.on('error', () => undefined);
    this.#executor.stdin?.on('error', () => undefined);
    this.#executor.unref();
  }

  add(pid: number): void {
    this.#executor.stdin?.write(`+ ${pid}\n`);
  }

  remove(pid: number): void {
    this.#executor.stdin?.write(`- ${pid}\n`);
  }
}
