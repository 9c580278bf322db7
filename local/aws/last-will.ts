/** Ends the children of an edge that was killed: a frozen child cannot notice it, and the database would never ask. */
import { type ChildProcess, spawn } from 'node:child_process';

/** A tiny shell keeps the list of pids and acts when its input ends, which the kernel sees to when the edge dies. */
const script = `
alive=" $* "
while read -r sign pid; do
  case $sign in
    +) alive="$alive$pid " ;;
    -) case $alive in *" $pid "*) alive="\${alive%% $pid *} \${alive#* $pid }" ;; esac ;;
  esac
done
for pid in $alive; do kill -9 "$pid" 2>/dev/null; done
`;

/** Whoever ends at once would otherwise be started in a hot loop. */
const successorAfterMs = 250;

export class LastWill {
  readonly #pids = new Set<number>();
  #executor: ChildProcess;

  constructor() {
    this.#executor = this.#appoint();
  }

  add(pid: number): void {
    this.#pids.add(pid);
    this.#executor.stdin?.write(`+ ${pid}\n`);
  }

  remove(pid: number): void {
    this.#pids.delete(pid);
    this.#executor.stdin?.write(`- ${pid}\n`);
  }

  /** An executor that is killed has a successor, who knows of everyone from its first breath: the edge may be killed in the next moment. */
  #appoint(): ChildProcess {
    const executor = spawn('/bin/sh', ['-c', script, 'last-will', ...[...this.#pids].map(String)], {
      detached: true,
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    executor.on('error', () => undefined);
    executor.stdin?.on('error', () => undefined);
    executor.once('exit', () => setTimeout(this.#succeed, successorAfterMs).unref());
    executor.unref();
    return executor;
  }

  readonly #succeed = (): void => {
    this.#executor = this.#appoint();
  };
}
