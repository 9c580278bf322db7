import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { familyOf, isAlive, isLoopback, listenersOf } from './family';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a process on Linux', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
  ])('is found to listen on %s', async (host, shown) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const address = `${shown}:${(server.address() as AddressInfo).port}`;
    expect(listenersOf([process.pid])).toContain(address);
    expect(isLoopback(address)).toBe(true);
    await new Promise((resolve) => server.close(resolve));
    expect(listenersOf([process.pid])).not.toContain(address);
  });

  it('has a family: what it started, and what that started', async () => {
    const child = spawn('sh', ['-c', 'sleep 30 & wait']);
    const grown = async (): Promise<readonly number[]> => {
      for (let family = familyOf(child.pid!); ; family = familyOf(child.pid!)) if (family.length === 2) return family;
    };
    const family = await grown();
    expect(familyOf(process.pid)).toEqual(expect.arrayContaining([...family]));
    for (const pid of family) process.kill(pid);
    await new Promise((resolve) => child.once('exit', resolve));
    expect(isAlive(child.pid!)).toBe(false);
  });
});

it.each(['0.0.0.0:4566', '192.168.1.4:80', '[00000000000000000000000000000000]:443'])('%s is beyond loopback', (address) => {
  expect(isLoopback(address)).toBe(false);
});
