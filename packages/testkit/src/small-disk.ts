import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own that can be filled to the last byte. */
export type SmallDisk = {
  folder: string
  /** Leaves no space; what is written from now on fails with ENOSPC. */
  fill(): void
  free(): void
  /** Takes it away with all that is on it. Safe twice. */
  remove(): void
}

const CHUNK = new Uint8Array(1_048_576)

/** Mounts a disk in memory; null where this user may not mount, as outside of Linux or without root. */
export const mountSmallDisk = (mebibytes: number): SmallDisk | null => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'outcry-test', folder])
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  const ballast = join(folder, 'ballast')
  let there = true
  return {
    folder,
    fill: () => {
      const file = openSync(ballast, 'w')
      try {
        for (let size = CHUNK.length; size > 0; size = Math.floor(size / 2)) {
          while (freeBytes(folder) >= size) writeSync(file, CHUNK, 0, size)
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      if (!there) return
      there = false
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
