/** "0.4 were expected", "1 was expected", "120 were expected", "almost nobody was expected". */
export const expectation = (people: number): string => {
  if (people < 0.1) return 'almost nobody was expected'
  const shown = people < 10 && !Number.isInteger(people) ? people.toFixed(1) : String(Math.round(people))
  return `${shown} ${shown === '1' ? 'was' : 'were'} expected`
}

/** "07:05": the time of day, UTC. */
export const clockTime = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000) % 1_440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** "30 minutes", "1 hour". */
export const span = (ms: number): string => {
  const minutes = Math.round(ms / 60_000)
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute')
}

/** "1 in 40,000", "1 in 3 million", "below 1 in a million million". */
export const odds = (probability: number): string => {
  if (probability < 1e-12) return 'below 1 in a million million'
  const one = 1 / probability
  if (one < 1e6) return `1 in ${grouped(Math.max(1, Number(one.toPrecision(2))))}`
  const [unit, name] = one < 1e9 ? [1e6, 'million'] : [1e9, 'thousand million']
  return `1 in ${grouped(Math.round(one / unit))} ${name}`
}

/** "1 person", "3 people"; "1 post", "4 posts". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const grouped = (value: number): string => String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
