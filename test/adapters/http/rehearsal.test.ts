/** What the first probe of a process alone has to do is done before its clock runs. */
import { createProber } from '../../../src/adapters/probes/prober';
import { regionId } from '../../../src/core/basics/brand';
import { httpMonitor } from '../monitors';
import { startServers } from '../servers';

const servers = startServers();
afterAll(() => servers.close());

const wasm: { Module: new (bytes: Uint8Array) => object } = Reflect.get(globalThis, 'WebAssembly');
const { Module } = wasm;
afterEach(() => {
  wasm.Module = Module;
});

it('the parser of answers is made before the first probe begins, and once', async () => {
  const done: string[] = [];
  wasm.Module = new Proxy(Module, {
    construct(made, given: [Uint8Array]) {
      done.push('made');
      return new made(...given);
    },
  });
  const port = await servers.http((_, response) => response.end('all is well'));
  const lookup = async () => {
    done.push('begun');
    return [{ address: '127.0.0.1', family: 4 }];
  };
  const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup });
  const monitor = httpMonitor(`http://shop.test:${port}/`, { body: [{ kind: 'text', text: { contains: ['well'] } }] });
  for (const _ of [1, 2]) expect(await prober.attempt(monitor, 3000)).toMatchObject({ reason: 'ok' });
  expect(done).toEqual(['made', 'begun', 'begun']);
});
