/** The demo's configuration, as the text that a user would write. */
export interface DemoPlaces {
  readonly services: readonly { readonly name: string; readonly url: string }[];
  readonly anchors: readonly { readonly url: string }[];
  readonly inboxUrl: string;
  readonly signedUrl: string;
}

export const demoProbers = ['eu-west-1', 'us-east-2'] as const;

/** What the relay's posts are signed with. */
export const demoSecret = 'twinwatch/demo-signing';

export function demoConfig({ services, anchors, inboxUrl, signedUrl }: DemoPlaces): string {
  const monitors = services.map(({ name, url }) => `  ${name}: { http: { url: "${url}", expect: { status: 200 } } }`);
  return `# What \`twinwatch up --demo\` runs. It is written anew at each start: to change something, copy it to twinwatch.yaml.
regions: { probers: [${demoProbers.join(', ')}], witness: eu-central-1 }
defaults: { interval: 10s, timeout: 3s, downAfter: 2, upAfter: 2 }
watch: { tolerate: 60s }
# Neutral places: a region that reaches none of them is itself cut off.
anchors: [${anchors.map(({ url }) => `"${url}"`).join(', ')}]
network: { allowPrivate: true }
channels:
  demo-hook: { webhook: "${inboxUrl}" }
  demo-relay: { post: { url: "${signedUrl}", sign: "\${secret:${demoSecret}}" } }
  ops-mail: { email: ops@example.com }
monitors:
${monitors.join('\n')}
`;
}
