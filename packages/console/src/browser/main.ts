import { h, render } from 'preact'
import { App } from './shell/app.ts'
import { openSession } from './sign-in/session.ts'

render(h(App, {}), document.body)
await openSession()
