/** Where a configuration may hold a secret: only where the function that uses the value can read it by itself. */
import { isKindOfSns } from './channels/channel';
import type { Path } from './mistakes';

/** Below the kind of a monitor; `of` of members is as `http` is, or holds a kind. */
const ofProbes: readonly RegExp[] = [
  /^(http|members\.of(\.http)?)\.headers\.[^.]+$/,
  /^(http|members\.of(\.http)?)\.(proxy\.)?basic\.(user|password)$/,
  /^(http|members\.of(\.http)?)\.(bearer|oauth2\.secret)$/,
  /^(members\.of\.)?grpc\.metadata\.[^.]+$/,
  /^(members\.of\.)?websocket\.headers\.[^.]+$/,
];

/** SNS shows the endpoint of a subscription to whoever may list them. */
export function secretPlaceTrouble(path: Path): 'in-a-subscription' | 'not-read-there' | undefined {
  const [section, , kind, ...below] = path;
  if (section === 'channels') return isKindOfSns(kind) ? 'in-a-subscription' : undefined;
  const place = [kind, ...below].join('.');
  return section === 'monitors' && ofProbes.some((form) => form.test(place)) ? undefined : 'not-read-there';
}
