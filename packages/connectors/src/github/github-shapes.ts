const WRITTEN = '2026-11-22T11:59:00Z'
const user = { login: 'ann', id: 77, node_id: 'U_1', type: 'User', site_admin: false }

/** An issue as GitHub's lists and webhooks write it. */
export const githubIssue = (change: object = {}) => ({
  url: 'https://api.github.com/repos/Acme/App/issues/5',
  repository_url: 'https://api.github.com/repos/Acme/App',
  html_url: 'https://github.com/Acme/App/issues/5',
  id: 9_001,
  number: 5,
  title: 'Checkout hangs',
  user,
  labels: [{ id: 1, name: 'bug' }],
  state: 'open',
  comments: 2,
  created_at: WRITTEN,
  updated_at: WRITTEN,
  body: '<!-- Say what happened -->\r\nIt hangs & charges twice',
  reactions: { '+1': 4 },
  ...change,
})

/** A comment of an issue, likewise. */
export const githubComment = (change: object = {}) => ({
  url: 'https://api.github.com/repos/Acme/App/issues/comments/31',
  html_url: 'https://github.com/Acme/App/issues/5#issuecomment-31',
  issue_url: 'https://api.github.com/repos/Acme/App/issues/5',
  id: 31,
  user,
  created_at: WRITTEN,
  updated_at: WRITTEN,
  body: '> It hangs\n\nSame here',
  ...change,
})
