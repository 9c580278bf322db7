/** What Lambda sets, in AWS and in local mode alike. */
export function required(name: string): string {
  // biome-ignore lint/style/noProcessEnv: this is where a function reads what Lambda sets.
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this code runs in AWS Lambda, or in local mode`);
  return value;
}
