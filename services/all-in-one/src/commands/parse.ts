import { connectors } from '@outcry/connectors'
import { OutcryError } from '@outcry/contracts'
import { escapeControl } from '@outcry/runtime'
import type { DefineCommand } from '../define-command.ts'
import { readBytes } from '../json-file.ts'

export const defineParse: DefineCommand = (command, io, setExitCode) => {
  command
    .argument('<file>', 'a recorded payload of the platform (JSON, JSONL, XML, SSE bytes); "-" for standard input')
    .requiredOption('--connector <name>', `one of ${Object.keys(connectors).join(', ')}`)
    .action(async (file: string, options: { connector: string }) => {
      const connector = Object.hasOwn(connectors, options.connector) ? connectors[options.connector] : undefined
      if (connector === undefined)
        throw new OutcryError('CONNECTOR_UNKNOWN', `There is no connector "${options.connector}".`, {
          fix: `Use one of ${Object.keys(connectors).join(', ')}.`,
          exitCode: 2,
        })
      const bytes = await readBytes(file, io)
      const { sightings, rejects } = connector.parse(bytes, {
        source: connector.name,
        observedAt: io.clock.now(),
        hashAuthor: (id) => id,
      })
      for (const { mention } of sightings) io.stdout.write(`${JSON.stringify(mention)}\n`)
      for (const { reason, detail } of rejects) io.stderr.write(`${escapeControl(`${reason}: ${detail}`)}\n`)
      if (rejects.length > 0) io.stderr.write(`${rejects.length} parts could not be read.\n`)
      if (sightings.length === 0 && rejects.length > 0) setExitCode(1)
    })
}
