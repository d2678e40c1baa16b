/** How the status page looks, light or dark. */
export const statusStyle = `
:root { color-scheme: light dark; --good: #2e7d32; --bad: #c62828; --risk: #8a5000; --none: #6b6f76;
  background: Canvas; color: CanvasText; }
@media (prefers-color-scheme: dark) {
  :root { --good: #66bb6a; --bad: #ef7f78; --risk: #e0a24a; --none: #9aa0a8; }
}
body { font: 16px/1.5 system-ui, "Noto Sans KR", sans-serif; max-width: 50rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
.now { font-size: 1.25rem; }
.kept { color: var(--good); }
.at_risk { color: var(--risk); }
.broken { color: var(--bad); }
.unknown { color: var(--none); }
.strip { display: flex; align-items: end; gap: 2px; height: 2.5rem; list-style: none; padding: 0;
  margin: .5rem 0; }
.strip li { flex: 1; height: 100%; }
.strip .good { background: var(--good); }
.strip .bad { background: var(--bad); height: 55%; }
.strip .none { border: 1px solid var(--none); height: 30%; box-sizing: border-box; }
.strip span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.strip .simulated { opacity: .45; }
.note { border: 1px solid var(--risk); padding: .5rem .75rem; }
footer { margin-top: 2rem; font-size: .85rem; }
`;
