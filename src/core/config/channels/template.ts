/** Templates of channels, as far as a file can be held against them. */
import { Liquid } from 'liquidjs';

/** No file can be included: there are none. */
const reader = new Liquid({ strictFilters: true, templates: {}, parseLimit: 100_000 });

/** Why a text is no template; undefined where it is one. */
export function templateTrouble(text: string): string | undefined {
  try {
    reader.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
