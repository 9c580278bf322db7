/** Which region asks, by the User-Agent that every probe carries: `twinwatch/0.1.0 (eu-west-1)`. */
export function askingRegion(userAgent: string | undefined): string | undefined {
  return /^twinwatch\/\S+ \(([a-z0-9-]+)\)/.exec(userAgent ?? '')?.[1];
}
