/** Which handler a request belongs to. */
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer';
import type { Fields } from './json-body';

export interface ApiRequest {
  readonly query: URLSearchParams;
  /** What stands in the place of `:name`; empty where the path has none. */
  readonly name: string;
  /** Empty for methods without a body. */
  readonly body: Fields;
  readonly response: ServerResponse;
}

/** `streamed`: the handler writes the response itself. */
type Answered = Answer | 'streamed';

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Such as `/api/regions/:name`. */
  readonly path: string;
  readonly answer: (request: ApiRequest) => Answered | Promise<Answered>;
}

export type Found =
  | { readonly kind: 'route'; readonly route: Route; readonly name: string }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'nothing' };

export function findRoute(routes: readonly Route[], method: string, path: string): Found {
  const here = routes.flatMap((route) => {
    const name = nameIn(route.path, path);
    return name === undefined ? [] : [{ route, name }];
  });
  if (here.length === 0) return { kind: 'nothing' };
  const match = here.find(({ route }) => route.method === (method === 'HEAD' ? 'GET' : method));
  return match === undefined ? { kind: 'wrong-method', allowed: here.map(({ route }) => route.method) } : { kind: 'route', ...match };
}

/** Undefined where the path is another one. */
function nameIn(pattern: string, path: string): string | undefined {
  if (!pattern.endsWith('/:name')) return pattern === path ? '' : undefined;
  const start = pattern.slice(0, -':name'.length);
  const name = path.startsWith(start) ? path.slice(start.length) : '';
  return name === '' || name.includes('/') ? undefined : decoded(name);
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
