import { isoMinute } from '@outcry/contracts'
import type { BrandReport, IssueReport } from './backtest-report.ts'
import { html, type Markup } from './markup.ts'

/** What the budget allowed and what was achieved, brand by brand. */
export const budgetList = (brands: readonly BrandReport[]): Markup =>
  html`<ul>
    ${brands.map(
      ({ brand, budget, pagesByWeek, pagesAWeek, held }) =>
        html`<li>
          <strong>${brand}</strong>: ${tenths(pagesAWeek)} pages a week where ${budget} are allowed, crises apart; week
          by week ${pagesByWeek.join(', ')}; ${held} issues never paged
        </li>`,
    )}
  </ul>`

/** Issues that wanted a page and got none, those first that weighed most. */
export const heldTable = (issues: readonly (IssueReport & { number: number })[]): Markup => {
  const held = issues.filter((issue) => issue.held).toSorted((a, b) => b.worth - a.worth || a.number - b.number)
  if (held.length === 0) return html`<p>Every issue that asked for a page got one.</p>`
  return html`<div class="wide" tabindex="0" role="region" aria-label="Table of held issues">
    <table>
      <caption>
        Held issues, those first that weighed most: how grave an issue was in the end times how sure it was, 10 at the
        most. While few pages of a week are left, they are kept for graver and surer issues.
      </caption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Issue</th>
          <th scope="col">Opened</th>
          <th scope="col">Weight in the end</th>
          <th scope="col">Why it did not page</th>
        </tr>
      </thead>
      <tbody>
        ${held.map(
          (issue) =>
            html`<tr>
              <td class="number">${issue.number}</td>
              <td>
                <strong>${issue.label}</strong><br />${issue.brand},
                <span class="severity ${issue.severity}">${issue.severity}</span>
              </td>
              <td>${isoMinute(issue.openedMs)}</td>
              <td class="number">${tenths(issue.worth)}</td>
              <td>${issue.pageReason}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

const tenths = (value: number): string => String(Math.round(value * 10) / 10)
