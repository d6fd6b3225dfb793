import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard'
import { describe, expect, it } from 'vitest'
import { dashboards } from './index.ts'

const boards = Object.entries(dashboards())
const isPanel = (each: Panel | RowPanel): each is Panel => each.type !== 'row'

describe.each(boards)('the dashboard %s', (_name, board) => {
  const all = board.panels ?? []
  const panels = all.filter(isPanel)

  it('numbers its rows and panels, and draws none over another', () => {
    const ids = all.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id !== undefined && id > 0)).toBe(true)
    const cells = all.flatMap(({ gridPos }) => {
      const { x, y, w, h } = gridPos!
      return Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`)
    })
    expect(new Set(cells).size).toBe(cells.length)
    expect(all.every(({ gridPos }) => gridPos!.x + gridPos!.w <= 24)).toBe(true)
  })

  it('says of each panel which question it answers', () => {
    for (const { title, description } of panels) {
      expect(title).not.toBe('')
      expect(description).toMatch(/\?( \(.+\))?$/)
    }
  })

  it('asks data sources by variable, and invents no data', () => {
    for (const panel of panels) {
      expect(panel.targets?.length).toBeGreaterThan(0)
      for (const target of panel.targets as unknown as { datasource: { uid: string }; expr?: string }[]) {
        expect(['${prometheus}', '${postgres}']).toContain(target.datasource.uid)
        expect(target.expr ?? '').not.toContain('vector(')
      }
    }
  })

  it('marks issues that opened, escalated and were resolved', () => {
    expect(board.annotations?.list?.map(({ name }) => name)).toEqual([
      'Issues opened',
      'Issues escalated',
      'Issues resolved',
    ])
  })
})
