import { describe } from 'vitest'
import { startPostgres } from '@outcry/testkit'
import { busFaults } from '../../test/bus-faults.ts'

describe('PostgreSQL bus', () => {
  busFaults(async () => {
    const server = await startPostgres()
    return { server, spec: { driver: 'postgres', url: server.url } }
  })
})
