import { resolve } from 'node:path'
import { backupDatabase } from '@outcry/store'
import type { DefineCommand } from '../define-command.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { withDatabaseUrl } from '../own-database.ts'
import { createSteps } from '../terminal/steps.ts'

export const defineBackup: DefineCommand = (command, io) => {
  command
    .argument('<dir>', 'directory to make; it must not exist')
    .option(...CONFIG_OPTION)
    .action(async (dir: string, options: { config?: string }) => {
      const { config } = await loadSettings(io, options.config, ['database', 'dataDir'])
      const directory = resolve(io.userDir, dir)
      const steps = createSteps(io)
      const onTable = (table: string) => steps.begin(`copying ${table}`)
      const { tables, takenAt } = await withDatabaseUrl(config, (url) =>
        backupDatabase({ url, directory, onTable }),
      ).finally(() => steps.end())
      const rows = tables.reduce((sum, table) => sum + table.rows, 0)
      io.stderr.write(`${directory}: ${tables.length} tables, ${rows} rows, as of ${takenAt}.\n`)
      io.stderr.write('It holds texts of people and the keys of this installation: keep it as safe as the database.\n')
    })
}
