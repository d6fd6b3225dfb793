import { InvalidArgumentError } from 'commander'

export const SERVICE_NAMES = ['ingest', 'detector', 'alerter', 'api'] as const
export type ServiceName = (typeof SERVICE_NAMES)[number]

/** Reads `--only ingest,detector`. */
export const parseServiceNames = (text: string): ReadonlySet<ServiceName> => {
  const names = text.split(',').map((name) => name.trim())
  for (const name of names)
    if (!SERVICE_NAMES.includes(name as ServiceName))
      throw new InvalidArgumentError(`There is no service "${name}"; use ${SERVICE_NAMES.join(', ')}.`)
  return new Set(names as ServiceName[])
}
