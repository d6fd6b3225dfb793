import { connectors, type SourceContext } from '@outcry/connectors'
import { type Config, type Fault, OutcryError } from '@outcry/contracts'
import { silentLogger, systemClock } from '@outcry/runtime'

const nothing = async (): Promise<void> => undefined

/** What only a connector knows of its own fields, such as that one of two is needed. Sources are made, and never run. */
export const sourcesThatCannotRun = (sources: Config['sources']): Fault[] =>
  sources.flatMap((source, index) => {
    const context: SourceContext = {
      source: source.name,
      cursor: null,
      clock: systemClock,
      logger: silentLogger,
      random: () => 0,
      reorderMs: 0,
      hashAuthor: (id) => id,
      emit: nothing,
      report: () => undefined,
      heartbeat: nothing,
      buffered: () => undefined,
      gap: () => undefined,
    }
    try {
      connectors[source.connector]?.create(source, context)
      return []
    } catch (error) {
      if (!(error instanceof OutcryError) || error.code !== 'SOURCE_CONFIG_INVALID') throw error
      return [{ path: `sources[${index}]`, message: error.message.replace(/\.$/, ''), fix: error.fix }]
    }
  })
