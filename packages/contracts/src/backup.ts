import { type Static, Type } from 'typebox'

const MANIFEST_VERSION = 1

export const BackupTable = Type.Object({
  name: Type.String({ pattern: '^[a-z_]+$' }),
  columns: Type.Array(Type.String({ pattern: '^[a-z_]+$' })),
  rows: Type.Integer({ minimum: 0 }),
  /** SHA-256 of the file, in hex. */
  sha256: Type.String(),
})
export type BackupTable = Static<typeof BackupTable>

/** What a backup directory holds; written last, so that a directory without it is no backup. */
export const BackupManifest = Type.Object({
  version: Type.Literal(MANIFEST_VERSION),
  takenAt: Type.String(),
  server: Type.String(),
  migrations: Type.Array(Type.Object({ number: Type.Integer(), name: Type.String(), checksum: Type.String() }), {
    minItems: 1,
  }),
  tables: Type.Array(BackupTable),
})
export type BackupManifest = Static<typeof BackupManifest>
