/** Says now and then how far a long work is: to people and programs alike on stderr, so that stdout holds the outcome alone. */
export function progressTo(
  say: (text: string) => void,
  { what, isJson, now }: { readonly what: string; readonly isJson: boolean; readonly now: () => number },
) {
  let saidAt = now();
  return (items: number): void => {
    if (now() - saidAt < everyMs) return;
    saidAt = now();
    say(isJson ? `${JSON.stringify({ progress: items })}\n` : `${items} items ${what}\n`);
  };
}

const everyMs = 2000;
