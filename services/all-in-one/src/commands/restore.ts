import { resolve } from 'node:path'
import { restoreDatabase } from '@outcry/store'
import type { DefineCommand } from '../define-command.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { refuseRunning, withDatabaseUrl } from '../own-database.ts'
import { createSteps } from '../terminal/steps.ts'

export const defineRestore: DefineCommand = (command, io) => {
  command
    .argument('<dir>', 'directory that `outcry backup` made')
    .option(...CONFIG_OPTION)
    .action(async (dir: string, options: { config?: string }) => {
      const { config } = await loadSettings(io, options.config, ['database', 'dataDir'])
      refuseRunning(config)
      const directory = resolve(io.userDir, dir)
      const steps = createSteps(io)
      const onTable = (table: string) => steps.begin(`copying ${table}`)
      const { tables, takenAt } = await withDatabaseUrl(config, (url) =>
        restoreDatabase({ url, directory, onTable }),
      ).finally(() => steps.end())
      const rows = tables.reduce((sum, table) => sum + table.rows, 0)
      io.stderr.write(`Restored ${rows} rows as of ${takenAt}. Start Outcry to go on from there.\n`)
    })
}
