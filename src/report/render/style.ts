/** The look of the HTML report: readable on a phone, on paper and in the dark. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6577;--line:#dfe4ec;--paper:#fff;--ground:#f5f7fa;--bar:#3567b8;--mark:#c2410c}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf1;--soft:#9aa5b8;--line:#2f3847;--paper:#1a202b;--ground:#12161e;--bar:#6d9cec;--mark:#fb923c}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1.25rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.2rem;margin:0 0 .75rem}
p{margin:0 0 .8rem;max-width:46rem;overflow-wrap:anywhere}
header p,.legend,small,figcaption,caption{color:var(--soft)}
section,.figures>div{background:var(--paper);border:1px solid var(--line);border-radius:.6rem}
section{padding:1.1rem;margin:0 0 1rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0}
.figures>div{padding:.8rem}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
small{display:block;font-size:.8rem;font-weight:400;line-height:1.35}
.note{border-left:3px solid var(--mark);padding-left:.7rem;color:var(--soft)}
.wide{overflow-x:auto;margin:0 0 1rem}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
caption,figcaption{text-align:left;font-size:.9rem;padding:0 0 .4rem}
th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600;white-space:nowrap}
.right{text-align:right}
td.right,td:first-child{white-space:nowrap}
figure{margin:0 0 1rem}
.bars{list-style:none;margin:0;padding:0;font-size:.92rem;display:grid;grid-template-columns:minmax(5rem,max-content) 1fr max-content;gap:.3rem .6rem;align-items:center}
.bars li{display:contents}
.label{overflow-wrap:anywhere}
.text{text-align:right;font-variant-numeric:tabular-nums}
.track{position:relative;height:1rem;background:var(--ground);border-radius:.2rem}
.track b{display:block;height:100%;background:var(--bar);border-radius:.2rem;min-width:1px}
.track i{position:absolute;top:-.15rem;bottom:-.15rem;border-left:2px dashed var(--mark)}
.legend{font-size:.85rem}
.legend i{display:inline-block;width:1.2rem;border-top:2px dashed var(--mark);margin-right:.4rem;vertical-align:middle}
@media(max-width:30rem){body{padding:.75rem}section{padding:.8rem}.bars{grid-template-columns:minmax(4rem,7rem) 1fr max-content}}
@media print{body{background:none}section{break-inside:avoid}}
`;
