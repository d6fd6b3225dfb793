import {
  ApiFault,
  decide,
  readBrands,
  readIssue,
  readIssues,
  readMe,
  readNearly,
  readSignIn,
  readSources,
  readTimeline,
  signIn,
  signOut,
  type Brand,
  type Command,
  type Issue,
  type IssueSummary,
  type Me,
  type Nearly,
  type Source,
  type TimelineEntry,
} from './api.ts'
import { askDecision } from './ask-decision.ts'
import { askToSignIn } from './ask-to-sign-in.ts'
import { button, byId, el, show } from './elements.ts'
import { estatePanel } from './estate-panel.ts'
import { followFeed, type AlertNews } from './feed.ts'
import { issueDetail } from './issue-detail.ts'
import { byUrgency, isActive, issueList } from './issue-list.ts'
import { nearlyPanel } from './nearly-panel.ts'
import { statementDesk } from './statement-desk.ts'
import { statementList } from './statement-list.ts'
import { readStatements, type Said } from './statements-api.ts'
import { timeText } from './wording.ts'

const REFRESH_MS = 15_000
const PAGE = 'limit=100'
const NEARLY_MS = 86_400_000
const NOTHING_SAID: Said = { items: [], owed: [] }

type State = {
  me: Me | null
  issues: IssueSummary[]
  sources: Source[]
  brands: Brand[]
  nearly: Nearly[]
  selected: string | null
  issue: Issue | null
  timeline: TimelineEntry[]
  said: Said
  /** Why the last change of a statement was refused. */
  saidFault: string | null
  brand: string
  paused: boolean
  waiting: number
  connected: boolean
  fault: string | null
  readAt: string | null
}
const state: State = {
  me: null,
  issues: [],
  sources: [],
  brands: [],
  nearly: [],
  selected: null,
  issue: null,
  timeline: [],
  said: NOTHING_SAID,
  saidFault: null,
  brand: '',
  paused: false,
  waiting: 0,
  connected: false,
  fault: null,
  readAt: null,
}

/** Alerts link to `/#/issues/<id>` and `/#/sources`, the list to `/#/held`. */
const selectedOfAddress = (): string | null => {
  const id = /^#\/issues\/([^/]+)$/.exec(location.hash)?.[1]
  return id === undefined ? null : decodeURIComponent(id)
}

const draw = (): void => {
  const { issues, sources, brands, selected, issue, me, brand } = state
  byId('main').classList.toggle('chosen', selected !== null)
  if (state.readAt !== null) show(byId('issues'), ...issueList(issues, selected, { sources, brands }))
  if (state.readAt !== null) show(byId('nearly'), ...nearlyPanel(state.nearly))
  show(byId('estate'), ...estatePanel(sources, brands))
  const detail = byId('detail')
  if (state.fault !== null) show(detail, el('p', { class: 'fault', role: 'alert' }, state.fault))
  else if (issue !== null && me !== null)
    show(
      detail,
      ...issueDetail({
        issue,
        timeline: state.timeline,
        me,
        onDecide: askAndDecide,
        statements: statementsOf(issue, me),
      }),
    )
  else show(detail, el('p', { class: 'quiet' }, 'Choose an issue to see the evidence.'))
  document.title = issue === null ? 'Outcry' : `${issue.label} · Outcry`

  const options = [['', 'All'], ...brands.map(({ id, name }) => [id, name])]
  show(
    byId('brand'),
    ...options.map(([value = '', name = '']) => el('option', { value, selected: value === brand }, name)),
  )
  drawStatus()
}

const statementsOf = (issue: Issue, me: Me): HTMLElement => {
  const { said, saidFault } = state
  const acts = statementDesk({
    issue,
    said,
    refresh: async () => {
      state.saidFault = null
      lastRead = ''
      await refresh()
    },
    tell: (text) => {
      byId('news').textContent = text
    },
    refuse: (text) => {
      state.saidFault = text
      draw()
    },
  })
  return statementList({ said, fault: saidFault, mayWrite: me.role !== 'viewer', acts })
}

const drawStatus = (): void => {
  const { paused, waiting, connected, me, readAt } = state
  const read = readAt === null ? '' : `, read ${timeText(readAt)}`
  byId('live').textContent = paused
    ? `‖ Paused${waiting > 0 ? `, ${waiting} ${waiting === 1 ? 'update' : 'updates'} waiting` : ''}`
    : connected
      ? `● Live${read}`
      : `○ Reconnecting${read}`
  const pause = byId('pause')
  pause.textContent = paused ? 'Resume updates' : 'Pause updates'
  pause.setAttribute('aria-pressed', String(paused))
  if (me === null) show(byId('who'))
  else show(byId('who'), `${me.name} (${me.role})`, button('Sign out', leave))
}

const askForToken = async (): Promise<void> => {
  const ways = await readSignIn().catch(() => ({ oidc: null }))
  askToSignIn(ways, async (token) => {
    state.me = await signIn(token)
    begin()
  })
}

const fail = (error: unknown): void => {
  if (error instanceof ApiFault && error.status === 401) return void askForToken()
  if (!(error instanceof ApiFault)) state.connected = false
  state.fault = error instanceof ApiFault ? error.message : 'The server cannot be reached; what you see may be old.'
  draw()
}

const isWide = () => matchMedia('(width >= 56rem)').matches
/** The next change of address is not the reader's: the focus stays where it is. */
let chosenForReader = false
/** Where there is room beside the list, the first page shows what is most urgent. */
const choose = (issues: readonly IssueSummary[]): boolean => {
  const first = issues.filter(isActive).sort(byUrgency)[0]
  chosenForReader = first !== undefined
  if (first) location.replace(`#/issues/${encodeURIComponent(first.id)}`)
  return first !== undefined
}

let lastRead = ''
/** Reads everything that is shown and draws it where it changed. */
const refresh = async (): Promise<void> => {
  if (state.me === null) return
  const { selected, brand } = state
  try {
    const ofBrand = brand === '' ? '' : `&brand=${encodeURIComponent(brand)}`
    const lately = new Date(Math.floor((Date.now() - NEARLY_MS) / 60_000) * 60_000).toISOString()
    const [issues, nearly, sources, brands, issue, timeline, said] = await Promise.all([
      readIssues(`${PAGE}${ofBrand}`),
      readNearly(`limit=10&since=${encodeURIComponent(lately)}${ofBrand}`),
      readSources(),
      readBrands(),
      selected === null ? null : readIssue(selected),
      selected === null ? [] : readTimeline(selected),
      selected === null ? NOTHING_SAID : readStatements(selected),
    ])
    if (selected !== state.selected || brand !== state.brand) return
    if (selected === null && state.readAt === null && isWide() && choose(issues)) return
    const read = JSON.stringify([issues, nearly, sources, brands, issue, timeline, said, new Date().getMinutes()])
    Object.assign(state, {
      issues,
      nearly,
      sources,
      brands,
      issue,
      timeline,
      said,
      fault: null,
      readAt: new Date().toISOString(),
    })
    if (read === lastRead) return drawStatus()
    lastRead = read
    draw()
  } catch (error) {
    fail(error)
  }
}

const follow = async (): Promise<void> => {
  state.selected = selectedOfAddress()
  state.issue = null
  state.saidFault = null
  lastRead = ''
  await refresh()
  if (state.selected !== null && !chosenForReader) byId('detail').focus()
  chosenForReader = false
  if (location.hash === '#/sources') byId('watch').scrollIntoView()
  if (location.hash === '#/held') document.getElementById('held')?.scrollIntoView()
}

const askAndDecide = (command: Command): void => {
  const { issue } = state
  if (issue === null) return
  const send = async (body: object): Promise<string | null> => {
    try {
      await decide(issue.id, command, body)
      byId('news').textContent = `Done: ${command}, ${issue.label}`
      await refresh()
      return null
    } catch (error) {
      return error instanceof Error ? error.message : 'The server cannot be reached.'
    }
  }
  if (command === 'acknowledge') {
    void send({}).then((told) => told !== null && fail(new ApiFault(0, told)))
    return
  }
  askDecision(command, send)
}

const leave = async (): Promise<void> => {
  const left = await signOut()
  location.assign(left?.signOutUrl ?? '/')
}

const tell = ({ brand, kind, label, severity }: AlertNews): void => {
  byId('news').textContent = `${severity} ${kind}: ${label}, ${brand}`
}
const onNews = (news: AlertNews): void => {
  if (state.paused) {
    state.waiting += 1
    return drawStatus()
  }
  tell(news)
  void refresh()
}

let following = false
/** Until the session ends; reading then asks to sign in, and begins anew. */
const listen = async (): Promise<void> => {
  if (following) return
  following = true
  await followFeed({
    alert: onNews,
    reload: () => void (state.paused || refresh()),
    connected: (connected) => {
      state.connected = connected
      drawStatus()
    },
  }).catch(() => undefined)
  following = false
  void refresh()
}

let begun = false
const begin = (): void => {
  void refresh()
  void listen()
  if (begun) return
  begun = true
  setInterval(() => void (state.paused || refresh()), REFRESH_MS)
}

byId('pause').addEventListener('click', () => {
  state.paused = !state.paused
  state.waiting = 0
  drawStatus()
  if (!state.paused) void refresh()
})
byId('brand').addEventListener('change', ({ target }) => {
  state.brand = (target as HTMLSelectElement).value
  void refresh()
})
byId('skip').addEventListener('click', () => byId('detail').focus())
byId('issues').addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[aria-current]')) byId('detail').focus()
})
window.addEventListener('hashchange', () => void follow())

state.selected = selectedOfAddress()
try {
  state.me = await readMe()
  begin()
} catch (error) {
  fail(error)
}
