/** What channels that show colours and short texts have in common. */
import type { Notice } from '../../core/message/notice';

export type Look = 'alarm' | 'warning' | 'remark' | 'relief';

export function lookOf({ calls, severity }: Pick<Notice, 'calls' | 'severity'>): Look {
  if (calls === 'resolve') return 'relief';
  if (calls === 'test' || severity === 'note') return 'remark';
  return severity === 'page' && calls !== 'acknowledge' ? 'alarm' : 'warning';
}

/** As `#rrggbb` without its sign. */
export const colourOf: Readonly<Record<Look, string>> = { alarm: 'c62828', warning: 'ef8f00', remark: '757575', relief: '2e7d32' };

/** Whether somebody is to be woken by it. */
export const isAlarm = (notice: Notice): boolean => lookOf(notice) === 'alarm';

/** So many characters at most; a cut is shown, and never goes through one that takes two. */
export function clipped(text: string, most: number): string {
  const letters = [...text];
  if (text.length <= most) return text;
  let kept = '';
  for (const letter of letters) {
    if (kept.length + letter.length > most - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}
