import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { POSTGRES, sql } from './data-sources.ts'

const COLOURS = { opened: 'orange', escalated: 'red', resolved: 'green' } as const

/** Marks where issues opened, escalated and were resolved; drills have their brand's name with `#drill`. */
export const issueAnnotations = (): AnnotationQueryBuilder[] =>
  Object.entries(COLOURS).map(([kind, colour]) =>
    new AnnotationQueryBuilder()
      .name(`Issues ${kind}`)
      .datasource(POSTGRES)
      .enable(true)
      .hide(false)
      .iconColor(colour)
      .target(
        sql(`SELECT timeline.at AS time, timeline.brand || ': ' || issue.label AS text,
                    timeline.kind || ',' || issue.severity AS tags
             FROM outcry.timeline JOIN outcry.issue ON issue.id = timeline.issue_id
             WHERE timeline.kind = '${kind}' AND $__timeFilter(timeline.at)
             ORDER BY timeline.at DESC LIMIT 500`),
      ),
  )
