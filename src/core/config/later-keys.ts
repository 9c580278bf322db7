/** Keys that belong to twinwatch but are not built yet: they say so instead of being unknown. */
import { type Path, pathText } from './mistakes';

/** By the path of the map that holds them, `*` for a name that the user chose. */
const laterKeys: Readonly<Record<string, readonly string[]>> = {
  'monitors.*': ['maintenance'],
};

/** Keys of a later version that may stand in the map at `path`. */
export function laterKeysAt(path: Path): readonly string[] {
  const [section, , ...rest] = path;
  const isNamed = path.length > 1 && (section === 'monitors' || section === 'channels');
  return laterKeys[pathText(isNamed ? [section, ...rest] : path).replace(/^(monitors|channels)/, isNamed ? '$1.*' : '$1')] ?? [];
}
