import { configOf, mistakesOf, textWithMonitor } from './config-text';

const shop = (monitor: string) => configOf(textWithMonitor(`{ ${monitor} }`)).monitors[0]!;

describe('the family of addresses', () => {
  it('is what the monitor says, and makes it another monitor', () => {
    expect(shop('http: https://shop.example.com/, family: ipv6').family).toBe('ipv6');
    expect('family' in shop('http: https://shop.example.com/')).toBe(false);
    expect(shop('http: https://shop.example.com/, family: ipv6').hash).not.toBe(shop('http: https://shop.example.com/').hash);
    expect(shop('http: "https://[2606:4700::1]/", family: ipv6').family).toBe('ipv6');
  });

  it.each([
    ['http: https://shop.example.com/, family: 6', 'family: 6 is no family of addresses; write ipv4 or ipv6'],
    ['http: https://203.0.113.7/, family: ipv6', 'family: 203.0.113.7 is an address of IPv4; remove it: an address is asked as it stands'],
    ['tcp: "[2606:4700::1]:25", family: ipv4', 'family: 2606:4700::1 is an address of IPv6; remove it: an address is asked as it stands'],
    ['heartbeat: { every: 1h, grace: 5m }, family: ipv4', 'family: nothing is asked of what calls us; remove it'],
  ])('is a mistake: %s', (monitor, words) => {
    expect(mistakesOf(textWithMonitor(`{ ${monitor} }`)).filter((line) => line.includes('family'))).toEqual([`monitors.shop.${words}`]);
  });
});
