/** Colours and sizes. Every pair of text and ground has a contrast of 4.5 or more in both themes (WCAG 2.2, 1.4.3). */

const LIGHT = `--ground:#fff;--panel:#f6f8fa;--box:#fff;--ink:#1b1f24;--soft:#57606a;--line:#c3cad2;--solid:#1f4fbf;--on:#fff;--tint:#e3ecfd;--tint-ink:#1c3f94;--data:#1f4fbf;--flip:#b3410a;--flip-tint:#fdeee3;--good:#146c36;--good-tint:#dff5e6;--bad:#b42318;--bad-tint:#fde7e4;--warn:#7d4e00;--warn-tint:#fdf0cf;--info:#4a5561;--info-tint:#e9edf1`;
const DARK = `--ground:#0e1217;--panel:#161b22;--box:#1c222b;--ink:#e7ecf2;--soft:#a3aeba;--line:#3a434e;--solid:#9dbcff;--on:#0c1a38;--tint:#22345c;--tint-ink:#cbdaff;--data:#9dbcff;--flip:#ffa264;--flip-tint:#3a2414;--good:#6fd394;--good-tint:#12331f;--bad:#ff9c91;--bad-tint:#46191a;--warn:#f2c35c;--warn-tint:#3a2c09;--info:#b4bfca;--info-tint:#272f38`;

/** The colours of a page. */
const THEME = `:root{color-scheme:light dark;${LIGHT}}@media (prefers-color-scheme:dark){:root{${DARK}}}@media print{:root{color-scheme:light;${LIGHT}}}`;

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
.number{fill:var(--flip)}.number-text{fill:var(--ground);font-weight:600}
.strong{fill:var(--flip-tint)}
.drum{fill:none;stroke:var(--data);stroke-width:1.5}
.s11{font-size:11px}.s12{font-size:12px}.s15{font-size:15px}
.name,.region{font-weight:600}
.detail{fill:var(--soft)}
.badge{fill:var(--tint)}.badge-text{fill:var(--tint-ink)}
.solid{fill:var(--solid)}.solid-text{fill:var(--on);font-weight:600}
.arrow{fill:none;stroke-width:1.5}
.request{stroke:var(--soft)}.request-head{fill:var(--soft)}
.idle{stroke:var(--soft);stroke-dasharray:8 4}.idle-head{fill:var(--soft)}
.data{stroke:var(--data);stroke-dasharray:5 3}.data-head{fill:var(--data)}.data-text{fill:var(--data)}
.sync{stroke:var(--soft);stroke-dasharray:2 3}.sync-head{fill:var(--soft)}
.flip{stroke:var(--flip);stroke-width:2.5}.flip-head{fill:var(--flip)}
`;

/** Everything else on the page. */
const REST = `*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 ${FONT}}
header,main,footer{max-width:1400px;margin:0 auto;padding:0 24px}
header{display:flex;flex-wrap:wrap;gap:4px 32px;align-items:baseline;justify-content:space-between;padding-top:14px}
h1{font-size:24px;line-height:1.2;margin:0}
h2{font-size:20px;margin:0 0 8px}
h3{font-size:15px;margin:0}
p{margin:0 0 8px}
a{color:var(--tint-ink)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible,input:focus-visible{outline:3px solid var(--solid);outline-offset:2px}
code{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
.lead{margin:0;color:var(--soft)}
.skip{position:absolute;left:-999px}
.skip:focus{left:16px;top:8px;background:var(--box);padding:8px 12px;z-index:1}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:2px 14px;margin:0;padding:0;font-size:13px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.screen{display:grid;grid-template-columns:minmax(0,1fr) 404px;gap:20px;padding:12px 0 28px}
figure{margin:0}
.diagram{display:block;width:100%}
.diagram.wide{max-height:max(560px,calc(100vh - 110px))}
.diagram.narrow{display:none;max-width:440px;margin:0 auto}
.beside{display:flex;flex-direction:column;gap:16px;min-width:0}
.figures{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:10px}
.card{background:var(--panel);border:1px solid var(--line);border-left:5px solid var(--line);border-radius:8px;padding:8px 10px;font-size:13px;line-height:1.35}
.card h3{font-size:12px;font-weight:500;color:var(--soft)}
.card .value{font-size:18px;font-weight:650;margin:1px 0 2px}
.card .against{margin:0 0 4px;color:var(--soft)}.against span{display:block}.card .tone{white-space:normal}
.card.good{border-left-color:var(--good)}.card.bad{border-left-color:var(--bad)}.card.unknown{border-left-color:var(--warn)}
.tone,.severity{white-space:nowrap;font-weight:600}
.tone.good{color:var(--good)}.tone.bad{color:var(--bad)}.tone.unknown{color:var(--warn)}.tone.plain{color:var(--soft)}
.first h2{font-size:16px}.first small{font-weight:400;font-size:13px;color:var(--soft)}
.first ol{list-style:none;margin:0;padding:0}
.first li{border-top:1px solid var(--line);padding:6px 0;font-size:13px;line-height:1.4}
.first li p{margin:1px 0 0;color:var(--soft);display:-webkit-box;-webkit-line-clamp:2;line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
.first .all{border-top:1px solid var(--line);padding-top:6px;margin:0;font-size:13px}
.first a{text-decoration:none}.first a:hover{text-decoration:underline}
.first b{color:var(--ink)}.more{color:var(--soft)}
.severity{display:inline-block;font-size:12px;padding:0 7px;border-radius:9px;margin-right:4px}
.severity.error{background:var(--bad-tint);color:var(--bad)}.severity.warning{background:var(--warn-tint);color:var(--warn)}.severity.info{background:var(--info-tint);color:var(--info)}
main>section{border-top:1px solid var(--line);padding:22px 0 12px;scroll-margin-top:8px}
main>section>p,.notes{max-width:90ch}
.notes{padding-left:20px;margin:0 0 12px}
.scroll{overflow-x:auto;margin:0 0 16px}
table{border-collapse:collapse;font-size:13.5px;line-height:1.4;min-width:min(100%,620px)}
caption{text-align:left;font-weight:600;padding:6px 0;caption-side:top}
th,td{text-align:left;vertical-align:top;padding:5px 14px 5px 0;border-bottom:1px solid var(--line);max-width:44ch;overflow-wrap:break-word}
thead th{color:var(--soft);font-weight:600;white-space:nowrap}
tbody th{font-weight:500}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody tr:hover{background:var(--panel)}
details{margin:0 0 14px}summary{cursor:pointer;font-weight:600;padding:4px 0}
.filter{border:0;padding:0;margin:0 0 12px;display:flex;flex-wrap:wrap;gap:4px 16px}
.filter legend{float:left;font-weight:600;padding:0;margin-right:16px}
.group details{margin:4px 0 0}.group{border:1px solid var(--line);border-radius:8px;padding:10px 14px;margin:0 0 10px;background:var(--panel)}
.group ul{margin:6px 0 0;padding-left:18px}.group li{margin-bottom:8px}.group p{margin:0;overflow-wrap:anywhere;max-width:110ch}
.group:target{outline:3px solid var(--solid)}
.remedy,.path{color:var(--soft)}
main:has(#show-error:checked) .group:not([data-severity=error]),main:has(#show-warning:checked) .group:not([data-severity=warning]),main:has(#show-info:checked) .group:not([data-severity=info]){display:none}
.waterfall{min-width:720px;max-width:980px}
.grid{stroke:var(--line)}.objective{stroke:var(--bad);stroke-width:2;stroke-dasharray:6 3}.objective-text{fill:var(--bad);font-weight:600}
.bar{fill:var(--info-tint);stroke:var(--info)}.bar.p50{fill:var(--info)}
.bar.critical{fill:var(--tint);stroke:var(--solid)}.bar.critical.p50{fill:var(--solid)}
footer{border-top:1px solid var(--line);padding-top:14px;padding-bottom:24px;color:var(--soft);font-size:13px}
@media (max-width:1060px){.screen{grid-template-columns:minmax(0,1fr)}.figures{grid-template-columns:repeat(4,minmax(0,1fr))}.beside{order:-1}.diagram.wide{max-height:none}}
@media (max-width:760px){header,main,footer{padding-left:14px;padding-right:14px}.figures{grid-template-columns:repeat(2,minmax(0,1fr))}.diagram.wide{display:none}.diagram.narrow{display:block}}
@media print{body{font-size:11px}nav,.skip,.filter{display:none}.screen{display:block}.group,tr,.card{break-inside:avoid}.scroll{overflow:visible}a{color:inherit}details::details-content{content-visibility:visible;block-size:auto;opacity:1}}
`;

/** The styles of the page, all of them. */
export const PAGE = `${THEME}${DRAWING}${REST}`;
