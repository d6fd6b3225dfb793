import { h, render } from 'preact'
import { App } from './shell/app.ts'
import { openSession } from './sign-in/session.ts'

void openSession()
// A task of its own: the modules were a long one, and the session is asked for meanwhile.
setTimeout(() => render(h(App, {}), document.body))
