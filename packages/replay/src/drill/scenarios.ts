import { BALANCE, CANCELLED_FLIGHTS, CHECKOUT, DISCOUNT, PAYMENT, type Phrases, PROMOTION, TROLLS } from './phrases.ts'

/** The crowd on top of every day: `posts` by `people` within `minutes`. */
export type DrillBurst = {
  phrases: readonly Phrases[]
  people: number
  posts: number
  minutes: number
  /** Accounts younger than a day. */
  freshAccounts: boolean
}

/** `page`: a drill is passed when it pages; `quiet`: when nothing pages. */
export type DrillScenario = { id: string; title: string; expect: 'page' | 'quiet'; burst: DrillBurst | null }

const crowd = (phrases: readonly Phrases[], people: number, minutes: number): DrillBurst => ({
  phrases,
  people,
  posts: Math.round(people * 1.1),
  minutes,
  freshAccounts: false,
})

/** Every scenario by its name on the command line. */
export const DRILL_SCENARIOS: readonly DrillScenario[] = [
  { id: 'checkout', title: 'Checkout hangs for everybody', expect: 'page', burst: crowd(CHECKOUT, 45, 40) },
  { id: 'payment', title: 'Payments are taken, orders not confirmed', expect: 'page', burst: crowd(PAYMENT, 45, 40) },
  { id: 'discount', title: 'A discount is not applied', expect: 'page', burst: crowd(DISCOUNT, 40, 45) },
  { id: 'balance', title: 'Balances are wrong', expect: 'page', burst: crowd(BALANCE, 60, 30) },
  { id: 'cancelled-flights', title: 'Flights are cancelled', expect: 'page', burst: crowd(CANCELLED_FLIGHTS, 60, 45) },
  { id: 'quiet-day', title: 'Nothing out of the ordinary', expect: 'quiet', burst: null },
  {
    id: 'troll-campaign',
    title: 'Three fresh accounts repeat one text',
    expect: 'quiet',
    burst: { phrases: TROLLS, people: 3, posts: 60, minutes: 30, freshAccounts: true },
  },
  { id: 'promotion', title: 'A giveaway that people like', expect: 'quiet', burst: crowd(PROMOTION, 80, 45) },
]

export const findScenario = (id: string): DrillScenario | undefined =>
  DRILL_SCENARIOS.find((scenario) => scenario.id === id)
