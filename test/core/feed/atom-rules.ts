/**
 * What a feed must be, by RFC 4287 (The Atom Syndication Format, https://www.rfc-editor.org/rfc/rfc4287) and RFC 4151 (the tag URI scheme), checked on
 * what a reader that knows nothing of us makes of its text: well-formed XML 1.0 with the five predefined entities, and no others.
 */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** XML 1.0, production 2. */
const characters = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Throws where it is not well-formed. */
export function parseXml(document: string): Element {
  if (!characters.test(document)) throw new Error('a character that XML does not have');
  const body = document.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/, '');
  if (body === document) throw new Error('no XML declaration');
  const open: { name: string; attributes: Record<string, string>; children: Element[]; text: string }[] = [
    { name: '', attributes: {}, children: [], text: '' },
  ];
  for (const [token, closing, name = '', rest = '', self] of body.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|[^<]+|</g)) {
    const top = open.at(-1)!;
    if (token === '<') throw new Error('a < that begins nothing');
    if (!token.startsWith('<')) top.text += unescaped(token);
    else if (closing === '/') {
      if (open.pop()!.name !== name) throw new Error(`</${name}> ends what it did not begin`);
      open.at(-1)!.children.push(top);
    } else {
      const attributes = Object.fromEntries([...rest.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescaped(value)]));
      const element = { name, attributes, children: [], text: '' };
      if (self === '/') top.children.push(element);
      else open.push(element);
    }
  }
  const [root] = open[0]!.children;
  if (open.length !== 1 || root === undefined || open[0]!.children.length !== 1) throw new Error('not one element with all its ends');
  return root;
}

const unescaped = (text: string): string =>
  text.replace(/&([^;]*;?)/g, (_all, name: string) => {
    const letter = entities[name.slice(0, -1)];
    if (letter === undefined) throw new Error(`&${name} is no entity`);
    return letter;
  });

export const childrenOf = ({ children }: Element, name: string): readonly Element[] => children.filter((child) => child.name === name);
export const textOf = (element: Element, name: string): string => childrenOf(element, name)[0]?.text ?? '';

/** RFC 3339, as RFC 4287 §3.3 wants it: an upper-case T, and a zone. */
const date = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
/** RFC 4151: an authority, a date, and what is specific. */
const tag = /^tag:[a-z0-9.-]+,\d{4}(-\d{2}){0,2}:[\w/.-]+$/;

/** What is wrong with it, in sentences. */
export function brokenRules(feed: Element): readonly string[] {
  const entries = childrenOf(feed, 'entry');
  const ids = entries.map((entry) => textOf(entry, 'id'));
  const wrong = (sentence: string, isWrong: boolean): readonly string[] => (isWrong ? [sentence] : []);
  const selves = childrenOf(feed, 'link').filter(({ attributes }) => attributes.rel === 'self');
  return [
    ...wrong('§4.1.1: the document is a feed in the namespace of Atom', feed.name !== 'feed' || feed.attributes.xmlns !== 'http://www.w3.org/2005/Atom'),
    ...wrong('§4.1.1: a feed has an author, or each entry has one', childrenOf(feed, 'author').length === 0),
    ...wrong(
      '§3.2.1: a person has one name',
      childrenOf(feed, 'author').some((author) => childrenOf(author, 'name').length !== 1),
    ),
    ...wrong('§4.1.1: at most one link of a kind', selves.length > 1),
    ...wrong('§4.1.1: two entries with one id', new Set(ids).size !== ids.length),
    ...[feed, ...entries].flatMap((one) => brokenIn(one, wrong)),
    ...entries.flatMap((entry) => [
      ...wrong('§4.1.2: an entry without a link has content', childrenOf(entry, 'content').length !== 1),
      ...wrong(
        '§4.2.2: a category has a term',
        childrenOf(entry, 'category').some(({ attributes }) => (attributes.term ?? '') === ''),
      ),
      ...wrong(
        '§4.1.3.1: content is of a known type',
        childrenOf(entry, 'content').some(({ attributes }) => attributes.type !== 'text'),
      ),
      ...wrong('§4.2.9: published is a date', !date.test(textOf(entry, 'published'))),
    ]),
  ];
}

function brokenIn(one: Element, wrong: (sentence: string, isWrong: boolean) => readonly string[]): readonly string[] {
  return [
    ...['id', 'title', 'updated'].flatMap((name) => wrong(`§4.1: ${one.name} has exactly one ${name}`, childrenOf(one, name).length !== 1)),
    ...wrong(`§3.3: ${one.name} was updated at a date`, !date.test(textOf(one, 'updated'))),
    ...wrong(`§4.2.6: the id of ${one.name} is an IRI that stays`, !tag.test(textOf(one, 'id'))),
  ];
}
