import { isoMinute } from '@outcry/contracts'
import { createHash } from 'node:crypto'
import type { BacktestReport, IssueReport } from './backtest-report.ts'
import { brandPlot } from './brand-plot.ts'
import { count, duration, figure, odds } from './format.ts'
import { budgetList, heldTable } from './held-table.ts'
import { issueTimeline } from './issue-timeline.ts'
import { html, Markup, safeUrl } from './markup.ts'
import { suppressedTable } from './suppressed-table.ts'
import { REPORT_STYLE } from './report-style.ts'

/** Of all styles the page has its own alone, known by its hash. */
const POLICY = new Markup(
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(REPORT_STYLE.text).digest('base64')}'`,
)
const STYLE = new Markup(`<style>${REPORT_STYLE.text}</style>`)

type Numbered = IssueReport & { number: number }

/** The report as one self-contained page: no script, nothing loaded from elsewhere, hostile text escaped. */
export const renderReportPage = (report: BacktestReport): string => {
  const issues = report.issues.map((issue, index): Numbered => Object.assign({ number: index + 1 }, issue))
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>Outcry backtest</title>
        ${STYLE}
      </head>
      <body>
        <header>
          <h1>Outcry backtest</h1>
          <p class="quiet">
            ${isoMinute(report.firstMs)} to ${isoMinute(report.lastMs)} UTC, settings
            ${report.settingsDigest.slice(0, 12)}
          </p>
        </header>
        <main>
          ${figures(report)}
          <h2>Issues</h2>
          ${
            issues.length === 0
              ? html`<p>No issue: at no moment did clearly more people complain about one thing than expected.</p>`
              : html`${issueTimeline(issues, report.firstMs, report.lastMs)}${issueTable(issues)}`
          }
          <h2>Pages</h2>
          ${budgetList(report.brands)} ${heldTable(issues)}
          <h2>Nearly alerts</h2>
          ${suppressedTable(report.suppressed)}
          <h2>Brands</h2>
          <ul class="legend">
            <li><span class="swatch of-mentions"></span>mentions</li>
            <li><span class="swatch of-complaints"></span>complaints</li>
            <li><span class="swatch of-expected"></span>complaints expected</li>
            <li>dotted line with a number: an issue opened</li>
          </ul>
          ${report.brands.map(
            (brand) =>
              html`<section aria-label="Brand ${brand.brand}">
                <h3>${brand.brand}</h3>
                <p class="quiet">
                  ${count(brand.mentions)} mentions by ${count(brand.people)} people, ${count(brand.complaints)}
                  complaints, ${brand.issues} issues, ${brand.pages} pages, ${brand.held} held; a step is
                  ${duration(brand.series.stepMs)}
                </p>
                ${brandPlot(
                  brand,
                  issues.filter((issue) => issue.brand === brand.brand),
                )}
              </section>`,
          )}
        </main>
      </body>
    </html> `.text
}

const figures = (report: BacktestReport): Markup => {
  const held = report.issues.filter(({ page }) => !page).length
  const shown: [string, number][] = [
    ['mentions', report.mentions],
    ['complaints', report.complaints],
    ['issues', report.issues.length],
    ['pages', report.pages],
    ['issues held', held],
    ['duplicates', report.duplicates],
    ['late', report.late],
  ]
  return html`<ul class="figures">
    ${shown.map(([name, value]) => html`<li><strong>${count(value)}</strong> ${name}</li>`)}
  </ul>`
}

const issueTable = (issues: readonly Numbered[]): Markup =>
  html`<div class="wide" tabindex="0" role="region" aria-label="Table of issues">
    <table>
      <caption>
        Every issue with what was counted and expected when it opened and at its peak, how it stood in the end, and why
        it did or did not page. Times are UTC.
      </caption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Issue</th>
          <th scope="col">Opened</th>
          <th scope="col">Counted against expected</th>
          <th scope="col">In the end</th>
          <th scope="col">Page</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${issues.map(issueRow)}
      </tbody>
    </table>
  </div>`

const issueRow = (issue: Numbered): Markup =>
  html`<tr>
    <td class="number">${issue.number}</td>
    <td>
      <strong>${issue.label}</strong><br />${issue.brand},
      <span class="severity ${issue.severity}">${issue.severity}</span
      >${issue.openedAs === issue.severity ? '' : ` (opened as ${issue.openedAs})`},
      ${issue.state}${issue.authenticity === 'genuine' ? '' : `, ${issue.authenticity}`} <br /><span class="quiet"
        >${issue.terms.join(', ')}</span
      >${excerpts(issue)}
    </td>
    <td>${isoMinute(issue.openedMs)}<br /><span class="quiet">since ${isoMinute(issue.sinceMs)}</span></td>
    <td>
      Opened with ${counted(issue)}<br /><span class="quiet">${odds(issue.tailProbability)}</span><br />
      Peak ${isoMinute(issue.peak.atMs)}: ${counted(issue.peak)}
    </td>
    <td>${count(issue.mentions)} posts by ${count(issue.people)} people</td>
    <td>${issue.page ? html`<strong>page</strong>` : 'held'}<br /><span class="quiet">${issue.pageReason}</span></td>
    <td>
      <ul>
        ${issue.reasons.map((reason) => html`<li>${reason}</li>`)}
      </ul>
    </td>
  </tr>`

const counted = ({ observed, windowMs, expected }: Pick<Numbered, 'observed' | 'windowMs' | 'expected'>): string =>
  `${count(observed)} people in ${duration(windowMs)}, ${figure(expected)} expected`

const excerpts = (issue: Numbered): Markup | null =>
  issue.excerpts.length === 0
    ? null
    : html`<details>
        <summary>Posts</summary>
        ${issue.excerpts.map(({ atMs, source, text, url }) => {
          const link = safeUrl(url)
          const when = `${isoMinute(atMs)} ${source}`
          return html`<blockquote>
            ${text}<br />${link === null ? html`<span class="quiet">${when}</span>` : html`<a href="${link}" rel="noreferrer noopener nofollow">${when}</a>`}
          </blockquote>`
        })}
      </details>`
