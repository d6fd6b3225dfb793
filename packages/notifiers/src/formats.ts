import { alertmanager } from './alertmanager/index.ts'
import { cloudevents } from './cloudevents/index.ts'
import { discord } from './discord/index.ts'
import { email } from './email/index.ts'
import type { Format } from './format.ts'
import { goalert } from './goalert/index.ts'
import { grafanaIrm } from './grafana-irm/index.ts'
import { incidentIo } from './incident-io/index.ts'
import { jsm } from './jsm/index.ts'
import { pagerduty } from './pagerduty/index.ts'
import { slack } from './slack/index.ts'
import { splunkOncall } from './splunk-oncall/index.ts'
import { standard } from './standard/index.ts'
import { teams } from './teams/index.ts'

/** Every tool Outcry can speak to, by the `format` of a target. */
export const formats: readonly Format[] = [
  pagerduty,
  jsm,
  incidentIo,
  splunkOncall,
  grafanaIrm,
  goalert,
  alertmanager,
  slack,
  teams,
  discord,
  email,
  cloudevents,
  standard,
]

export const formatOf = (name: string): Format | undefined => formats.find((format) => format.name === name)
