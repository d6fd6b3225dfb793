import { Markup } from './markup.ts'

/** The report's style; colours hold contrast 4.5 in light and dark. */
export const REPORT_STYLE: Markup = new Markup(`
:root { color-scheme: light dark; --ink: #1c2330; --quiet: #566072; --paper: #ffffff; --panel: #f4f6f9; --line: #d5dae2;
  --bars: #c3ccda; --complaints: #b3261e; --expected: #1f5fa8; --incident: #8a5a00; --major: #b3261e; --crisis: #7a1fa2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf2; --quiet: #a5afc0; --paper: #12161d; --panel: #1b212b;
  --line: #343c49; --bars: #47536a; --complaints: #ff8a80; --expected: #8ab8f0; --incident: #f0b94d; --major: #ff8a80; --crisis: #d6a2f0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main, header { max-width: 1080px; margin: 0 auto; padding: 16px 20px; }
h1 { font-size: 1.7rem; margin: 0.4em 0 0; } h2 { font-size: 1.25rem; margin: 2em 0 0.4em; } h3 { font-size: 1.05rem; margin: 1.4em 0 0.2em; }
p { margin: 0.4em 0; } .quiet { color: var(--quiet); } a { color: var(--expected); }
.figures { display: flex; flex-wrap: wrap; gap: 12px; padding: 0; margin: 16px 0; list-style: none; }
.figures li { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 8px 16px; min-width: 120px; }
.figures strong { display: block; font-size: 1.4rem; }
svg { width: 100%; height: auto; display: block; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } svg .tick { fill: var(--quiet); font-size: 11px; }
.grid { stroke: var(--line); } .bars { fill: var(--bars); } .complaints { fill: none; stroke: var(--complaints); stroke-width: 1.6; }
.expected { fill: none; stroke: var(--expected); stroke-width: 1.6; stroke-dasharray: 5 4; }
.mark { stroke: var(--ink); stroke-dasharray: 2 3; } .mark-label { font-weight: 700; }
.span { stroke-width: 8; stroke-linecap: round; opacity: 0.75; } .span.incident { stroke: var(--incident); } .span.major { stroke: var(--major); } .span.crisis { stroke: var(--crisis); }
.paged { fill: var(--ink); stroke: var(--ink); stroke-width: 2; } .held { fill: var(--panel); stroke: var(--ink); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: 18px; padding: 0; margin: 6px 0; list-style: none; color: var(--quiet); font-size: 0.9rem; }
.swatch { display: inline-block; width: 18px; height: 10px; margin-right: 6px; vertical-align: middle; }
.swatch.of-mentions { background: var(--bars); } .swatch.of-complaints { border-top: 3px solid var(--complaints); height: 0; } .swatch.of-expected { border-top: 3px dashed var(--expected); height: 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
caption { text-align: left; color: var(--quiet); padding: 4px 0; } th, td { text-align: left; vertical-align: top; padding: 8px 10px; border-bottom: 1px solid var(--line); }
td.number { text-align: right; white-space: nowrap; } td ul { margin: 0; padding-left: 1.1em; } .severity { font-weight: 700; }
.severity.incident { color: var(--incident); } .severity.major { color: var(--major); } .severity.crisis { color: var(--crisis); }
blockquote { margin: 4px 0; padding: 4px 12px; border-left: 3px solid var(--line); overflow-wrap: anywhere; }
summary { cursor: pointer; min-height: 24px; }
`)
