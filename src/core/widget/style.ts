/** How the widget looks: the colours of the page, for both themes of the console. */

const light =
  '--tw-text:#1a2027;--tw-quiet:#566270;--tw-line:#dde3e8;--tw-ground:#fff;--tw-up:#17702f;--tw-amber:#8a5300;--tw-down:#bd1e28;--tw-unknown:#57626e;--tw-bar:#2f9e4f;--tw-wash-amber:#fff6e0;--tw-wash-down:#fdeeee;--tw-wash-unknown:#eef1f4;--tw-link:#0b62c4';
const dark =
  '--tw-text:#e4e9ee;--tw-quiet:#9aa7b4;--tw-line:#2a323b;--tw-ground:#161b21;--tw-up:#55c274;--tw-amber:#e2ac48;--tw-down:#ff7f79;--tw-unknown:#a3afba;--tw-bar:#3fa75d;--tw-wash-amber:#2a2213;--tw-wash-down:#2f1a1c;--tw-wash-unknown:#1f262d;--tw-link:#6cb2ff';

const rules: Readonly<Record<string, string>> = {
  '.tw-theme-light': light,
  '.tw-theme-dark': dark,
  '.tw':
    'background:var(--tw-ground);color:var(--tw-text);font:13px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;padding:2px 4px 6px',
  '.tw *': 'box-sizing:border-box',
  '.tw p,.tw h1,.tw h2,.tw ul': 'margin:0;padding:0;font-weight:400',
  '.tw b': 'font-weight:650',
  '.tw i': 'font-style:normal;color:var(--tw-quiet)',
  '.tw code': 'font:11px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--tw-quiet);background:none;padding:0;border:0',
  '.tw a': 'color:var(--tw-link)',
  '.tw,.tw *': 'overflow-wrap:anywhere',
  '.tw td b,.tw code,.tw .tw-why,.tw h1': 'unicode-bidi:isolate',
  '.tw-head': 'display:flex;gap:10px;align-items:center;padding:8px 10px 10px',
  '.tw .tw-head h1': 'font-size:17px;line-height:1.3;font-weight:650',
  '.tw-head .tw-sign': 'width:26px;height:26px;margin:0',
  '.tw-head p': 'color:var(--tw-quiet)',
  '.tw-head.tw-down h1,.tw b.tw-down,.tw-sign.tw-down': 'color:var(--tw-down)',
  '.tw-head.tw-amber h1,.tw b.tw-amber,.tw p.tw-amber,.tw-sign.tw-amber,.tw-gap': 'color:var(--tw-amber)',
  '.tw-head.tw-unknown h1,.tw b.tw-unknown,.tw-sign.tw-unknown': 'color:var(--tw-unknown)',
  '.tw b.tw-up,.tw-sign.tw-up': 'color:var(--tw-up)',
  '.tw-sign': 'flex:none;width:14px;height:14px;margin-right:6px;vertical-align:-2px',
  '.tw-out': 'stroke:var(--tw-ground);fill:none',
  '.tw h2': 'font-size:12px;font-weight:650;padding:10px 10px 5px;border-top:1px solid var(--tw-line)',
  '.tw h2 span': 'font-weight:400;color:var(--tw-quiet)',
  '.tw table': 'width:100%;border-collapse:collapse;table-layout:fixed;background:none',
  '.tw th': 'text-align:left;font-size:11px;font-weight:500;color:var(--tw-quiet);padding:4px 10px;border-top:1px solid var(--tw-line)',
  '.tw td': 'text-align:left;vertical-align:top;padding:6px 10px;border-top:1px solid var(--tw-line)',
  '.tw h2+table tr:first-child td,.tw .tw-quiet+table tr:first-child td': 'border-top:0',
  '.tw tr.tw-down': 'background:var(--tw-wash-down)',
  '.tw tr.tw-amber': 'background:var(--tw-wash-amber)',
  '.tw tr.tw-unknown': 'background:var(--tw-wash-unknown)',
  '.tw tr td:first-child': 'border-left:4px solid transparent',
  '.tw .tw-monitors tr.tw-up td:first-child': 'border-left-color:var(--tw-up)',
  '.tw tr.tw-down td:first-child': 'border-left-color:var(--tw-down)',
  '.tw tr.tw-amber td:first-child': 'border-left-color:var(--tw-amber)',
  '.tw tr.tw-unknown td:first-child': 'border-left:4px dashed var(--tw-unknown)',
  '.tw-monitors th:nth-child(1)': 'width:34%',
  '.tw-monitors th:nth-child(3)': 'width:29%',
  '.tw-regions td:first-child': 'width:34%',
  '.tw table:not(.tw-monitors):not(.tw-regions) td:first-child': 'width:96px',
  '.tw-quiet,.tw .tw-over': 'color:var(--tw-quiet)',
  '.tw>.tw-quiet,.tw>p': 'padding:0 10px 6px',
  '.tw-seen+.tw-seen': 'margin-top:3px',
  '.tw-why': 'font-size:12px',
  '.tw small': 'display:block;font-size:11px;color:var(--tw-quiet)',
  '.tw-ago': 'white-space:nowrap',
  '.tw-monitors code': 'display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis',
  '.tw-age': 'color:var(--tw-quiet)',
  '.tw-strip': 'display:block;width:100%;height:16px;margin:3px 0;border-radius:2px;background:var(--tw-wash-unknown)',
  '.tw-bar-up': 'fill:var(--tw-bar)',
  '.tw-bar-down': 'fill:var(--tw-down)',
  '.tw-bar-unknown': 'fill:var(--tw-unknown)',
  '.tw-bar-paused': 'fill:var(--tw-line)',
  '.tw .tw-unread': 'margin:0 10px 8px;padding:6px 10px 6px 26px;background:var(--tw-wash-amber);color:var(--tw-amber);border-left:4px solid var(--tw-amber)',
  '.tw .tw-foot': 'padding:8px 10px 0;border-top:1px solid var(--tw-line);font-size:11px;color:var(--tw-quiet)',
};

export const style: string = Object.entries(rules)
  .map(([selector, declarations]) => `${selector}{${declarations}}`)
  .join('');
