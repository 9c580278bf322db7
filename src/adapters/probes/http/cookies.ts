/** Cookies that a server sets on the way from redirect to redirect; forgotten after the probe. */
import type { Question, Response } from './exchange';

export interface Cookies {
  on(question: Question): Question;
  with(response: Response, url: URL): Promise<Cookies>;
}

/** Where nobody sets a cookie, nothing is loaded for them. */
export const noCookies: Cookies = {
  on: (question) => question,
  async with(response, url) {
    if (response.headers['set-cookie'] === undefined) return noCookies;
    const { CookieJar } = await import('tough-cookie');
    return kept(new CookieJar()).with(response, url);
  },
};

function kept(jar: import('tough-cookie').CookieJar): Cookies {
  const cookies: Cookies = {
    on(question) {
      const own = question.headers.cookie;
      const set = jar.getCookieStringSync(question.url.href);
      const all = [own, set].filter((text) => text !== undefined && text !== '').join('; ');
      return all === '' ? question : { ...question, headers: { ...question.headers, cookie: all } };
    },
    async with({ headers }, url) {
      const set = headers['set-cookie'] ?? [];
      // Some other server's cookie, or no cookie at all, is left out as browsers do.
      for (const line of typeof set === 'string' ? [set] : set) jar.setCookieSync(line, url.href, { ignoreError: true });
      return cookies;
    },
  };
  return cookies;
}
