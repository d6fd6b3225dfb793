import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { startLocalImap } from './faulty-imap.ts'
import { makeMail } from './local-imap.ts'

const connector = connectors['imap']!

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  payload: (text) => Buffer.from(makeMail(1, { text })),
  start: startLocalImap,
})
