import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryReports } from '../test/memory-reports.ts'
import { START } from '../test/memory-ports.ts'
import { HOSTILE_TEXTS } from '../test/report-documents.ts'
import { bearer, restFixture } from '../test/rest-fixture.ts'

const ask = async (path: string, texts?: readonly string[]) => {
  const rest = await restFixture({ ports: { reports: memoryReports(START, texts) } })
  try {
    return await rest.app.inject({ url: `/api/v1${path}`, headers: bearer('viewer') })
  } finally {
    await rest.app.close()
  }
}
/** So that a comma in a row always ends a cell. */
const withoutComma = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll(',', ';'))
const csvOf = async (texts: readonly string[]) => (await ask('/issues/i1/complaints.csv', texts)).body

describe('the report of an issue', () => {
  it('is JSON, with addresses that may be followed only', async () => {
    const answer = await ask('/issues/i1/report')
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.json()).toMatchObject({ issue: { id: 'i1' }, fall: null, posts: [{ url: null }] })
  })

  it.each([
    ['markdown', 'text/markdown; charset=utf-8', 'md'],
    ['html', 'text/html; charset=utf-8', 'html'],
    ['pdf', 'application/pdf', 'pdf'],
  ])('is a file as %s', async (format, type, ending) => {
    const { headers, statusCode, rawPayload } = await ask(`/issues/i1/report?format=${format}`)
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({
      'content-type': type,
      'content-disposition': `attachment; filename="outcry-i1.${ending}"`,
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(rawPayload.length).toBeGreaterThan(100)
  })

  it('as HTML may load its own style and nothing else', async () => {
    const { headers, body } = await ask('/issues/i1/report?format=html')
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/)
    expect(body).toContain(policy)
  })

  it('refuses other formats and times, and what lies elsewhere', async () => {
    expect((await ask('/issues/i1/report?format=docx')).statusCode).toBe(400)
    for (const fixedAt of ['today', '2026-02-31T08:00:00Z', '2026-01-31', '2026-01-31T08:00:00'])
      expect((await ask(`/issues/i1/report?fixedAt=${fixedAt}`)).statusCode).toBe(400)
    for (const fixedAt of ['2026-01-31T08:00Z', '2026-01-31T08:00:00Z', '2026-01-31T08:00:00.5%2B02:00'])
      expect((await ask(`/issues/i1/report?fixedAt=${fixedAt}`)).statusCode).toBe(200)
    expect((await ask('/issues/nothing/report')).statusCode).toBe(404)
  })
})

describe('complaints as CSV', () => {
  it('are for Excel: with the mark of UTF-8, a header, and CRLF', async () => {
    const csv = await csvOf(['it hangs, "again"'])
    expect(csv.startsWith('\uFEFFwritten_at,source,text,url,language,reach,')).toBe(true)
    expect(csv.split('\r\n')).toHaveLength(3)
    expect(csv).toContain(',"it hangs, ""again""",')
  })

  it('of a drill say so in the name of the file and in each row', async () => {
    const [drill, real] = await Promise.all([ask('/issues/i3/complaints.csv'), ask('/issues/i1/complaints.csv')])
    expect(drill.headers['content-disposition']).toBe('attachment; filename="DRILL-outcry-i3-complaints.csv"')
    expect(drill.body).toMatch(/,drill\r\n[^\r]*,yes\r\n$/)
    expect(real.headers['content-disposition']).toBe('attachment; filename="outcry-i1-complaints.csv"')
    expect(real.body).toMatch(/,drill\r\n[^\r]*,no\r\n$/)
  })

  it.each(['=1+1', '+1', '-1', '@sum(a1)', '\t=1', '\r=1', '\uff1d1+1', ' =1'])('hold %j as text', async (text) => {
    const [, row] = (await csvOf([text])).split('\r\n')
    expect(row!.split(',')[2]).toMatch(/^'/)
  })

  it.each(Object.entries(HOSTILE_TEXTS))('show %s as text of one cell', async (_name, text) => {
    const csv = await csvOf([text])
    expect(csv.split('\r\n')).toHaveLength(3)
    expect(csv).not.toMatch(/[^\P{Cc}\r\n]|[\u202a-\u202e\u2066-\u2069]/u)
  })

  it('begin no cell as a formula, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(withoutComma, { maxLength: 8 }), async (texts) => {
        const rows = (await csvOf(texts)).trimEnd().split('\r\n').slice(1)
        expect(rows).toHaveLength(texts.length)
        for (const row of rows) expect(row).not.toMatch(/(^|,)"?[=+\-@\t\r]/)
      }),
      { numRuns: 25 },
    )
  })
})
