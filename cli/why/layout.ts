/** Text in two columns that stays within a terminal: a label, and what is said beside it. */

const widthMost = 100;
const labelWidth = 11;

/** `verdict    down (confirmed)`; what is too long goes on below, beside an empty label. */
export function row(label: string, text: string, indent = 0): readonly string[] {
  const left = ' '.repeat(labelWidth + indent);
  const lines = wrapped(text, widthMost - left.length);
  return lines.map((line, index) => (index === 0 ? `${label.padEnd(labelWidth)}${' '.repeat(indent)}${line}` : `${left}${line}`));
}

/** Columns as wide as their widest cell; the last one is wrapped. */
export function table(label: string, rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length)) - 1;
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return rows.flatMap((cells, index) => {
    const start = cells.slice(0, -1).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const left = [index === 0 ? label.padEnd(labelWidth) : ' '.repeat(labelWidth), ...start.map((cell) => `${cell}  `)].join('');
    const lines = wrapped(cells.at(-1) ?? '', Math.max(30, widthMost - left.length));
    return lines.map((line, number) => `${number === 0 ? left : ' '.repeat(left.length)}${line}`.trimEnd());
  });
}

function wrapped(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
