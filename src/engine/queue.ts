/** First in, first out, at the same cost however long it is. */

export interface Queue<T> {
  put(item: T): void;
  /** The one that has waited longest, which stays. */
  first(): T | undefined;
  take(): T | undefined;
}

export function queue<T>(): Queue<T> {
  let items: T[] = [];
  let place = 0;
  return {
    put: (item) => void items.push(item),
    first: () => items[place],
    take() {
      const item = items[place];
      place += 1;
      if (place >= items.length) {
        items = [];
        place = 0;
      }
      return item;
    },
  };
}
