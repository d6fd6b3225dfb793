/** What a piece of work took. `cpuSeconds` counts all threads, the garbage collector's among them. */
export type Taken = { mentions: number; wallSeconds: number; cpuSeconds: number }

export const timed = (mentions: number, work: () => void): Taken => {
  const cpu = process.cpuUsage()
  const began = process.hrtime.bigint()
  work()
  const wallSeconds = Number(process.hrtime.bigint() - began) / 1e9
  const { user, system } = process.cpuUsage(cpu)
  return { mentions, wallSeconds, cpuSeconds: (user + system) / 1e6 }
}

export const speedLine = (name: string, { mentions, wallSeconds, cpuSeconds }: Taken): string =>
  [
    name.padEnd(44),
    Math.round(mentions / wallSeconds)
      .toString()
      .padStart(10),
    Math.round(mentions / cpuSeconds)
      .toString()
      .padStart(14),
    ((cpuSeconds / mentions) * 1e6).toFixed(1).padStart(12),
  ].join('')

/** A stage's share of what `whole` took. */
export const stageLine = (name: string, share: number, { mentions, cpuSeconds }: Taken): string =>
  `  ${name}`.padEnd(58) +
  `${(share * 100).toFixed(0)} %`.padStart(10) +
  ((share * cpuSeconds * 1e6) / mentions).toFixed(1).padStart(12)

export const SPEED_HEAD: string = `${''.padEnd(44)}${'a second'.padStart(10)}${'a CPU second'.padStart(14)}${'µs of CPU'.padStart(12)}`
