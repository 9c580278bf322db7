/** Which messages a subscription wants: what of SNS's filter policies twinwatch uses, by attributes of messages. */
/** Every attribute that is named must fit, each by any of its conditions. */
export type FilterPolicy = Readonly<Record<string, readonly Condition[]>>;
/** Of a message, by name. */
type Attributes = Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
type Condition = string | { readonly exists: boolean };

/** A message without any attribute passes no policy, not even one that asks that an attribute be absent. */
export function isWanted(policy: FilterPolicy | undefined, attributes: Attributes): boolean {
  if (policy === undefined || Object.keys(policy).length === 0) return true;
  if (Object.keys(attributes).length === 0) return false;
  return Object.entries(policy).every(([name, conditions]) => conditions.some((condition) => fits(condition, valuesOf(attributes[name]))));
}

/** Nothing that an attribute has fits a condition where the message has no such attribute. */
function fits(condition: Condition, values: readonly unknown[] | undefined): boolean {
  if (typeof condition === 'string') return values?.includes(condition) === true;
  return condition.exists === (values !== undefined);
}

function valuesOf(attribute: Attributes[string] | undefined): readonly unknown[] | undefined {
  if (attribute === undefined) return undefined;
  if (attribute.Type !== 'String.Array') return [attribute.Value];
  try {
    const values: unknown = JSON.parse(attribute.Value);
    return Array.isArray(values) ? values : [values];
  } catch {
    return [];
  }
}
