import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

let fixture: Awaited<ReturnType<typeof createFixture>>
beforeAll(async () => {
  fixture = await createFixture()
})
afterAll(() => fixture.close())

it('reads a post and its edit again as what they were, where the cursor could not be stored', async () => {
  // The first cursor is refused, as if the process had died on its way to it.
  await fixture.pool.query(`
    CREATE SEQUENCE outcry.cursors;
    CREATE FUNCTION outcry.refuse_first_cursor() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('outcry.cursors') = 1 THEN RAISE EXCEPTION 'no cursor yet'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse_first_cursor BEFORE UPDATE ON outcry.source_state
      FOR EACH ROW WHEN (NEW.cursor IS DISTINCT FROM OLD.cursor) EXECUTE FUNCTION outcry.refuse_first_cursor()`)
  const createdAt = Date.UTC(2026, 2, 1)
  const source = await fixture.fileSource([
    { id: 'p', text: 'acme is late', createdAt },
    { id: 'p', text: 'acme was late, all good now', createdAt, op: 'update' },
  ])
  await fixture.readAll(ingestOptions(fixture, [source]))
  const arrived = (await fixture.mentions()).map(({ mention: { op, text } }) => `${op}: ${text}`)
  const both = ['create: acme is late', 'update: acme was late, all good now']
  // The second time around the detector knows both.
  expect(arrived).toEqual([...both, ...both])
})
