/** Colours and sizes. Every pair of text and ground has a contrast of 4.5 or more in both themes (WCAG 2.2, 1.4.3). */

const LIGHT = `--ground:#fff;--panel:#f6f8fa;--box:#fff;--ink:#1b1f24;--soft:#57606a;--line:#c3cad2;--solid:#1f4fbf;--on:#fff;--tint:#e3ecfd;--tint-ink:#1c3f94;--data:#1f4fbf;--flip:#b3410a;--flip-tint:#fdeee3;--good:#146c36;--good-tint:#dff5e6;--bad:#b42318;--bad-tint:#fde7e4;--warn:#7d4e00;--warn-tint:#fdf0cf;--info:#4a5561;--info-tint:#e9edf1`;
const DARK = `--ground:#0e1217;--panel:#161b22;--box:#1c222b;--ink:#e7ecf2;--soft:#a3aeba;--line:#3a434e;--solid:#9dbcff;--on:#0c1a38;--tint:#22345c;--tint-ink:#cbdaff;--data:#9dbcff;--flip:#ffa264;--flip-tint:#3a2414;--good:#6fd394;--good-tint:#12331f;--bad:#ff9c91;--bad-tint:#46191a;--warn:#f2c35c;--warn-tint:#3a2c09;--info:#b4bfca;--info-tint:#272f38`;

/** The colours of a page. */
export const THEME = `:root{color-scheme:light dark;${LIGHT}}@media (prefers-color-scheme:dark){:root{${DARK}}}@media print{:root{color-scheme:light;${LIGHT}}}`;

/** The colours of a drawing in a file of its own. */
export const DRAWING_THEME = `svg{${LIGHT}}@media (prefers-color-scheme:dark){svg{${DARK}}}`;

const FONT = `system-ui,-apple-system,'Segoe UI',Roboto,Ubuntu,'DejaVu Sans',sans-serif`;

/** What a drawing looks like. No text is smaller than 11 px at its own size. */
export const DRAWING = `.diagram{font-family:${FONT};fill:var(--ink)}
.ground{fill:var(--ground)}
.panel{fill:var(--panel);stroke:var(--line)}
.panel.primary{stroke:var(--solid);stroke-width:2}
.box,.store{fill:var(--box);stroke:var(--line)}
.cluster{fill:none;stroke:var(--line)}
.chip{fill:var(--box);stroke:var(--line)}
.step{stroke:var(--flip);stroke-width:1.5}
.strong{fill:var(--flip-tint)}
.drum{fill:none;stroke:var(--data);stroke-width:1.5}
.s11{font-size:11px}.s12{font-size:12px}.s15{font-size:15px}
.name,.region{font-weight:600}
.detail{fill:var(--soft)}
.badge{fill:var(--tint)}.badge-text{fill:var(--tint-ink)}
.solid{fill:var(--solid)}.solid-text{fill:var(--on);font-weight:600}
.arrow{fill:none;stroke-width:1.5}
.request{stroke:var(--soft)}.request-head{fill:var(--soft)}
.data{stroke:var(--data);stroke-dasharray:5 3}.data-head{fill:var(--data)}.data-text{fill:var(--data)}
.sync{stroke:var(--soft);stroke-dasharray:2 3}.sync-head{fill:var(--soft)}
.flip{stroke:var(--flip);stroke-width:2.5}.flip-head{fill:var(--flip)}
`;
