import { Client } from 'pg'
import { databaseError } from '../pool/database-error.ts'

/** Runs `work` on a connection of its own, in one transaction that may take as long as it needs. */
export const inLongTransaction = async <T>(
  url: string,
  begin: 'BEGIN' | 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = new Client({ connectionString: url, application_name: 'outcry backup', keepAlive: true })
  // What breaks the connection also rejects what runs on it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(begin)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    throw databaseError(error, url)
  } finally {
    await client.end().catch(() => undefined)
  }
}
