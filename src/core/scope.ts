/** Of which monitors something is said. */
export type Scope =
  | { readonly kind: 'all' }
  /** Groups are looked up when it matters: a monitor that joins one later belongs to it. */
  | { readonly kind: 'some'; readonly monitors: readonly string[]; readonly groups: readonly string[] };

/** `shop, group payments`, or `all monitors`. */
export function scopeText(scope: Scope): string {
  if (scope.kind === 'all') return 'all monitors';
  return [...scope.monitors, ...scope.groups.map((group) => `group ${group}`)].join(', ');
}

export const isIn = ({ id, group }: { readonly id: string; readonly group?: string | undefined }, scope: Scope): boolean =>
  scope.kind === 'all' || scope.monitors.includes(id) || (group !== undefined && scope.groups.includes(group));
