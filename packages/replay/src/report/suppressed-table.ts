import { isoMinute } from '@outcry/contracts'
import type { SuppressedBurst } from '@outcry/contracts'
import { count, duration, figure, odds } from './format.ts'
import { html, type Markup } from './markup.ts'

const MOST_SHOWN = 200

/** What came near and opened nothing: the same numbers and words as live. Of very many those that came nearest. */
export const suppressedTable = (bursts: readonly SuppressedBurst[]): Markup => {
  if (bursts.length === 0) return html`<p>Nothing came near to an issue without being one.</p>`
  const shown = bursts
    .toSorted((a, b) => a.tailProbability - b.tailProbability)
    .slice(0, MOST_SHOWN)
    .sort((a, b) => a.at - b.at)
  const left = bursts.length - shown.length
  return html`<div class="wide" tabindex="0" role="region" aria-label="Table of bursts that opened no issue">
    <table>
      <caption>
        Bursts that came near to an issue and opened none, each topic once an hour at most, and what would have changed
        it. Times are UTC.${left > 0 ? ` ${count(left)} that came less near are in report.json only.` : ''}
      </caption>
      <thead>
        <tr>
          <th scope="col">Topic</th>
          <th scope="col">Since</th>
          <th scope="col">Counted against expected</th>
          <th scope="col">Why not</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(suppressedRow)}
      </tbody>
    </table>
  </div>`
}

const suppressedRow = (burst: SuppressedBurst): Markup =>
  html`<tr>
    <td>
      <strong>${burst.label}</strong><br />${burst.brand}<br /><span class="quiet">${burst.terms.join(', ')}</span>
    </td>
    <td>${isoMinute(burst.since)}</td>
    <td>
      ${count(burst.observed)} people in ${duration(burst.windowMs)}, ${figure(burst.expected)} expected,
      ${count(burst.needed)} needed<br /><span class="quiet">${odds(burst.tailProbability)}</span>
    </td>
    <td>
      <ul>
        ${burst.reasons.map((reason) => html`<li>${reason}</li>`)}
      </ul>
    </td>
  </tr>`
