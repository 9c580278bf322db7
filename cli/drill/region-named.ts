/** A region that the user named, or a sentence with those that there are. */
import { DrillRefused, type LocalView } from './local-api';

export function regionNamed({ regions }: LocalView, name: string): LocalView['regions'][number] {
  const region = regions.find((known) => known.name === name);
  if (region === undefined) throw new DrillRefused(`there is no region "${name}"; there are: ${regions.map((known) => known.name).join(', ')}`);
  return region;
}
