/** Every distinct call that each function made, so that it can be held against the rights of its role. */
import type { AwsCall, Caller } from './aws-call';

export interface RecordedCall {
  readonly function: string;
  readonly service: string;
  readonly action: string;
  readonly region: string;
  readonly resource: string;
}

export class CallRecord {
  readonly #functionOfKey: ReadonlyMap<string, string>;
  readonly #calls = new Map<string, RecordedCall>();

  constructor(functions: readonly string[]) {
    this.#functionOfKey = new Map(functions.map((name) => [accessKeyOf(name), name]));
  }

  add(caller: Caller, call: AwsCall): void {
    const by = this.#functionOfKey.get(caller.accessKey) ?? caller.accessKey;
    for (const resource of call.resources.length === 0 ? [''] : call.resources) {
      const recorded = { function: by, service: call.service, action: call.action, region: caller.region, resource };
      this.#calls.set(JSON.stringify(recorded), recorded);
    }
  }

  list(): readonly RecordedCall[] {
    return [...this.#calls.values()];
  }
}

/** Each function signs with a key of its own: its name as an access key id may be spelt. */
export function accessKeyOf(functionName: string): string {
  return functionName.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
