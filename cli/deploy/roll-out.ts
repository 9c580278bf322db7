/** Goes through the plan and stops at the first step that fails: what has not been touched by then goes on as before. */
import { type DeployStep, stepWords } from './plan';

export interface StepOutcome {
  readonly isGood: boolean;
  /** Why not, and what to do; empty where all is well. */
  readonly said: string;
}

export interface RollOut {
  readonly plan: readonly DeployStep[];
  readonly carryOut: (step: DeployStep) => Promise<StepOutcome>;
  readonly say: (text: string) => void;
}

export async function rollOut({ plan, carryOut, say }: RollOut): Promise<'done' | 'stopped'> {
  for (const [index, step] of plan.entries()) {
    say(`\n== ${index + 1}/${plan.length} ${stepWords(step)}`);
    const { isGood, said } = await carryOut(step);
    if (said !== '') say(said);
    if (isGood) continue;
    say(`\n${stoppedWords(plan, index)}`);
    return 'stopped';
  }
  return 'done';
}

function stoppedWords(plan: readonly DeployStep[], index: number): string {
  const failed = plan[index];
  const stacks = (steps: readonly DeployStep[]): string => steps.flatMap((step) => (step.kind === 'stack' ? [step.stack] : [])).join(', ') || 'none';
  const lines = [
    `Stopped at ${index + 1}/${plan.length}: ${failed === undefined ? '' : stepWords(failed)}`,
    `  deployed:      ${stacks(plan.slice(0, failed?.kind === 'stack' ? index : index + 1))}`,
    `  not touched:   ${stacks(plan.slice(index + 1))}: they go on as they were`,
    `  what to do:    ${failed === undefined ? '' : whatToDo(failed)}`,
  ];
  return lines.join('\n');
}

function whatToDo(step: DeployStep): string {
  switch (step.kind) {
    case 'stack':
      return `CloudFormation has rolled ${step.stack} back; mend the cause above, then \`npm run deploy\` goes on from here`;
    case 'landing':
      return `mend the cause above and run \`npm run deploy\` again; or go back: check out what was deployed before, and \`npx cdk deploy --exclusively twinwatch-${step.region}\``;
    case 'gate':
      return `if the services are really down, wait, or choose others with --monitors; if not, go back: check out what was deployed before, and \`npx cdk deploy --exclusively twinwatch-${step.regions.at(-1)}\``;
  }
}
