import { h, type VNode } from 'preact'
import { el } from '../../kit/elements.ts'
import { PostLink } from '../../kit/post-link.ts'
import { Time } from '../../kit/time.ts'
import { timeText } from '../../kit/wording.ts'
import type { Exemplar } from '../../views/issue.ts'
import type { Panel } from './panel.ts'

/** A post in its writer's words. */
export const Post = ({ exemplar, heading }: { exemplar: Exemplar; heading: string | null }): VNode =>
  el(
    'li',
    { class: 'post' },
    heading !== null && el('h3', {}, heading),
    el('blockquote', { dir: 'auto' }, exemplar.excerpt),
    el(
      'p',
      { class: 'quiet' },
      `${exemplar.source}, `,
      h(Time, { at: exemplar.at }),
      ' ',
      h(
        PostLink,
        { url: exemplar.url },
        'Open the post',
        el('span', { class: 'hidden' }, ` on ${exemplar.source}, ${timeText(exemplar.at)}`),
      ),
    ),
  )

/** The first post and representative ones. */
export const PostsPanel: Panel = ({ issue: { exemplars } }) =>
  exemplars.length === 0
    ? null
    : el(
        'section',
        {},
        el('h2', {}, 'What people say'),
        el(
          'ul',
          { class: 'posts' },
          exemplars.map((exemplar, place) =>
            h(Post, { key: exemplar.mentionId, exemplar, heading: place === 0 ? 'First post' : null }),
          ),
        ),
      )
