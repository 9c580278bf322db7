/** A start that cannot be: one or more sentences for the user, who can mend it. Nothing has been left half started. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
