import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Faults } from '../../../local/aws/faults';
import { regionId } from '../../../src/core/basics/brand';
import { ask } from '../asking';
import { eventually } from '../eventually';
import { eu, openPretendedApi, type PretendedApi, regions, us, witness } from './pretended-api';

let api: PretendedApi;
beforeEach(async () => {
  api = await openPretendedApi();
});
afterEach(() => api.close());

async function beginDrill(order: unknown): Promise<{ readonly response: IncomingMessage; readonly begun: { readonly id: string; readonly event: string } }> {
  const asking = request({
    host: '127.0.0.1',
    port: api.port,
    path: '/api/drills',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
  });
  asking.end(JSON.stringify(order));
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  const [line] = (await once(response, 'data')) as [Buffer];
  return { response, begun: JSON.parse(line.toString()) };
}

describe('a drill', () => {
  const cut = { kind: 'cut', from: eu, to: us, both: true };

  it('is undone when its connection is lost', async () => {
    const { response, begun } = await beginDrill({ kind: 'kill', region: us });
    expect(begun.event).toBe('begun');
    expect(api.pretended.stateOf(us)).toBe('dark');
    expect((await ask({ port: api.port, path: '/api/local' })).json().drills).toMatchObject([{ id: begun.id, kind: 'kill', what: us }]);
    response.destroy();
    await eventually(() => api.pretended.stateOf(us) === 'running' && api.drills.list().length === 0);
  });

  it('is undone when it is asked to end, and says so', async () => {
    const { response, begun } = await beginDrill(cut);
    expect([api.pretended.system.isCut(eu, us), api.pretended.system.isCut(us, eu)]).toEqual([true, true]);
    const [last, ended] = [once(response, 'data'), once(response, 'end')];
    expect((await ask({ port: api.port, path: `/api/drills/${begun.id}`, method: 'DELETE' })).status).toBe(200);
    expect(JSON.parse(String((await last)[0]))).toMatchObject({ event: 'undone', id: begun.id });
    await ended;
    expect([api.pretended.system.isCut(eu, us), api.pretended.system.isCut(us, eu)]).toEqual([false, false]);
  });

  it('is undone when the supervisor stops', async () => {
    const { response } = await beginDrill(cut);
    const last = once(response, 'data');
    await api.drills.endAll();
    expect(JSON.parse(String((await last)[0])).event).toBe('undone');
    expect(api.pretended.system.isCut(eu, us)).toBe(false);
  });

  it('says when it could not be undone', async () => {
    const { response } = await beginDrill({ kind: 'kill', region: us });
    api.pretended.breakForGood();
    const last = once(response, 'data');
    await api.drills.endAll();
    expect(JSON.parse(String((await last)[0]))).toMatchObject({ event: 'failed', problem: 'us-east-2 could not be brought back: its port is taken' });
  });

  it('is refused where another one is on, whichever way the link is named', async () => {
    await beginDrill(cut);
    const answer = await api.post('/api/drills', { ...cut, from: us, to: eu });
    expect(answer.status).toBe(409);
    expect(answer.json().error).toContain('the drill "cut eu-west-1 ⇄ us-east-2" is on');
    await api.drills.endAll();
  });

  it.each<[string, Record<string, unknown>, string, Partial<Faults>]>([
    ['kill-prober', { region: us }, us, { prober: 'killed' }],
    ['freeze', { region: us }, us, { prober: 'frozen' }],
    ['stop', { region: us }, us, { schedule: 'off' }],
    ['skip', { region: us }, us, { prober: 'starved' }],
    ['throttle', { region: witness }, witness, { table: 'throttled' }],
    ['store', { region: eu }, eu, { table: 'down' }],
    ['mute', { region: eu, dying: us }, eu, { topic: 'mute' }],
    ['mute', { region: eu, dying: us }, us, { prober: 'killed' }],
    ['clock', { region: us, offMs: -240_000 }, us, { clockOffMs: -240_000 }],
  ])('%s %j is put into a region, and taken out of it', async (kind, more, name, wrong) => {
    await beginDrill({ kind, ...more });
    expect(api.pretended.faults.get(regionId(name))).toEqual(wrong);
    await api.drills.endAll();
    expect(api.pretended.faults.get(regionId(name))).toEqual({});
  });

  it('may cut one direction, or make replication late in it', async () => {
    await beginDrill({ ...cut, both: false });
    expect([api.pretended.system.isCut(eu, us), api.pretended.system.isCut(us, eu)]).toEqual([true, false]);
    await api.drills.endAll();
    expect(api.pretended.system.isCut(eu, us)).toBe(false);
    await beginDrill({ kind: 'lag', from: eu, to: us, lagMs: 600_000 });
    expect(api.pretended.system.links().find(({ from, to }) => from === eu && to === us)?.lagMs).toBe(600_000);
    await api.drills.endAll();
    expect(api.pretended.system.links().every(({ lagMs }) => lagMs === 0)).toBe(true);
  });

  it('may darken every region that probes', async () => {
    await beginDrill({ kind: 'both' });
    expect(regions.map(api.pretended.stateOf)).toEqual(['dark', 'dark', 'running']);
    expect((await api.post(`/api/regions/${us}`, { state: 'running' })).status).toBe(409);
    await api.drills.endAll();
    expect(regions.map(api.pretended.stateOf)).toEqual(['running', 'running', 'running']);
  });

  it('is refused while another one is on, whatever it would do', async () => {
    await beginDrill({ kind: 'stop', region: us });
    const answer = await api.post('/api/drills', { kind: 'clock', region: eu, offMs: 1000 });
    expect(answer.status).toBe(409);
    expect(answer.json().error).toContain('the drill "stop us-east-2" is on');
  });

  it('keeps the page from undoing half of it', async () => {
    await beginDrill({ kind: 'kill', region: us });
    expect((await api.post(`/api/regions/${us}`, { state: 'running' })).status).toBe(409);
    await api.drills.endAll();
  });

  it.each([
    [{ kind: 'kill', region: us }, 'us-east-2 is dark already'],
    [cut, 'the link of eu-west-1 and us-east-2 is cut already'],
  ])('is refused where the fault is there already: %j', async (order, sentence) => {
    await api.post(`/api/regions/${us}`, { state: 'dark' });
    await api.post('/api/links', { from: us, to: eu, cut: true });
    const answer = await api.post('/api/drills', order);
    expect(answer.status).toBe(409);
    expect(answer.json().error).toContain(sentence);
    expect(api.drills.list()).toEqual([]);
  });

  it.each([
    [{ kind: 'melt' }, 'say {"kind": "kill"'],
    [{ kind: 'freeze', region: witness }, 'it has no prober'],
    [{ kind: 'mute', region: eu, dying: eu }, 'another region'],
    [{ kind: 'clock', region: eu, offMs: 3_600_000 }, '"offMs" must be'],
    [{ kind: 'lag', from: eu, to: us }, '"lagMs" must be'],
    [{ kind: 'kill' }, 'a region is missing'],
    [{ kind: 'kill', region: 'mars-1' }, 'there is no region "mars-1"'],
    [{ kind: 'cut', from: eu, to: eu, both: true }, 'the same'],
    [{ kind: 'cut', from: eu, to: us }, '"both": true'],
  ])('is refused where it makes no sense: %j', async (order, sentence) => {
    const answer = await api.post('/api/drills', order);
    expect(answer.status).toBe(400);
    expect(answer.json().error).toContain(sentence);
  });

  it('that is not on cannot be renewed', async () => {
    expect((await api.post('/api/drills/9', {})).status).toBe(404);
  });

  it('that is not on cannot be ended', async () => {
    expect((await ask({ port: api.port, path: '/api/drills/9', method: 'DELETE' })).status).toBe(404);
  });
});
