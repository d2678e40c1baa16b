/** How a report looks on a screen and on A4. */
export const reportStyle = `
body { font: 14px/1.5 system-ui, "Noto Sans KR", sans-serif; color: #16181d; background: #fff;
  max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
header p { margin: 0; color: #5a6270; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.5rem; margin: 0; }
dt { color: #5a6270; }
dd { margin: 0; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .2rem .5rem; border-bottom: 1px solid #d9dde3; }
th:first-child, td:first-child, .text th, .text td { text-align: left; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.note { border-left: 3px solid #b26a00; padding-left: .75rem; }
footer { margin-top: 2rem; color: #5a6270; font-size: 12px; }
@page { size: A4; margin: 16mm; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } h2 { break-after: avoid; } }
`;
