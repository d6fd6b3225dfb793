import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { startLocalX } from './local-x.ts'

const connector = connectors['x-v2']!

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (text) => Buffer.from(JSON.stringify({ data: { id: '1578516068309794817', text } })),
  start: startLocalX,
})
