import { HourlyRate, type Rate } from './hourly-rate.ts'
import { Level } from './level.ts'
import type { Packed } from './packed.ts'
import { PeopleWindow } from './people-window.ts'
import { Wander } from './wander.ts'

/** What one issue type counts: people in the windows, visits by hour, how much these wander, and its burst. */
export class Counter {
  people = new PeopleWindow()
  visits = new HourlyRate()
  wander = new Wander()
  level = new Level()
  /** All visits that were no burst, and those of before the burst: what the first day goes by. */
  visited = 0
  visitedBefore = 0
  burstFrom = 0
  burstUntil = 0
  /** When the burst was last told, and with how many people. */
  toldAt = 0
  toldPeople = 0
  /** Rates of an hour and of the one before, remembered until anything behind them changes; decides nothing. */
  rates: { hour: number; version: number; here: Rate; before: Rate } | undefined

  pack(): Packed {
    const { people, visits, wander, level, visited, visitedBefore, burstFrom, burstUntil, toldAt, toldPeople } = this
    const numbers = [visited, visitedBefore, burstFrom, burstUntil, toldAt, toldPeople]
    return [people.pack(), visits.pack(), wander.pack(), level.pack(), numbers]
  }

  static unpack(packed: Packed): Counter {
    const [people, visits, wander, level, numbers] = packed as Packed[]
    const made = new Counter()
    made.people = PeopleWindow.unpack(people!)
    made.visits = HourlyRate.unpack(visits!)
    made.wander = Wander.unpack(wander!)
    made.level = Level.unpack(level!)
    const [visited, visitedBefore, burstFrom, burstUntil, toldAt, toldPeople] = numbers as number[]
    Object.assign(made, { visited, visitedBefore, burstFrom, burstUntil, toldAt, toldPeople })
    return made
  }
}
